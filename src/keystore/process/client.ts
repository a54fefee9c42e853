import { connect, type Socket } from 'node:net';
import { type JsonObject, Problem } from '#kernel';
import type { GeneratedKey, Keystore, Signer } from '../ports.ts';
import { type KeyAlgorithm, readPublicKey, verifySignature } from '../public-key.ts';
import { KeyUnwrapError } from '../wrapping.ts';
import { frame, readFrames } from './frames.ts';

export interface RemoteKeystore extends Keystore {
  /** Whether the other process answers at all. Never rejects. */
  reachable(): Promise<boolean>;
  close(): void;
}

export interface RemoteKeystoreOptions {
  /** Of the socket. */
  path: string;
  /** Milliseconds for one signature. Default 5 seconds. */
  timeoutMs?: number;
}

const TIMEOUT_MS = 5_000;
const HELLO_MS = 1_000;
/** Times as long for a new key: an RSA key takes a small token half a minute. */
const GENERATING = 12;

interface Waiting {
  resolve(answer: JsonObject): void;
  reject(error: Error): void;
  timer: NodeJS.Timeout;
}

/**
 * A keystore in another process. One connection, made when it is needed and again after it broke; a request that was under
 * way then fails and is not repeated, because whoever asked knows better whether to. Every signature is verified before it
 * is given on: what the other process says is not believed.
 */
export function createRemoteKeystore(options: RemoteKeystoreOptions): RemoteKeystore {
  const { path, timeoutMs = TIMEOUT_MS } = options;
  const waiting = new Map<number, Waiting>();
  let socket: Socket | undefined;
  let last = 0;

  function drop(broken: Socket): void {
    if (socket !== broken) return;
    socket = undefined;
    broken.destroy();
    for (const { reject, timer } of waiting.values()) {
      clearTimeout(timer);
      reject(unavailable('the connection to the signer broke'));
    }
    waiting.clear();
  }

  function connected(): Socket {
    if (socket) return socket;
    const made = connect(path);
    socket = made;
    // Does not keep the process alive: only somebody who waits for an answer does.
    made.unref();
    made.on('error', () => drop(made)).on('close', () => drop(made));
    readFrames(made, (answer) => {
      const one = waiting.get(answer.id as number);
      if (!one) return;
      waiting.delete(answer.id as number);
      clearTimeout(one.timer);
      one.resolve(answer);
    });
    return made;
  }

  function send(request: JsonObject, limitMs: number): Promise<JsonObject> {
    const id = ++last;
    const bytes = frame({ ...request, id });
    return new Promise<JsonObject>((resolve, reject) => {
      const used = connected();
      const timer = setTimeout(() => {
        waiting.delete(id);
        reject(unavailable(`the signer did not answer within ${limitMs} ms`));
      }, limitMs);
      waiting.set(id, { resolve, reject, timer });
      used.write(bytes);
    });
  }

  async function ask(request: JsonObject, limitMs = timeoutMs): Promise<JsonObject> {
    const answer = await send(request, limitMs);
    if (answer.error === undefined) return answer;
    const detail = typeof answer.detail === 'string' ? answer.detail : 'the signer refused';
    if (answer.error === 'unwrap') throw new KeyUnwrapError(detail);
    if (answer.error === 'range') throw new RangeError(detail);
    throw unavailable(detail);
  }

  return Object.freeze({
    async generate(tenant: string, keyId: string, algorithm: KeyAlgorithm = 'Ed25519'): Promise<GeneratedKey> {
      const { publicKeyMultibase, wrappedPrivateKey } = await ask(
        { op: 'generate', tenant, keyId, algorithm },
        timeoutMs * GENERATING,
      );
      if (typeof publicKeyMultibase !== 'string' || typeof wrappedPrivateKey !== 'string') throw unavailable(NO_KEY);
      if (readPublicKey(publicKeyMultibase).algorithm !== algorithm) throw unavailable(NO_KEY);
      return { publicKeyMultibase, wrappedPrivateKey };
    },

    signer(key: Parameters<Keystore['signer']>[0], did: string): Signer {
      const publicKey = readPublicKey(key.publicKeyMultibase);
      const { tenant, keyId, publicKeyMultibase, wrappedPrivateKey } = key;
      return Object.freeze({
        verificationMethod: `${did}#${keyId}`,
        publicKeyMultibase,
        async sign(data: Uint8Array) {
          const request = { op: 'sign', tenant, keyId, publicKeyMultibase, wrappedPrivateKey };
          const answer = await ask({ ...request, data: Buffer.from(data).toString('base64url') });
          const signature = new Uint8Array(Buffer.from(String(answer.signature ?? ''), 'base64url'));
          if (!verifySignature(publicKey, data, signature)) {
            throw new Problem('signing-stopped', 'what the signer answered is not a signature of this key');
          }
          return signature;
        },
      });
    },

    // A signer that does not know the question has answered as well.
    reachable: () =>
      send({ op: 'hello' }, HELLO_MS).then(
        () => true,
        () => false,
      ),

    close() {
      if (socket) drop(socket);
    },
  });
}

const NO_KEY = 'what the signer made is not the key that was asked for';
const unavailable = (detail: string) => new Problem('unavailable', detail);
