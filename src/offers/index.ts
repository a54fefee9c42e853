export { confirmationOf } from './create.ts';
export { type OfferLinks, offerLinks } from './links.ts';
export { createOffersByMail, type OffersByMail } from './mailing.ts';
export * from './offers.ts';
export * from './ports.ts';
