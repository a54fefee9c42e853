import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openService, type TestService } from '../support/service.ts';
import { tatak as inProcess } from './support/tatak.ts';

let service: TestService;
let options: string[];
let issuerOptions: string[];

const tatak = (...args: string[]) => inProcess(args);

beforeAll(async () => {
  service = await openService();
  const { issuer } = await service.institution('specimen-college');
  const file = (name: string, text: string) => {
    const path = join(service.directory, name);
    writeFileSync(path, `${text}\n`, { mode: 0o600 });
    return path;
  };
  options = ['--url', service.publicUrl, '--key-file', file('operator.key', service.operatorKey)];
  issuerOptions = ['--url', service.publicUrl, '--key-file', file('issuer.key', issuer)];
  const made = await service.call<{ achievementId: string }>('POST', '/v1/achievements', {
    key: issuer,
    body: { achievement: { name: 'SPECIMEN Badge', description: 'D', criteria: { narrative: 'C' } } },
  });
  expect(made.status).toBe(201);
  const recipients = Array.from({ length: 7 }, (_, n) => ({ name: `Learner ${n}` }));
  const body = { achievementId: made.body.achievementId, recipients };
  expect((await service.call('POST', '/v1/credentials', { key: issuer, body })).status).toBe(201);
});
afterAll(() => service.close());

it('lists, makes, rotates, ends and revokes keys', async () => {
  const list = await tatak('keys', 'list', 'specimen-college', ...options);
  expect(list.out.split('\n').filter(Boolean)).toHaveLength(2);
  expect(list.out).toMatch(/^key-1-assertion {4}Ed25519 {2}active {3}listed \d/m);
  const made = await tatak('keys', 'create', 'specimen-college', '--algorithm', 'P-256', '--immediately', ...options);
  expect(made).toMatchObject({ code: 0, out: expect.stringMatching(/^key-2-assertion +P-256 +active/) });
  const next = await tatak('keys', 'rotate', 'specimen-college', '--algorithm', 'P-256', ...options);
  expect(next.out).toMatch(/^key-3-assertion +P-256 +waiting .*signs from/);
  expect((await tatak('keys', 'retire', 'specimen-college', 'key-3-assertion', ...options)).out).toContain('ends');
  const revoked = await tatak('keys', 'revoke', 'specimen-college', 'key-1-status', ...options);
  expect(revoked.out).toMatch(/^key-1-status +Ed25519 +revoked .*\nkey-2-status +Ed25519 +active /);
});

it('says what is wrong', async () => {
  const wrong = [
    ['keys', 'list', 'specimen-college'],
    ['keys', 'list', ...options],
    ['keys', 'list', 'no-such-college', ...options],
    ['keys', 'create', 'specimen-college', ...options],
    ['keys', 'create', 'specimen-college', '--algorithm', 'P-521', ...options],
    ['keys', 'revoke', 'specimen-college', ...options],
    ['keys', 'withdraw', 'specimen-college', 'key-1-assertion', '--revoke', ...issuerOptions],
  ];
  for (const args of wrong) expect(await tatak(...args), args.join(' ')).toMatchObject({ code: 2, out: '' });
  const silent = ['keys', 'list', 'specimen-college', '--url', 'http://localhost:1', '--key-file', options[3]!];
  expect(await tatak(...silent)).toMatchObject({ code: 4, out: '', err: expect.stringContaining('does not answer') });
});

it('BK-3: lists and revokes everything a key signed, and can be run again', async () => {
  const of = ['keys', 'withdraw', 'specimen-college', 'key-1-assertion', ...issuerOptions];
  const listed = await tatak(...of);
  expect(listed.out.split('\n').filter((line) => line.endsWith(' active'))).toHaveLength(7);
  const done = await tatak(...of, '--revoke', '--reason', 'The key was stolen');
  expect(done).toMatchObject({
    code: 0,
    err: '7 credentials are signed by key-1-assertion; 7 revoked now, 0 could not be\n',
  });
  expect((await tatak(...of, '--revoke', '--reason', 'The key was stolen')).err).toContain('; 0 revoked now, 0 could');
  const other = await tatak('keys', 'withdraw', 'specimen-college', 'key-2-assertion', ...issuerOptions);
  expect(other.err).toContain('0 credentials are signed by key-2-assertion');
});
