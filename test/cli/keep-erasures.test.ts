import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openStorage } from '#storage';
import { run } from '../../src/cli/run.ts';
import { openService, type TestService } from '../support/service.ts';

const folder = mkdtempSync(join(tmpdir(), 'tatak-erased-'));
const [backup, list] = [join(folder, 'store.tatak'), join(folder, 'erasures.json')];
const before = { ...process.env };
let service: TestService;
let credentialId: string;

async function tatak(...argv: string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await run(argv, { out: (text) => out.push(text), err: (text) => err.push(text) });
  return { code, out: out.join(''), err: err.join('') };
}

beforeAll(async () => {
  const settings = { TATAK_PASSPHRASE: 'the passphrase in escrow' };
  Object.assign(process.env, settings);
  service = await openService({}, settings);
  const { issuer } = await service.institution('specimen-college');
  const made = await service.call<{ achievementId: string }>('POST', '/v1/achievements', {
    key: issuer,
    body: { achievement: { name: 'SPECIMEN A', description: 'D', criteria: { narrative: 'N' } } },
  });
  const issued = await service.call<{ credentials: { id: string }[] }>('POST', '/v1/credentials', {
    key: issuer,
    body: {
      ...{ achievementId: made.body.achievementId, include: ['name'] },
      recipients: [{ name: 'Maria Specimen', email: 'maria@students.example' }],
    },
  });
  credentialId = issued.body.credentials[0]!.id;
  expect((await tatak('backup', '--to', backup, '--data', service.directory)).code).toBe(0);
  const { sha256 } = (await service.app.storage.reader.credential(credentialId))!;
  const of = { tenant: 'specimen-college', erasedAt: '2026-11-26T00:00:00Z', kind: 'credential', object: credentialId };
  await service.app.storage.transactor.commit([
    { op: 'personal.erase', row: { ...of, objectSha256: sha256!, kept: 'digest' } },
  ]);
  const { text } = await service.call('GET', '/v1/erasures', { key: service.operatorKey });
  writeFileSync(list, text);
}, 60_000);

afterAll(async () => {
  await service.close();
  rmSync(folder, { recursive: true, force: true });
  process.env = before;
});

const restored = async (name: string, ...more: string[]) => {
  const directory = join(folder, name);
  const answer = await tatak(
    ...['restore', '--from', backup, '--data', directory, '--accept-lost-revocations', '--json', ...more],
  );
  return { directory, ...answer };
};

describe('a restore of a backup that is older than an erasure', () => {
  it('erases again what was erased, of a list that was kept aside', async () => {
    const { code, out, directory } = await restored('again', '--erasures', list);
    expect([code, JSON.parse(out).erasures]).toEqual([0, { again: 1, waiting: [] }]);
    const storage = await openStorage({ dataDirectory: directory });
    const row = (await storage.reader.credential(credentialId))!;
    expect(row.sha256).toBe((await service.app.storage.reader.credential(credentialId))!.sha256);
    expect(row.signed).toBeUndefined();
    expect(JSON.stringify(row)).not.toMatch(/Maria|maria@/);
    expect((await storage.reader.erasures(undefined, { limit: 5 })).items).toMatchObject([{ object: credentialId }]);
    expect(await storage.integrity()).toEqual([]);
    await storage.close();
  });

  it('says what is to be done without one, and refuses what is no list', async () => {
    const without = await restored('without');
    expect(JSON.parse(without.out)).toMatchObject({ ok: true, erasures: { again: 0 } });
    expect(without.out).toContain('--erasures');
    writeFileSync(
      join(folder, 'bad.json'),
      '{"items":[{"institution":"x","kind":"audit","object":"1","kept":"entry"}]}',
    );
    const bad = await restored('bad', '--erasures', join(folder, 'bad.json'));
    expect([bad.code, JSON.parse(bad.out).ok]).toEqual([1, false]);
  });
});
