import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { usePostgres } from '../support/postgres.ts';
import { openReplicas, type Replicas } from '../support/replicas.ts';

const server = usePostgres();
let replicas: Replicas;
const before = { ...process.env };

beforeAll(async () => {
  const databaseUrl = await server().database();
  replicas = await openReplicas({ databaseUrl });
  const [one, other] = replicas.all;
  const { issuer: key } = await one!.institution('specimen-college');
  const achievement = { name: 'SPECIMEN A', description: 'D', criteria: { narrative: 'N' } };
  const made = await one!.call<{ achievementId: string }>('POST', '/v1/achievements', { key, body: { achievement } });
  const recipients = [{ name: 'Amihan', email: 'amihan@students.example' }];
  const body = { achievementId: made.body.achievementId, recipients };
  const issued = await other!.call('POST', '/v1/credentials', { key, body });
  expect(issued.status, issued.text).toBe(201);
  await one!.app.close();
  // Whose addresses are part of what was signed.
  const tlsPort = decodeURIComponent(/did:web:localhost(%3A\d+)/.exec(issued.text)![1]!).slice(1);
  Object.assign(process.env, {
    TATAK_PUBLIC_URL: replicas.publicUrl,
    TATAK_TLS_PORT: tlsPort,
    TATAK_DATABASE_URL: databaseUrl,
  });
}, 60_000);
afterAll(async () => {
  for (const name of ['TATAK_PUBLIC_URL', 'TATAK_TLS_PORT', 'TATAK_DATABASE_URL']) {
    if (before[name] === undefined) delete process.env[name];
    else process.env[name] = before[name];
  }
  await replicas?.close();
});

async function tatak(...argv: string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const io = { out: (text: string) => out.push(text), err: (text: string) => err.push(text) };
  const code = await run(argv, io as never);
  return { code, out: out.join(''), err: err.join('') };
}

describe('commands about a store that replicas share', () => {
  it('recheck what all of them stored', async () => {
    const { code, out, err } = await tatak('recheck');
    expect([out, code], err).toEqual(['', 0]);
    expect(err).toMatch(/^1 looked at, 0 drifted/);
  });

  it('export the log, which verifies as one chain', async () => {
    const file = join(replicas.all[0]!.directory, 'log.jsonl');
    const made = await tatak('audit', 'export', '--out', file);
    expect(made.code, made.err).toBe(0);
    expect(readFileSync(file, 'utf8').split('\n').length).toBeGreaterThan(5);
    const verified = await tatak('audit', 'verify', file);
    expect(verified.code, verified.err + verified.out).toBe(0);
  });
});
