import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { DataIntegrityProof } from '@digitalbazaar/data-integrity';
import { cryptosuite } from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import { issue, signPresentation } from '@digitalbazaar/vc';
import type { JsonObject } from '#kernel';
import { publicKeyOf } from '#keystore';
import { createContextLoader } from '#proofs';
import { TERM, V2 } from './world.ts';

const loader = createContextLoader({ phContext: '{"@context":{}}', phContextUrl: 'http://localhost/contexts/ph/v1' });

/** Somebody with a key and no service: signs with the reference library, as a wallet would. */
export interface Holder {
  did: string;
  issue(credential: JsonObject): Promise<JsonObject>;
  present(presentation: JsonObject, bound?: { challenge?: string; domain?: string }): Promise<JsonObject>;
}

/** @param pkcs8 base64 of an Ed25519 key; a new one without it */
export function createHolder(
  { documentLoader }: Pick<typeof loader, 'documentLoader'> = loader,
  pkcs8?: string,
): Holder {
  const privateKey = pkcs8 === undefined ? generateKeyPairSync('ed25519').privateKey : readKey(pkcs8);
  const { multibase } = publicKeyOf(createPublicKey(privateKey));
  const did = `did:key:${multibase}`;
  const suite = () =>
    new DataIntegrityProof({
      signer: {
        ...{ id: `${did}#${multibase}`, algorithm: 'Ed25519' },
        sign: async ({ data }: { data: Uint8Array }) => new Uint8Array(sign(null, data, privateKey)),
      },
      cryptosuite,
    } as never);
  return {
    did,
    issue: async (credential) =>
      (await issue({ credential: structuredClone(credential), suite: suite(), documentLoader } as never)) as JsonObject,
    present: async (presentation, { challenge = 'asked by the test', domain } = {}) =>
      (await signPresentation({
        ...{ presentation: structuredClone(presentation), suite: suite(), challenge, documentLoader },
        ...(domain === undefined ? {} : { domain }),
      } as never)) as JsonObject,
  };
}

export const readKey = (pkcs8: string) =>
  createPrivateKey({ key: Buffer.from(pkcs8, 'base64'), format: 'der', type: 'pkcs8' });

export const presentationOf = (holder: string | undefined, ...credentials: JsonObject[]): JsonObject => ({
  '@context': [V2, TERM],
  type: ['VerifiablePresentation'],
  ...(holder === undefined ? {} : { holder }),
  ...(credentials.length === 0 ? {} : { verifiableCredential: credentials }),
});
