import type { JsonObject } from '#kernel';
import type { KeyAlgorithm } from '#keystore';
import { createContextLoader, createProofMaker, type IssuingCryptosuite } from '#proofs';
import { CREATED, goldenBadge, TEST_PH_CONTEXT, TEST_PH_URL } from '../support/golden-badge.ts';
import { keyOf } from './keys.ts';

export const loader = createContextLoader({ phContext: TEST_PH_CONTEXT, phContextUrl: TEST_PH_URL });
export const maker = createProofMaker({ loader });

/** Every suite that signs, with every key it takes; the length of a signature in bytes. */
export const MADE: [IssuingCryptosuite, KeyAlgorithm, number][] = [
  ['eddsa-rdfc-2022', 'Ed25519', 64],
  ['eddsa-jcs-2022', 'Ed25519', 64],
  ['ecdsa-rdfc-2019', 'P-256', 64],
  ['ecdsa-rdfc-2019', 'P-384', 96],
  ['ecdsa-jcs-2019', 'P-256', 64],
  ['ecdsa-jcs-2019', 'P-384', 96],
];
export const SUITES: IssuingCryptosuite[] = [...new Set(MADE.map(([suite]) => suite)), 'ecdsa-sd-2023'];

/** Selective disclosure carries no ordered list. */
export function badgeFor(cryptosuite: string): JsonObject {
  const badge = goldenBadge();
  if (cryptosuite !== 'ecdsa-sd-2023') return badge;
  const achievement = (badge.credentialSubject as JsonObject).achievement as JsonObject;
  delete ((achievement.resultDescription as JsonObject[])[0] as JsonObject).allowedValue;
  return badge;
}

/** Signed, and for selective disclosure derived with everything shown. */
export async function signedWith(
  cryptosuite: IssuingCryptosuite,
  algorithm: KeyAlgorithm,
  document = badgeFor(cryptosuite),
) {
  const signed = await maker.sign(document, keyOf(algorithm).signer, CREATED, { cryptosuite });
  if (cryptosuite !== 'ecdsa-sd-2023') return signed;
  const selectivePointers = Object.keys(goldenBadge())
    .filter((name) => name !== '@context')
    .map((name) => `/${name}`);
  return maker.deriveCredential(signed, { selectivePointers });
}
