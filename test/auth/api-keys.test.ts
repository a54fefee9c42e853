import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { actorOf, createApiKeys } from '#auth';
import { Problem, sha256Hex, systemRandom } from '#kernel';
import { openSqlite, type Storage } from '#storage';

let directory: string;
let storage: Storage;
let now: Date;
let keys: ReturnType<typeof createApiKeys>;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'tatak-auth-'));
  storage = await openSqlite({ path: join(directory, 'store.sqlite') });
  now = new Date('2026-06-01T00:00:00Z');
  keys = createApiKeys({
    reader: storage.reader,
    transactor: storage.transactor,
    clock: { now: () => now },
    random: systemRandom,
  });
  await storage.transactor.commit([
    {
      op: 'institution.insert',
      row: {
        tenant: 'specimen-university',
        profile: { name: 'Specimen University' },
        createdAt: '2026-06-01T00:00:00Z',
      },
    },
  ]);
});
afterEach(async () => {
  await storage.close();
  rmSync(directory, { recursive: true });
});

const issuer = { tenant: 'specimen-university', role: 'issuer', label: 'registrar', actor: 'system' } as const;
const problemOf = (promise: Promise<unknown>): Promise<Problem> =>
  promise.then(
    () => expect.fail('no problem'),
    (error) => (error instanceof Problem ? error : Promise.reject(error)),
  );

