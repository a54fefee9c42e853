import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { systemRandom } from '#kernel';
import { openKeystore } from '../../src/app/keystore-file.ts';

const directory = mkdtempSync(join(tmpdir(), 'tatak-kp12-'));
afterAll(() => rmSync(directory, { recursive: true }));
const path = join(directory, 'keystore.json');
const open = (passphrase = 'a passphrase of the test') =>
  openKeystore(directory, passphrase, { random: systemRandom, cost: 10 });

it('KP-12: with any byte of the key file changed, or another passphrase, the service does not start', async () => {
  await open();
  const good = readFileSync(path);
  let accepted = 0;
  for (let at = 0; at < good.length; at++) {
    const bad = Buffer.from(good);
    bad[at]! ^= 1 << (at % 7);
    writeFileSync(path, bad);
    await open().then(
      () => accepted++,
      () => undefined,
    );
  }
  // The last character of the salt has spare bits, and so would a canary of another length.
  const text = good.toString();
  const salt = /"salt":"([^"]+)"/.exec(text)![1]!;
  for (const last of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_') {
    if (last === salt.at(-1)) continue;
    const other = salt.slice(0, -1) + last;
    if (!Buffer.from(other, 'base64url').equals(Buffer.from(salt, 'base64url'))) continue;
    writeFileSync(path, text.replace(salt, other));
    await open().then(
      () => accepted++,
      () => undefined,
    );
  }
  writeFileSync(path, good);
  await expect(open('a passphrase of the tesu')).rejects.toThrow('passphrase');
  await expect(open()).resolves.toBeDefined();
  console.log(`KP-12: ${good.length} bytes changed, ${accepted} accepted`);
  expect(accepted).toBe(0);
}, 180_000);
