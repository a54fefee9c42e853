import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256Hex } from '#kernel';
import {
  auditHash,
  entryLeaf,
  openCheckpoint,
  parseVerifierKey,
  type Receipt,
  verifyConsistency,
  verifyInclusion,
} from '#observability';
import { DATABASE_FILE } from '#storage';
import { type ResponseLog, validateResponses } from '../support/responses.ts';
import { openService, type TestService } from '../support/service.ts';

let now = Date.parse('2026-11-24T03:00:00Z');
let service: TestService;
let answers: ResponseLog;
let issuer: string;
let achievementId: string;
let vkey: string;

beforeAll(async () => {
  service = await openService({
    clock: { now: () => new Date(now) },
    onServer: (app) => {
      answers = validateResponses(app);
    },
  });
  ({ issuer } = await service.institution('specimen-college'));
  const achievement = { name: 'SPECIMEN A', description: 'D', criteria: { narrative: 'N' } };
  const made = await service.call<{ achievementId: string }>('POST', '/v1/achievements', {
    key: issuer,
    body: { achievement },
  });
  achievementId = made.body.achievementId;
  vkey = (await get('/log/key')).text.trim();
});
afterAll(() => service.close());

const get = <T = unknown>(url: string) => service.call<T>('GET', url);
const head = (note: string) => openCheckpoint(note, parseVerifierKey(vkey)!)!;
const bytes = (hex: string) => Buffer.from(hex, 'hex');
async function issue(name: string): Promise<string> {
  const body = { achievementId, recipients: [{ name, email: `${name.toLowerCase()}@students.example` }] };
  const made = await service.call<{ credentials: { id: string }[] }>('POST', '/v1/credentials', { key: issuer, body });
  return made.body.credentials[0]!.id.split('/').at(-1)!;
}

describe('the public log', () => {
  it('proves that a credential was issued into it, to somebody who has only the key and the badge', async () => {
    const id = await issue('Amihan');
    now += 3_600_000;
    const { status, body, text } = await get<Receipt>(`/log/credentials/${id}`);
    expect(status).toBe(200);
    expect(body.entry).toMatchObject({ tenant: 'specimen-college', operation: 'credential.issue', object: id });
    expect(body.entry.objectSha256).toBe(sha256Hex((await get(`/credentials/${id}.json`)).text));
    expect(auditHash(body.entry)).toBe(body.entry.hash);
    const { size, root, origin } = head(body.checkpoint);
    expect([size, origin]).toEqual([body.size, `${new URL(service.publicUrl).host}/log`]);
    const claim = { index: body.index, size, leaf: entryLeaf(body.entry.hash), root };
    expect(verifyInclusion(claim, body.proof.map(bytes))).toBe(true);
    expect(text).not.toMatch(/Amihan|students\.example/i);
  });

  it('asks for a little patience when a badge is newer than the checkpoint', async () => {
    const first = (await get('/log/checkpoint')).text;
    const id = await issue('Bituin');
    now += 50_000;
    const early = await service.server.inject({
      url: `/log/credentials/${id}`,
      headers: { accept: 'application/json' },
    });
    expect([early.statusCode, early.headers['retry-after']]).toEqual([404, '10']);
    expect(early.json()).toMatchObject({ type: 'urn:tatak:problem:not-found', retryAfter: 10 });
    expect((await get('/log/checkpoint')).text).toBe(first);
    now += 10_000;
    expect((await get<Receipt>(`/log/credentials/${id}`)).body.size).toBeGreaterThan(head(first).size);
  });

  it('proves that a checkpoint kept long ago is the beginning of the latest', async () => {
    const kept = head((await get('/log/checkpoint')).text);
    const id = await issue('Carlos');
    now += 3_600_000;
    const latest = head((await get<Receipt>(`/log/credentials/${id}`)).body.checkpoint);
    const { body } = await get<{ from: number; to: number; proof: string[] }>(`/log/consistency?from=${kept.size}`);
    expect([body.from, body.to]).toEqual([kept.size, latest.size]);
    const claim = { from: kept.size, to: latest.size, fromRoot: kept.root, toRoot: latest.root };
    expect(verifyConsistency(claim, body.proof.map(bytes))).toBe(true);
  });

  it('knows no other ids and no larger sizes', async () => {
    expect(await get(`/log/credentials/${'z'.repeat(26)}`)).toMatchObject({ status: 404 });
    expect(await get('/log/credentials/x')).toMatchObject({ status: 404 });
    expect(await get('/log/consistency?from=1&to=999999')).toMatchObject({ status: 400 });
    expect(await get('/log/consistency?from=0')).toMatchObject({ status: 400 });
    expect(await get('/log/consistency')).toMatchObject({ status: 400 });
  });

  it('turns health red when entries under a checkpoint are no longer what was signed, and proves nothing more', async () => {
    expect(await get('/health')).toMatchObject({ status: 200, body: { checks: { log: 'ok' } } });
    const id = await issue('Dalisay');
    now += 3_600_000;
    const raw = new Database(join(service.directory, DATABASE_FILE));
    raw.exec("drop trigger audit_no_update; update audit set actor = 'nobody' where seq = 3");
    expect(await get(`/log/credentials/${id}`)).toMatchObject({ status: 503 });
    expect(await get('/health')).toMatchObject({ status: 503, body: { checks: { log: 'failing' } } });
    raw.close();
  });

  it('answers as described', () => {
    expect(answers.violations).toEqual([]);
  });
});