describe('API keys', () => {
  it('authenticate as what they were made for', async () => {
    const { record, secret } = await keys.create(issuer);
    expect(secret).toMatch(/^tatak_[0-9a-z]{26}_[A-Za-z0-9_-]{43}$/);
    expect(record).toEqual({
      tenant: 'specimen-university',
      keyId: secret.split('_')[1],
      role: 'issuer',
      label: 'registrar',
      createdAt: '2026-06-01T00:00:00Z',
    });
    const principal = { tenant: 'specimen-university', keyId: record.keyId, role: 'issuer' };
    expect(await keys.authenticate(`Bearer ${secret}`)).toEqual(principal);
    expect(await keys.authenticate(`bearer ${secret}`)).toEqual(principal);
    expect(actorOf((await keys.authenticate(`Bearer ${secret}`))!)).toBe(`key:${record.keyId}`);
  });

  it('know their person: listed as given, compared without case', async () => {
    const { record, secret } = await keys.create({ ...issuer, person: 'Staff:0017@Registrar' });
    expect(record.person).toBe('Staff:0017@Registrar');
    expect((await keys.authenticate(`Bearer ${secret}`))!.person).toBe('staff:0017@registrar');
    const listed = (await keys.list(issuer.tenant, { limit: 9 })).items;
    expect(listed.map((one) => one.person)).toEqual(['Staff:0017@Registrar']);
    const audit = JSON.stringify(await storage.reader.auditEntries(undefined, { limit: 9 }));
    expect(audit).not.toMatch(/0017/);
  });

  it('of an approver need a person; a person is an identifier', async () => {
    const approver = { ...issuer, role: 'approver' } as const;
    const pointersOf = async (input: object) =>
      (await problemOf(keys.create({ ...approver, ...input }))).errors.map(({ pointer }) => pointer);
    expect(await pointersOf({})).toEqual(['/person']);
    for (const person of ['', ' s-1', 's-1 ', 'Maria Clara', '-1', 'a\n', 'ñ', '\u212a', 'x'.repeat(101), 7, null]) {
      expect(await pointersOf({ person }), String(person)).toEqual(['/person']);
    }
    expect(await pointersOf({ tenant: 'system', person: 's-1' })).toEqual(['/institution']);
    const { secret } = await keys.create({ ...approver, person: 'x'.repeat(100) });
    expect(await keys.authenticate(`Bearer ${secret}`)).toMatchObject({ role: 'approver' });
  });

  it('refuse every other spelling, other secret and other id', async () => {
    const { secret } = await keys.create(issuer);
    const other = await keys.create(issuer);
    const [, id, ...rest] = secret.split('_');
    const text = rest.join('_');
    const last = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const sameBits = text.slice(0, -1) + last[last.indexOf(text.at(-1)!) ^ 1];
    for (const header of [
      undefined,
      '',
      secret,
      `Basic ${secret}`,
      `Bearer  ${secret}`,
      `Bearer ${secret} `,
      `Bearer ${secret}\n`,
      `Bearer ${secret.toUpperCase()}`,
      `Bearer tatak_${id}_${sameBits}`,
      `Bearer tatak_${id}_`,
      `Bearer tatak_${id}_${'A'.repeat(43)}`,
      `Bearer tatak_${other.record.keyId}_${text}`,
      `Bearer tatak_${'0'.repeat(26)}_${text}`,
      `Bearer ${'x'.repeat(10_000)}`,
    ]) {
      expect(await keys.authenticate(header), header).toBeUndefined();
    }
    for (let at = 0; at < text.length; at++) {
      const changed = text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
      expect(await keys.authenticate(`Bearer tatak_${id}_${changed}`)).toBeUndefined();
    }
  });

  it('expire at their instant', async () => {
    const { record, secret } = await keys.create({ ...issuer, expiresAt: '2026-07-01T08:00:00+08:00' });
    expect(record.expiresAt).toBe('2026-07-01T00:00:00Z');
    now = new Date('2026-06-30T23:59:59Z');
    expect(await keys.authenticate(`Bearer ${secret}`)).toBeDefined();
    now = new Date('2026-07-01T00:00:00Z');
    expect(await keys.authenticate(`Bearer ${secret}`)).toBeUndefined();
  });

  it('stop when revoked, for ever', async () => {
    const { record, secret } = await keys.create(issuer);
    expect(await keys.revoke({ keyId: record.keyId, actor: 'key:x' })).toMatchObject({
      revokedAt: '2026-06-01T00:00:00Z',
    });
    expect(await keys.authenticate(`Bearer ${secret}`)).toBeUndefined();
    now = new Date('2026-06-02T00:00:00Z');
    expect(await keys.revoke({ keyId: record.keyId, actor: 'key:x' })).toMatchObject({
      revokedAt: '2026-06-01T00:00:00Z',
    });
    expect((await problemOf(keys.revoke({ keyId: 'nothing', actor: 'key:x' }))).kind).toBe('not-found');
  });

  it('keep at least one operator', async () => {
    const first = (await keys.ensureOperatorKey())!;
    const { keyId } = (await keys.authenticate(`Bearer ${first}`))!;
    expect((await problemOf(keys.revoke({ keyId: keyId!, actor: 'key:x' }))).kind).toBe('conflict');
    await keys.create({ tenant: 'system', role: 'operator', label: 'second', actor: `key:${keyId}` });
    await keys.revoke({ keyId: keyId!, actor: 'key:x' });
    expect(await keys.authenticate(`Bearer ${first}`)).toBeUndefined();
  });

  it('make the first operator key once', async () => {
    const text = await keys.ensureOperatorKey();
    expect(await keys.authenticate(`Bearer ${text}`)).toMatchObject({ tenant: 'system', role: 'operator' });
    expect(await keys.ensureOperatorKey()).toBeUndefined();
  });

  it('are not made for nobody, for no role, or into the past', async () => {
    const bad: [object, string][] = [
      [{ tenant: 'no-such-school' }, '/institution'],
      [{ tenant: 'Bad Slug' }, '/institution'],
      [{ tenant: 'system' }, '/institution'],
      [{ role: 'operator' }, '/institution'],
      [{ role: 'admin' }, '/role'],
      [{ label: '' }, '/label'],
      [{ label: 'a\u202Eb' }, '/label'],
      [{ label: 'x'.repeat(101) }, '/label'],
      [{ expiresAt: '2026-05-31T00:00:00Z' }, '/expiresAt'],
      [{ expiresAt: '2026-06-01T00:00:00Z' }, '/expiresAt'],
      [{ expiresAt: '2027-02-30T00:00:00Z' }, '/expiresAt'],
    ];
    for (const [change, pointer] of bad) {
      const problem = await problemOf(keys.create({ ...issuer, ...change }));
      expect(problem.kind).toBe('invalid-request');
      expect(problem.errors.map((error) => error.pointer)).toEqual([pointer]);
    }
    expect((await keys.list(undefined, { limit: 10 })).items).toEqual([]);
  });

  it('leave no usable secret in the store, the list or the audit log (AU-4)', async () => {
    const { record, secret } = await keys.create(issuer);
    const hidden = secret.slice(-43);
    const listed = await keys.list('specimen-university', { limit: 10 });
    expect(listed.items).toEqual([record]);
    expect(JSON.stringify([record, listed])).not.toContain(sha256Hex(hidden));
    const audit = await storage.reader.auditEntries('specimen-university', { limit: 10 });
    expect(audit.items).toMatchObject([
      { operation: 'apiKey.create', object: record.keyId, detail: { role: 'issuer' } },
    ]);
    await storage.close();
    for (const file of readdirSync(directory)) {
      const bytes = existsSync(join(directory, file)) ? readFileSync(join(directory, file)) : Buffer.alloc(0);
      expect(bytes.includes(hidden)).toBe(false);
      expect(bytes.includes(Buffer.from(hidden, 'base64url'))).toBe(false);
    }
  });
});
