import { type ChildProcess, spawn } from 'node:child_process';
import { createDecipheriv, scryptSync } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, readFileSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DATABASE_FILE } from '#storage';
import { PASSPHRASE, type SignerProcess, startSignerProcess } from '../keystore/support/signer-process.ts';
import { CHILD_FLAGS } from '../support/start-flags.ts';

const SERVICE = join(import.meta.dirname, 'support', 'kp-11-process.ts');
const MEMORY = process.platform === 'linux';
const directory = mkdtempSync(join(tmpdir(), 'tatak-kp11-'));
let signer: SignerProcess;
beforeAll(async () => {
  if (!MEMORY) console.log('KP-11: the memory of a process is only read on Linux; logs, errors and files are searched');
  signer = await startSignerProcess();
});
afterAll(async () => {
  await signer.stop();
  rmSync(directory, { recursive: true });
});

let port = 21_000 + (process.pid % 500) * 4;
async function service(
  data: string,
  more: Record<string, string>,
): Promise<{ child: ChildProcess; log: () => string }> {
  const settings = {
    TATAK_DATA: data,
    TATAK_PORT: String(port++),
    TATAK_TLS_PORT: String(port++),
    TATAK_LOG_LEVEL: 'trace',
    ...more,
  };
  const child = spawn(process.execPath, [...CHILD_FLAGS, SERVICE, JSON.stringify(settings)], {
    stdio: 'pipe',
  });
  let text = '';
  await new Promise<void>((resolve, reject) => {
    const take = (chunk: Buffer) => {
      text += chunk;
      if (text.includes('READY')) resolve();
    };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.once('exit', () => reject(new Error(text)));
  });
  return { child, log: () => text };
}

/** Seeds and private keys of everything stored, and the key that wraps them. */
function secretsOf(data: string, keystoreDirectory: string, passphrase: string): Map<string, Buffer> {
  const { salt } = JSON.parse(readFileSync(join(keystoreDirectory, 'keystore.json'), 'utf8')) as { salt: string };
  const kek = scryptSync(passphrase, Buffer.from(salt, 'base64url'), 32, { N: 2 ** 17, r: 8, p: 1, maxmem: 2 ** 28 });
  const found = new Map([['the key-encryption key', kek]]);
  const db = new Database(join(data, DATABASE_FILE), { readonly: true });
  const rows = db
    .prepare(
      `select tenant, key_id, wrapped_private_key from signing_keys
       union all select 'system', key_id, wrapped_private_key from log_keys`,
    )
    .all() as { tenant: string; key_id: string; wrapped_private_key: string }[];
  db.close();
  for (const { tenant, key_id, wrapped_private_key } of rows) {
    const [nonce, sealed] = wrapped_private_key.split('.').map((part) => Buffer.from(part, 'base64url'));
    const decipher = createDecipheriv('aes-256-gcm', kek, nonce!).setAAD(Buffer.from(`${tenant}\0${key_id}`));
    decipher.setAuthTag(sealed!.subarray(-16));
    const secret = Buffer.concat([decipher.update(sealed!.subarray(0, -16)), decipher.final()]);
    // Of PKCS #8 the middle: its beginning is the same for every key, its end may be cut off.
    const part = secret.length === 32 ? secret : secret.subarray(secret.length / 2, secret.length / 2 + 48);
    found.set(`${tenant} ${key_id}`, part);
  }
  return found;
}

const FORMS = ['hex', 'base64', 'base64url'] as const;
/** In any form it may be written in; the last characters of base64 depend on what follows. */
const needles = (secret: Buffer) => [secret, ...FORMS.map((form) => Buffer.from(secret.toString(form).slice(0, 40)))];

function hits(haystack: Buffer, secrets: Map<string, Buffer>): string[] {
  return [...secrets]
    .filter(([, secret]) => needles(secret).some((one) => haystack.includes(one)))
    .map(([name]) => name);
}

/** Everything a process has in its memory that can be read. */
function* memoryOf(pid: number): Generator<Buffer> {
  const file = openSync(`/proc/${pid}/mem`, 'r');
  try {
    for (const line of readFileSync(`/proc/${pid}/maps`, 'utf8').split('\n')) {
      const range = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line);
      if (!range) continue;
      const [start, end] = [BigInt(`0x${range[1]}`), BigInt(`0x${range[2]}`)];
      const size = Number(end - start);
      if (size > 512 * 2 ** 20) continue;
      const bytes = Buffer.alloc(size);
      try {
        const read = readSync(file, bytes, 0, size, start as never);
        yield bytes.subarray(0, read);
      } catch {
        // Reserved and never touched.
      }
    }
  } finally {
    closeSync(file);
  }
}

function inMemory(child: ChildProcess, secrets: Map<string, Buffer>): Set<string> {
  const found = new Set<string>();
  if (MEMORY) for (const part of memoryOf(child.pid!)) for (const name of hits(part, secrets)) found.add(name);
  return found;
}

describe('KP-11: private keys and what wraps them', () => {
  it('are nowhere in the service that a signing process signs for: log, output, files, memory', async () => {
    const data = join(directory, 'apart');
    const { child, log } = await service(data, { TATAK_SIGNER_SOCKET: signer.path });
    const secrets = secretsOf(data, signer.data, PASSPHRASE);
    expect(secrets.size).toBe(5);
    secrets.set('the passphrase', Buffer.from(PASSPHRASE));
    expect(hits(Buffer.from(log()), secrets)).toEqual([]);
    for (const name of [DATABASE_FILE, `${DATABASE_FILE}-wal`]) {
      try {
        expect(hits(readFileSync(join(data, name)), secrets)).toEqual([]);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      }
    }
    expect([...inMemory(child, secrets)]).toEqual([]);
    child.stdin!.write('end\n');
  }, 120_000);

  it.runIf(MEMORY)(
    'would be found: in a service that signs by itself they are in its memory, and still in no log',
    async () => {
      const data = join(directory, 'together');
      const { child, log } = await service(data, { TATAK_PASSPHRASE: PASSPHRASE });
      const secrets = secretsOf(data, data, PASSPHRASE);
      expect(hits(Buffer.from(log()), secrets)).toEqual([]);
      expect(inMemory(child, secrets).size).toBeGreaterThan(0);
      child.stdin!.write('end\n');
    },
    120_000,
  );
});
