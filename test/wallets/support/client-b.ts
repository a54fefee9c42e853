import { createHash, randomBytes } from 'node:crypto';
import {
  clientAuthenticationAnonymous,
  clientAuthenticationNone,
  type JwtSigner,
  setGlobalConfig,
} from '@openid4vc/oauth2';
import { Openid4vciClient } from '@openid4vc/openid4vci';
import { SignJWT } from 'jose';
import type { KeyForm, WalletKey } from './keys.ts';

/** The independent client, for keys of this test. */
export function clientB(keys: readonly WalletKey[], clientId?: string): Openid4vciClient {
  setGlobalConfig({ allowInsecureUrls: true });
  const never = async () => {
    throw new Error('not part of this test');
  };
  return new Openid4vciClient({
    callbacks: {
      fetch,
      hash: (data: Uint8Array, alg: string) => createHash(alg.replace('-', '')).update(data).digest(),
      generateRandom: (length: number) => randomBytes(length),
      clientAuthentication:
        clientId === undefined ? clientAuthenticationAnonymous() : clientAuthenticationNone({ clientId }),
      async signJwt(signer: JwtSigner, { header, payload }: { header: object; payload: object }) {
        const key = keys.find((one) =>
          signer.method === 'did'
            ? [one.kid.key, one.kid.jwk].includes(signer.didUrl)
            : signer.method === 'jwk' && signer.publicJwk.x === one.jwk.x,
        )!;
        const jwt = await new SignJWT(payload as never).setProtectedHeader(header as never).sign(key.privateKey);
        return { jwt, signerJwk: key.jwk as never };
      },
      decryptJwe: never,
      encryptJwe: never,
      verifyJwt: never,
    } as never,
  });
}

export const signerOf = (key: WalletKey, form: KeyForm): JwtSigner =>
  form === 'jwk'
    ? { method: 'jwk', alg: key.alg, publicJwk: key.jwk as never }
    : { method: 'did', alg: key.alg, didUrl: form === 'did:key' ? key.kid.key : key.kid.jwk };
