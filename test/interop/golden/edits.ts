import type { JsonObject } from '#kernel';
import { mutationsOf } from '../../support/mutations.ts';

type Edit = (document: JsonObject) => JsonObject;
const inProof =
  (more: JsonObject): Edit =>
  (document) => ({ ...document, proof: { ...(document.proof as JsonObject), ...more } });
const proofOf = (document: JsonObject) => document.proof as JsonObject;
const OTHER = 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK';

/** Edits of a signed badge after which nobody may call it good. */
export const BROKEN: Record<string, Edit> = {
  'no proof': ({ proof: _, ...rest }) => rest,
  'an empty list of proofs': (document) => ({ ...document, proof: [] }),
  'a proof that is a text': (document) => ({ ...document, proof: 'signed' }),
  'no proofValue': (document) => {
    const { proofValue: _, ...proof } = proofOf(document);
    return { ...document, proof };
  },
  'the purpose authentication': inProof({ proofPurpose: 'authentication' }),
  'no purpose': (document) => {
    const { proofPurpose: _, ...proof } = proofOf(document);
    return { ...document, proof };
  },
  'the key of another': inProof({ verificationMethod: `${OTHER}#${OTHER.slice(8)}` }),
  'another moment of signing': inProof({ created: '2026-11-02T08:00:01Z' }),
  'an expiry put into the proof': inProof({ expires: '2099-01-01T00:00:00Z' }),
  'a challenge put into the proof': inProof({ challenge: 'x' }),
  'the signature cut by one': (document) =>
    inProof({ proofValue: String(proofOf(document).proofValue).slice(0, -1) })(document),
  'the signature in base64url': (document) => inProof({ proofValue: `u${'A'.repeat(86)}` })(document),
  'a signature of zeros': inProof({ proofValue: `z${'1'.repeat(64)}` }),
  'another issuer': (document) => ({ ...document, issuer: { ...(document.issuer as JsonObject), id: OTHER } }),
  'no issuer': ({ issuer: _, ...rest }) => rest,
  'no type': ({ type: _, ...rest }) => rest,
  'no @context': ({ '@context': _, ...rest }) => rest,
  'the contexts turned round': (document) => ({
    ...document,
    '@context': [...(document['@context'] as string[])].reverse(),
  }),
  'a vocabulary for everything': (document) => ({
    ...document,
    '@context': [...(document['@context'] as string[]), { '@vocab': 'https://evil.example/' }],
    unknownMember: 'x',
  }),
  'the end of validity taken away': ({ validUntil: _, ...rest }) => rest,
  'an undefined member': (document) => ({ ...document, notATermOfAnyContext: 'x' }),
  'an undefined member deep inside': (document) => ({
    ...document,
    credentialSubject: { ...(document.credentialSubject as JsonObject), notATermOfAnyContext: { id: 'urn:x' } },
  }),
};

/** One in so many of the mechanical edits, evenly over the document. */
export function someMutations(signed: JsonObject, count: number) {
  const all = [...mutationsOf(signed)];
  const step = all.length / count;
  return Array.from({ length: count }, (_, index) => all[Math.floor(index * step)]!);
}
