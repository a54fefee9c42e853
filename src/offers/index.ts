export { claimLink } from './claim-link.ts';
export { createOffersByMail, type OffersByMail } from './mailing.ts';
export * from './offers.ts';
export * from './ports.ts';
