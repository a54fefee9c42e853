import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemRandom } from '#kernel';
import { createKeystore, createRemoteKeystore, type Keystore, type RemoteKeystore, serveKeystore } from '#keystore';
import { startSignerProcess } from './support/signer-process.ts';

const DID = 'did:web:badges.example:institutions:specimen-university';
const PLACE = { tenant: 'specimen-university', keyId: 'key-1-assertion' };
let real: Keystore;
let key: { tenant: string; keyId: string; publicKeyMultibase: string; wrappedPrivateKey: string };
let directory: string;

beforeAll(async () => {
  real = await createKeystore({
    passphrase: 'a passphrase of the test',
    salt: new Uint8Array(16),
    random: systemRandom,
  });
  key = { ...PLACE, ...(await real.generate(PLACE.tenant, PLACE.keyId)) };
});
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'tatak-socket-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

describe('the socket of the signing process', () => {
  it('is its owner’s alone, and so is its directory', async () => {
    const path = join(directory, 'run', 'signer.sock');
    const server = await serveKeystore({ keystore: real, path });
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
    await expect(serveKeystore({ keystore: real, path })).rejects.toThrow('answers at');
    await server.close();
    const open = join(directory, 'open');
    mkdirSync(open);
    chmodSync(open, 0o755);
    await expect(serveKeystore({ keystore: real, path: join(open, 'signer.sock') })).rejects.toThrow('0700');
  });

  it('is taken over from a signer that was killed, and the service connects again', async () => {
    const first = await startSignerProcess(join(directory, 'signer'));
    const remote = createRemoteKeystore({ path: first.path });
    const made = { ...PLACE, ...(await remote.generate(PLACE.tenant, PLACE.keyId)) };
    const signer = remote.signer(made, DID);
    await signer.sign(new Uint8Array(1));
    await first.stop('SIGKILL');
    await expect(signer.sign(new Uint8Array(1))).rejects.toMatchObject({ kind: 'unavailable' });
    const second = await startSignerProcess(join(directory, 'signer'));
    expect(await signer.sign(new Uint8Array(1))).toHaveLength(64);
    remote.close();
    await second.stop();
  });
});

describe('FT-4: a signer that misbehaves', () => {
  let server: Server;
  let remote: RemoteKeystore;
  const sockets = new Set<Socket>();
  afterAll(() => server?.close());

  /** Answers each message by `reply`, or not at all. */
  async function fake(reply: (request: { id: number }) => object | Buffer | undefined, timeoutMs = 300) {
    const path = join(directory, 'fake.sock');
    server = createServer((socket) => {
      sockets.add(socket);
      socket.on('data', (chunk) => {
        const answer = reply(JSON.parse(chunk.subarray(4).toString()));
        if (answer === undefined) return;
        const body = Buffer.isBuffer(answer) ? answer : Buffer.from(JSON.stringify(answer));
        const head = Buffer.alloc(4);
        head.writeUInt32BE(body.length);
        socket.write(Buffer.isBuffer(answer) ? body : Buffer.concat([head, body]));
      });
      socket.on('error', () => {});
    });
    await new Promise<void>((done) => server.listen(path, done));
    remote = createRemoteKeystore({ path, timeoutMs });
  }
  afterEach(() => {
    remote?.close();
    for (const socket of sockets) socket.destroy();
    server?.close();
  });
  const sign = () => remote.signer(key, DID).sign(Buffer.from('data'));

  it('slow: the time ends, and a late answer is nobody’s', async () => {
    const late: (() => void)[] = [];
    await fake(({ id }) => {
      const socket = [...sockets].at(-1)!;
      late.push(() => {
        const body = Buffer.from(JSON.stringify({ id, signature: 'AAAA' }));
        const head = Buffer.alloc(4);
        head.writeUInt32BE(body.length);
        socket.write(Buffer.concat([head, body]));
      });
      return undefined;
    });
    await expect(sign()).rejects.toMatchObject({ kind: 'unavailable' });
    for (const send of late) send();
    await expect(sign()).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it.each<[string, (request: { id: number }) => object | Buffer, string]>([
    ['an error', ({ id }) => ({ id, error: 'failed', detail: 'no' }), 'unavailable'],
    ['an unknown error', ({ id }) => ({ id, error: { deep: 1 } }), 'unavailable'],
    ['no signature', ({ id }) => ({ id }), 'signing-stopped'],
    ['garbage', ({ id }) => ({ id, signature: Buffer.alloc(64, 7).toString('base64url') }), 'signing-stopped'],
    ['another length', ({ id }) => ({ id, signature: 'AAAA' }), 'signing-stopped'],
    ['a number', ({ id }) => ({ id, signature: 5 }), 'signing-stopped'],
    ['not JSON', () => Buffer.from([0, 0, 0, 2, 0x7b, 0x7b]), 'unavailable'],
    ['a list', () => Buffer.from([0, 0, 0, 2, 0x5b, 0x5d]), 'unavailable'],
    ['too much', () => Buffer.from([0xff, 0xff, 0xff, 0xff]), 'unavailable'],
    ['another answer', ({ id }) => ({ id: id + 1, signature: 'AAAA' }), 'unavailable'],
  ])('%s: nothing is given on', async (what, reply, kind) => {
    // An answer to another question is waited for to the end.
    await fake(reply, what === 'another answer' ? 300 : 10_000);
    await expect(sign()).rejects.toMatchObject({ kind });
  });

  it('a good signature of other data is no signature', async () => {
    const other = Buffer.from(await real.signer(key, DID).sign(Buffer.from('other'))).toString('base64url');
    await fake(({ id }) => ({ id, signature: other }));
    await expect(sign()).rejects.toMatchObject({ kind: 'signing-stopped' });
  });

  it('no key, or one of another kind, is not taken', async () => {
    await fake(({ id }) => ({ id, publicKeyMultibase: key.publicKeyMultibase, wrappedPrivateKey: 'x' }));
    await expect(remote.generate('a', 'b', 'RSA')).rejects.toMatchObject({ kind: 'unavailable' });
    remote.close();
    server.close();
    await fake(({ id }) => ({ id }));
    await expect(remote.generate('a', 'b')).rejects.toMatchObject({ kind: 'unavailable' });
  });

  it('nobody there', async () => {
    remote = createRemoteKeystore({ path: join(directory, 'nothing.sock') });
    await expect(sign()).rejects.toMatchObject({ kind: 'unavailable' });
  });
});
