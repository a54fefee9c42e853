import { chmodSync, mkdirSync, rmSync, statSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { dirname } from 'node:path';
import { type JsonObject, Problem } from '#kernel';
import type { Keystore, Signer } from '../ports.ts';
import type { KeyAlgorithm } from '../public-key.ts';
import { KeyUnwrapError } from '../wrapping.ts';
import { frame, readFrames } from './frames.ts';

export interface SignerServer {
  close(): Promise<void>;
}

/** Opened keys that are kept. */
const MAX_SIGNERS = 10_000;

/**
 * Answers for a keystore on a Unix socket, so that the process that talks to the world holds neither the passphrase nor a
 * private key. Whoever may connect may sign: the directory of the socket is its owner's alone (0700), the socket 0600.
 * @throws Error when the directory is open to others, or a signer answers there already
 */
export async function serveKeystore(options: { keystore: Keystore; path: string }): Promise<SignerServer> {
  const { keystore, path } = options;
  const directory = dirname(path);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  if ((statSync(directory).mode & 0o077) !== 0) throw new Error(`${directory} must be its owner's alone (0700)`);
  if (await answers(path)) throw new Error(`a signer answers at ${path} already`);
  // What a killed signer left.
  rmSync(path, { force: true });
  const sockets = new Set<Socket>();
  const signers = new Map<string, Signer>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
    readFrames(socket, (request) => {
      void answerTo(request, keystore, signers).then((answer) => {
        if (!socket.destroyed) socket.write(frame({ ...answer, id: request.id ?? null }));
      });
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(path, resolve);
  });
  chmodSync(path, 0o600);
  return {
    async close() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Never throws: what went wrong is in the answer, without anything secret. */
async function answerTo(request: JsonObject, keystore: Keystore, signers: Map<string, Signer>): Promise<JsonObject> {
  try {
    switch (request.op) {
      case 'hello':
        return {};
      case 'generate': {
        const [tenant, keyId] = [text(request, 'tenant'), text(request, 'keyId')];
        const made = await keystore.generate(tenant, keyId, text(request, 'algorithm') as KeyAlgorithm);
        return { ...made };
      }
      case 'sign': {
        const names = ['tenant', 'keyId', 'publicKeyMultibase', 'wrappedPrivateKey'] as const;
        const [tenant, keyId, publicKeyMultibase, wrappedPrivateKey] = names.map((name) => text(request, name));
        const key = {
          tenant: tenant!,
          keyId: keyId!,
          publicKeyMultibase: publicKeyMultibase!,
          wrappedPrivateKey: wrappedPrivateKey!,
        };
        const name = Object.values(key).join('\0');
        let signer = signers.get(name);
        if (!signer) {
          signer = keystore.signer(key, 'did:web:signer.invalid');
          if (signers.size >= MAX_SIGNERS) signers.delete(signers.keys().next().value!);
          signers.set(name, signer);
        }
        const signature = await signer.sign(Buffer.from(text(request, 'data'), 'base64url'));
        return { signature: Buffer.from(signature).toString('base64url') };
      }
      default:
        return { error: 'unknown', detail: 'no such request' };
    }
  } catch (error) {
    const kind = error instanceof KeyUnwrapError ? 'unwrap' : error instanceof RangeError ? 'range' : 'failed';
    const told = kind !== 'failed' || error instanceof Problem;
    return { error: kind, detail: told ? (error as Error).message : 'the signer could not do it' };
  }
}

function text(request: JsonObject, name: string): string {
  const value = request[name];
  if (typeof value !== 'string') throw new RangeError(`${name} must be a text`);
  return value;
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    socket.once('connect', () => socket.destroy());
  });
}
