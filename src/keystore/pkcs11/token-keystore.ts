import { Problem, type Random } from '#kernel';
import type { GeneratedKey, Keystore, Signer } from '../ports.ts';
import { type KeyAlgorithm, readPublicKey, verifySignature } from '../public-key.ts';
import { KeyUnwrapError } from '../wrapping.ts';
import { kindsOf, MAX_INPUT, MECHANISMS } from './mechanisms.ts';
import { madeKey } from './objects.ts';
import { idOf, newKeyId, referenceOf } from './reference.ts';
import { createTool, type Tool, type ToolOptions } from './tool.ts';

export interface TokenKeystore extends Keystore {
  /** Kinds of key that the token makes and signs with. */
  readonly algorithms: readonly KeyAlgorithm[];
}

/** Making an RSA key takes a small token half a minute. */
const GENERATE_MS = 60_000;

/**
 * Keys made in a PKCS#11 token, which never leave it. What is stored is a reference. Every signature is verified before it is
 * given on: what the token answers is not believed. Logs in once at start, so that a wrong PIN is noticed there.
 * @throws Problem `unavailable` when token, library, tool or PIN are not as set; when the token does not know Ed25519
 */
export async function openTokenKeystore(options: ToolOptions & { random: Random }): Promise<TokenKeystore> {
  const tool = createTool(options);
  const algorithms = kindsOf((await tool.run(['--list-mechanisms'])).toString('latin1'));
  if (!algorithms.includes('Ed25519'))
    throw unavailable('the token does not know Ed25519, which every institution needs');
  // The list of mechanisms asks for no login; this does, and shows next to nothing.
  await tool.run(['--list-objects', '--type', 'data']);

  return Object.freeze({
    algorithms: Object.freeze(algorithms),

    async generate(tenant: string, keyId: string, algorithm: KeyAlgorithm = 'Ed25519'): Promise<GeneratedKey> {
      if (!algorithms.includes(algorithm)) {
        throw new RangeError(`keys of the kind ${String(algorithm)} are not made in this token`);
      }
      const id = newKeyId(tenant, keyId, options.random);
      const hex = id.toString('hex');
      const label = `${tenant} ${keyId}`.slice(0, 64);
      const kind = ['--key-type', MECHANISMS[algorithm].keyType, '--usage-sign', '--sensitive'];
      const made = await tool.run(['--keypairgen', ...kind, '--id', hex, '--label', label], undefined, GENERATE_MS);
      const { publicKey, kept } = await madeKey(tool, made.toString('latin1'), hex, algorithm);
      if (!kept) throw unavailable('the token would give the private key away: it is not used');
      const probe = options.random.bytes(32);
      if (!verifySignature(publicKey, probe, await signIn(tool, hex, algorithm, probe))) throw notASignature();
      return { publicKeyMultibase: publicKey.multibase, wrappedPrivateKey: referenceOf(id) };
    },

    signer(key: Parameters<Keystore['signer']>[0], did: string): Signer {
      const { tenant, keyId, publicKeyMultibase, wrappedPrivateKey } = key;
      const publicKey = readPublicKey(publicKeyMultibase);
      const { algorithm } = publicKey;
      let proven = false;
      return Object.freeze({
        verificationMethod: `${did}#${keyId}`,
        publicKeyMultibase,
        async sign(data: Uint8Array) {
          const hex = idOf(wrappedPrivateKey, tenant, keyId).toString('hex');
          const signature = await signIn(tool, hex, algorithm, data);
          if (verifySignature(publicKey, data, signature)) {
            proven = true;
            return signature;
          }
          if (proven) throw notASignature();
          // Nothing shows yet that this is the right key.
          throw new KeyUnwrapError(`the key ${keyId} of ${tenant} in the token is not the one of its public key`);
        },
      });
    },
  });
}

async function signIn(tool: Tool, hex: string, algorithm: KeyAlgorithm, data: Uint8Array): Promise<Uint8Array> {
  const { sign, input } = MECHANISMS[algorithm];
  const given = input(data);
  if (given.length > MAX_INPUT) {
    throw unavailable(`with ${algorithm} the token signs at most ${MAX_INPUT} bytes; use P-256 for tokens (JWT)`);
  }
  return new Uint8Array(await tool.run(['--sign', '--mechanism', sign, '--id', hex], given));
}

const unavailable = (detail: string) => new Problem('unavailable', detail);
const notASignature = () => new Problem('signing-stopped', 'what the token answered is not a signature of this key');
