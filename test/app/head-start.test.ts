import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemRandom } from '#kernel';
import type { Keystore } from '#keystore';
import { beginKeys } from '../../src/app/head-start.ts';
import { openKeys } from '../../src/app/keys.ts';
import { openKeystore } from '../../src/app/keystore-file.ts';

const PASSPHRASE = 'a passphrase of the test';
const OTHER = 'another passphrase of it';

describe('keys that are opened while the service is loaded', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tatak-head-start-'));
  const [kept, cheap, empty] = [join(folder, 'kept'), join(folder, 'cheap'), join(folder, 'empty')];
  const opening = { random: systemRandom };
  let made: { key: Awaited<ReturnType<Keystore['generate']>>; signature: Uint8Array };
  const signatureOf = (keystore: Keystore, key: typeof made.key) =>
    keystore.signer({ tenant: 'uno', keyId: 'k1', ...key }, 'did:web:uno.example').sign(Buffer.from('text'));

  beforeAll(async () => {
    const keystore = await openKeystore(kept, PASSPHRASE, opening);
    const key = await keystore.generate('uno', 'k1');
    made = { key, signature: await signatureOf(keystore, key) };
    // Derived for less than the service does: there the same passphrase does not open.
    await openKeystore(cheap, PASSPHRASE, { ...opening, cost: 10 });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each([
    ['given', { TATAK_PASSPHRASE: PASSPHRASE }],
    ['in a file', { TATAK_PASSPHRASE_FILE: join(folder, 'given') }],
    ['made by a start before', {}],
  ])('are those of the store, with the passphrase %s', async (_, env) => {
    writeFileSync(join(folder, 'given'), `${PASSPHRASE}\n`);
    if (Object.keys(env).length === 0) writeFileSync(join(kept, 'development-passphrase'), `${PASSPHRASE}\n`);
    const before = readdirSync(kept);
    const begun = beginKeys({ TATAK_DATA: kept, ...env })!;
    expect(begun).toMatchObject({ dataDirectory: kept, passphrase: PASSPHRASE });
    const keystore = await openKeys({ dataDirectory: kept }, { passphrase: PASSPHRASE }, opening, begun);
    expect(keystore).toBe(await begun.opening);
    expect(await signatureOf(keystore, made.key)).toEqual(made.signature);
    expect(readdirSync(kept)).toEqual(before);
  });

  it('are not taken for another store, another passphrase, or a head that lies elsewhere', async () => {
    const begun = beginKeys({ TATAK_DATA: cheap, TATAK_PASSPHRASE: PASSPHRASE })!;
    const refusal = /the passphrase does not open the keys/;
    await expect(openKeys({ dataDirectory: cheap }, { passphrase: PASSPHRASE }, opening, begun)).rejects.toThrow(
      refusal,
    );
    const cost = { ...opening, cost: 10 };
    // Opened anew, at the cost that this store has.
    await expect(openKeys({ dataDirectory: cheap }, { passphrase: OTHER }, cost, begun)).rejects.toThrow(refusal);
    expect(await openKeys({ dataDirectory: empty }, { passphrase: PASSPHRASE }, cost, begun)).toBeDefined();
    const place = { read: async () => undefined, keep: async () => true };
    expect(
      await openKeys({ dataDirectory: cheap }, { passphrase: PASSPHRASE }, { ...cost, place }, begun),
    ).toBeDefined();
  });

  it('are not begun where they are elsewhere, nothing was made yet, or no passphrase is at hand', () => {
    const env = { TATAK_DATA: cheap, TATAK_PASSPHRASE: PASSPHRASE };
    expect(beginKeys({ ...env, TATAK_SIGNER_SOCKET: '/run/signer' })).toBeUndefined();
    expect(beginKeys({ ...env, TATAK_PKCS11_MODULE: '/usr/lib/token.so' })).toBeUndefined();
    expect(beginKeys({ ...env, TATAK_DATABASE_URL: 'postgres://u:p@localhost/tatak' })).toBeUndefined();
    expect(beginKeys({ ...env, TATAK_DATABASE_URL_FILE: join(folder, 'given') })).toBeUndefined();
    expect(beginKeys({ ...env, TATAK_DATA: join(folder, 'none') })).toBeUndefined();
    expect(beginKeys({ TATAK_DATA: cheap })).toBeUndefined();
    expect(beginKeys({ TATAK_DATA: cheap, TATAK_PASSPHRASE_FILE: join(folder, 'missing') })).toBeUndefined();
    expect(readdirSync(folder)).not.toContain('none');
  });
});
