import type { JsonObject } from '#kernel';
import type { Signer } from '#keystore';
import { signChecked } from '../keys.ts';

/**
 * A compact JWS (RFC 7515, 7.1) of claims, signed as they are: whoever calls knows what they mean and which `alg` the key has.
 * @throws Problem `signing-stopped` when the signer answers with anything but a signature of this text by its published key
 */
export async function signCompact(header: JsonObject, claims: JsonObject, signer: Signer): Promise<string> {
  const input = [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  const signature = await signChecked(signer, Buffer.from(input, 'ascii'));
  return `${input}.${Buffer.from(signature).toString('base64url')}`;
}
