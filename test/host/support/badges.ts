import type { JsonObject } from '#kernel';
import { throwawaySigner } from '../../api/vc-api/throwaway.ts';
import { foreignBadge, foreignMaker } from '../../conformance/support.ts';

/** An issuer that this service knows nothing of, with a did:key. */
export const foreignIssuer = throwawaySigner;

type Issuer = ReturnType<typeof throwawaySigner>;

/** Signed; `more` replaces members of the badge. */
export const foreignDocument = ({ did, signer }: Issuer, more: JsonObject = {}): Promise<JsonObject> =>
  foreignMaker.sign({ ...foreignBadge(did), ...more }, signer, '2026-06-15T02:00:00Z');

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The same as a compact JWS (OB 3.0, 8.2). */
export async function foreignToken({ did, signer }: Issuer, more: JsonObject = {}): Promise<string> {
  const badge: JsonObject = { ...foreignBadge(did), ...more };
  const claims = {
    ...{ ...badge, iss: did, jti: badge.id, nbf: Date.parse(String(badge.validFrom)) / 1_000 },
    sub: (badge.credentialSubject as JsonObject).id,
  };
  const input = `${part({ alg: 'EdDSA', typ: 'JWT', kid: signer.verificationMethod })}.${part(claims)}`;
  return `${input}.${Buffer.from(await signer.sign(Buffer.from(input))).toString('base64url')}`;
}
