import { generateKeyPairSync, type KeyObject, sign as platformSign } from 'node:crypto';
import { CompactSign } from 'jose';
import type { MethodResolution } from '#identifiers';
import type { Json, JsonObject } from '#kernel';
import { type PublicKey, publicKeyOf, type Signer } from '#keystore';
import type { ResolveJoseKey } from '#proofs';
import { goldenBadge, ISSUER } from '../../support/golden-badge.ts';

export type Alg = 'EdDSA' | 'ES256' | 'ES384' | 'RS256';
export const ALGS: readonly Alg[] = ['EdDSA', 'ES256', 'ES384', 'RS256'];

export interface TokenKey {
  alg: Alg;
  kid: string;
  privateKey: KeyObject;
  publicKey: PublicKey;
  signer: Signer;
}

const HASH: Record<Alg, string | null> = { EdDSA: null, ES256: 'sha256', ES384: 'sha384', RS256: 'sha256' };

/** A new key of the kind an algorithm takes. */
export function tokenKey(alg: Alg, kid = `${ISSUER}#key-${alg}`): TokenKey {
  const { privateKey, publicKey } =
    alg === 'EdDSA'
      ? generateKeyPairSync('ed25519')
      : alg === 'RS256'
        ? generateKeyPairSync('rsa', { modulusLength: 2048 })
        : generateKeyPairSync('ec', { namedCurve: alg === 'ES256' ? 'P-256' : 'P-384' });
  const read = publicKeyOf(publicKey);
  const signer: Signer = {
    verificationMethod: kid,
    publicKeyMultibase: read.multibase,
    sign: async (data) => platformSign(HASH[alg], data, { key: privateKey, dsaEncoding: 'ieee-p1363' }),
  };
  return { alg, kid, privateKey, publicKey: read, signer };
}

/** Base64url of a text or of the JSON of a value. */
export const part = (value: string | JsonObject): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** Any header and payload, also wrong ones, rightly signed: only a rule can refuse the token. */
export async function handToken(key: TokenKey, header: string | JsonObject, payload: string | JsonObject) {
  const input = `${part(header)}.${part(payload)}`;
  return `${input}.${Buffer.from(await key.signer.sign(Buffer.from(input))).toString('base64url')}`;
}

/** A token made by the library `jose` alone. */
export async function joseToken(key: TokenKey, header: JsonObject, payload: JsonObject): Promise<string> {
  return new CompactSign(Buffer.from(JSON.stringify(payload)))
    .setProtectedHeader({ alg: key.alg, kid: key.kid, ...header })
    .sign(key.privateKey);
}

export const seconds = (instant: Json | undefined): number => Date.parse(String(instant)) / 1_000;

/** The payload of Open Badges 3.0, 8.2.4.1. */
export function obClaims(badge: JsonObject = goldenBadge()): JsonObject {
  return {
    ...badge,
    iss: (badge.issuer as JsonObject).id!,
    jti: badge.id!,
    sub: (badge.credentialSubject as JsonObject).id!,
    nbf: seconds(badge.validFrom),
    ...(badge.validUntil !== undefined && { exp: seconds(badge.validUntil) }),
  };
}

/** Knows exactly these keys by `kid`, or by their JWK when the issuer lists it; says which ones it was asked for. */
export function tokenResolver(...keys: readonly (TokenKey & { revoked?: string; expires?: string })[]) {
  const asked: unknown[] = [];
  const resolve: ResolveJoseKey = async ({ kid, jwk }): Promise<MethodResolution> => {
    asked.push(kid ?? jwk);
    const key = keys.find((one) =>
      kid === undefined
        ? one.publicKey.jwk.x === jwk?.x && one.publicKey.jwk.n === jwk?.n
        : one.kid === (kid.startsWith('#') ? `${ISSUER}${kid}` : kid),
    );
    if (!key && kid === undefined)
      return { outcome: 'unknown', code: 'key_not_listed', detail: 'the issuer does not list this key' };
    if (!key) return { outcome: 'refused', code: 'method_not_listed', detail: String(kid) };
    const { revoked, expires } = key;
    const method = {
      id: key.kid,
      controller: key.kid.split('#')[0]!,
      publicKeyMultibase: key.publicKey.multibase,
      ...(revoked && { revoked }),
      ...(expires && { expires }),
    };
    return { outcome: 'ok', method, document: { id: method.controller } };
  };
  return Object.assign(resolve, { asked });
}

/** A credential of VCDM 1.1 without anything Open Badges asks for. */
export function plainV1(): JsonObject {
  return {
    '@context': ['https://www.w3.org/2018/credentials/v1'],
    type: ['VerifiableCredential'],
    credentialSubject: { id: 'did:example:learner' },
  };
}
