import { generateKeyPairSync, sign } from 'node:crypto';
import { publicKeyOf, type Signer } from '#keystore';

/** A did:key that signs whatever it is given: for documents that no issuer of good will would make. */
export function throwawaySigner(): { did: string; signer: Signer } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const { multibase } = publicKeyOf(publicKey);
  const did = `did:key:${multibase}`;
  const verificationMethod = `${did}#${multibase}`;
  return {
    did,
    signer: {
      ...{ verificationMethod, publicKeyMultibase: multibase },
      sign: async (data) => new Uint8Array(sign(null, data, privateKey)),
    },
  };
}
