import { createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite as ecdsaRdfc } from '@digitalbazaar/ecdsa-rdfc-2019-cryptosuite';
import { cryptosuite as eddsaRdfc } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { signPresentation } from '@digitalbazaar/vc';
import { type JWTHeaderParameters, type JWTPayload, SignJWT } from 'jose';
import type { JsonObject } from '#kernel';
import { publicKeyOf } from '#keystore';
import { loader } from '../../interop/golden/issuers.ts';

export type Curve = 'Ed25519' | 'P-256';
export type KeyForm = 'did:key' | 'did:jwk' | 'jwk';

/** A key of a wallet. Its tokens are made by `jose`, its presentations by the reference library. */
export interface WalletKey {
  alg: 'EdDSA' | 'ES256';
  curve: Curve;
  privateKey: KeyObject;
  jwk: JsonObject;
  did: { key: string; jwk: string };
  /** DID URL of the key. */
  kid: { key: string; jwk: string };
  /** By which a token names it. */
  header(form: KeyForm): { kid: string } | { jwk: JsonObject };
  /** A key proof as OpenID4VCI 1.0 F.1 wants it; `undefined` takes a member away. */
  proof(of: ProofParts): Promise<string>;
}

export interface ProofParts {
  aud: string;
  nonce: string;
  form?: KeyForm;
  header?: Record<string, unknown>;
  claims?: Record<string, unknown>;
  /** Seconds. */
  now?: number;
}

/** @param known otherwise a new one is made */
export function walletKey(curve: Curve = 'Ed25519', known?: KeyObject): WalletKey {
  const privateKey =
    known ??
    (curve === 'Ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ec', { namedCurve: 'prime256v1' }))
      .privateKey;
  const publicKey = createPublicKey(privateKey);
  const { multibase } = publicKeyOf(publicKey);
  const jwk = publicKey.export({ format: 'jwk' }) as JsonObject;
  const did = {
    key: `did:key:${multibase}`,
    jwk: `did:jwk:${Buffer.from(JSON.stringify(jwk)).toString('base64url')}`,
  };
  const kid = { key: `${did.key}#${multibase}`, jwk: `${did.jwk}#0` };
  const alg = curve === 'Ed25519' ? 'EdDSA' : 'ES256';
  const header = (form: KeyForm) => (form === 'jwk' ? { jwk } : { kid: form === 'did:key' ? kid.key : kid.jwk });
  return {
    ...{ alg, curve, privateKey, jwk, did, kid, header },
    proof({ aud, nonce, form = 'did:key', header: more = {}, claims = {}, now = Math.floor(Date.now() / 1_000) }) {
      const protectedHeader = { alg, typ: 'openid4vci-proof+jwt', ...header(form), ...more };
      const payload = { aud, nonce, iat: now, ...claims };
      return new SignJWT(JSON.parse(JSON.stringify(payload)) as JWTPayload)
        .setProtectedHeader(JSON.parse(JSON.stringify(protectedHeader)) as JWTHeaderParameters)
        .sign(privateKey);
    },
  };
}

/** A key proof of type di_vp (OpenID4VCI 1.0, F.2). */
export async function presentationProof(
  key: WalletKey,
  { challenge, domain, more = {} }: { challenge: string; domain: string; more?: JsonObject },
): Promise<JsonObject> {
  const id = key.kid.key;
  const controller = key.did.key;
  const presentation: JsonObject = {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    type: ['VerifiablePresentation'],
    holder: controller,
    ...more,
  };
  const isP256 = key.curve === 'P-256';
  const signer = {
    id,
    algorithm: key.curve,
    sign: async ({ data }: { data: Uint8Array }) =>
      new Uint8Array(
        isP256
          ? sign('sha256', data, { key: key.privateKey, dsaEncoding: 'ieee-p1363' })
          : sign(null, data, key.privateKey),
      ),
  };
  const suite = new DataIntegrityProof({
    signer: signer as never,
    cryptosuite: isP256 ? ecdsaRdfc : eddsaRdfc,
  });
  return (await signPresentation({
    presentation,
    suite,
    challenge,
    domain,
    documentLoader: async (url: string) => ({
      contextUrl: null,
      documentUrl: url,
      document: (await loader.documentLoader(url)).document,
    }),
  } as never)) as JsonObject;
}
