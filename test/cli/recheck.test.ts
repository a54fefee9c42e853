import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { newPort, openService, type TestService } from '../support/service.ts';

let service: TestService;
const DEFINITION = {
  name: 'SPECIMEN Set-up computer networks',
  description: 'Plans, installs and configures a small computer network.',
  criteria: { narrative: 'Demonstrated in front of an assessor.' },
};

async function recheck(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const io = {
    out: (text: string) => {
      out += text;
    },
    err: (text: string) => {
      err += text;
    },
  };
  return { code: await run(['recheck', ...args], io), out, err };
}

/** Settings of the service, as its operator has them. */
const settings: Record<string, string> = { TATAK_PORT: String(newPort()), TATAK_TLS_PORT: String(newPort()) };
const before: Record<string, string | undefined> = {};
let signed: string;

beforeAll(async () => {
  service = await openService({}, settings);
  for (const [name, value] of Object.entries(settings)) {
    before[name] = process.env[name];
    process.env[name] = value;
  }
  const { issuer, did } = await service.institution('specimen-college');
  const made = await service.call<{ achievementId: string }>('POST', '/v1/achievements', {
    key: issuer,
    body: { achievement: DEFINITION },
  });
  if (made.status !== 201) throw new Error(made.text);
  const body = { achievementId: made.body.achievementId, recipients: [{}, {}, {}] };
  const issued = await service.call('POST', '/v1/credentials', { key: issuer, body });
  if (issued.status !== 201) throw new Error(issued.text);
  const credential = {
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    type: ['VerifiableCredential'],
    issuer: did,
    credentialSubject: { id: 'did:example:subject' },
  };
  const plain = await service.call('POST', '/vc-api/credentials/issue', { key: issuer, body: { credential } });
  if (plain.status !== 201) throw new Error(plain.text);
  await service.app.close();
});
afterAll(async () => {
  for (const [name, value] of Object.entries(before)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  await service.close().catch(() => undefined);
});

describe('tatak recheck (IS-11)', () => {
  it('finds nothing in what a service stored', async () => {
    const { code, out, err } = await recheck('--data', service.directory);
    expect([out, code]).toEqual(['', 0]);
    expect(err).toMatch(/^4 looked at, 0 drifted, up to entry \d+\n$/);
  });

  it('says which one has drifted, and how; goes on after an entry', async () => {
    const database = new Database(join(service.directory, 'tatak.sqlite'));
    for (const { name } of database.prepare(`select name from sqlite_master where type = 'trigger'`).all() as {
      name: string;
    }[]) {
      database.exec(`drop trigger "${name}"`);
    }
    const row = database.prepare('select credential_id, signed from plain_credentials').get() as Record<string, string>;
    signed = row.signed!.replace('did:example:subject', 'did:example:another');
    database.prepare('update plain_credentials set signed = ?').run(signed);
    database.close();
    const { code, out } = await recheck('--data', service.directory, '--json');
    const found = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, string>);
    expect(code).toBe(1);
    expect(
      found
        .map(({ code: one }) => one)
        .filter(Boolean)
        .sort(),
    ).toEqual(['bytes', 'changed', 'proof']);
    expect(new Set(found.map(({ credentialId }) => credentialId).filter(Boolean))).toEqual(
      new Set([row.credential_id]),
    );
    const after = String(found.find(({ seq }) => seq)!.seq);
    expect((await recheck('--data', service.directory, '--after', after)).code).toBe(0);
  });

  it('wants a directory with a store', async () => {
    expect((await recheck()).code).toBe(2);
    expect((await recheck('--data', '/nowhere')).code).toBe(2);
    expect((await recheck('--data', service.directory, '--after', 'x')).code).toBe(2);
    expect((await recheck('--data', service.directory, '--since', 'yesterday')).code).toBe(2);
  });
});
