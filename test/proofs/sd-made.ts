import type { JsonObject } from '#kernel';
import { CREATED } from '../support/golden-badge.ts';
import { keyOf } from './keys.ts';
import { badgeFor, maker } from './made.ts';

/** A badge with selective disclosure, as its holder keeps it and as it is shown. */
export const SD = 'ecdsa-sd-2023' as const;
export const key = keyOf('P-256');
export const badge = (): JsonObject => badgeFor(SD);
export const issue = (mandatoryPointers?: string[], document = badge()) =>
  maker.sign(document, key.signer, CREATED, { cryptosuite: SD, ...(mandatoryPointers && { mandatoryPointers }) });
export const base = await issue(['/credentialSubject/achievement']);
export const derived = await maker.deriveCredential(base, {
  selectivePointers: ['/name', '/evidence', '/awardedDate'],
});
export const proof = derived.proof as JsonObject;
