import { generateKeyPairSync } from 'node:crypto';
import { encode } from 'base58-universal';

/** A learner's own identifier: `did:key` of a fresh Ed25519 key, as a wallet would make it. */
export function learnerDid(): string {
  const { publicKey } = generateKeyPairSync('ed25519');
  const raw = Buffer.from(publicKey.export({ format: 'jwk' }).x!, 'base64url');
  return `did:key:z${encode(Buffer.concat([Buffer.from([0xed, 0x01]), raw]))}`;
}
