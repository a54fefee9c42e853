import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, assemble, readConfig } from '#app';
import { systemClock } from '#kernel';
import { type ResponseLog, validateResponses } from '../support/responses.ts';
import { QUICK_KEYS } from '../support/unlimited-requests.ts';
import { BODIES } from './support/samples.ts';

const directory = mkdtempSync(join(tmpdir(), 'tatak-api-'));
let app: App;
let log: ResponseLog;
const keys: Record<string, string> = {};

const call = async (
  key: string | undefined,
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  url: string,
  payload?: object,
) => {
  const headers = key ? { authorization: `Bearer ${keys[key]}` } : {};
  const answer = await app.server.inject({ method, url, headers, ...(payload ? { payload } : {}) });
  const json = String(answer.headers['content-type']).includes('json');
  return {
    status: answer.statusCode,
    body: json ? answer.json() : answer.body,
    text: answer.body,
    headers: answer.headers,
  };
};
const must = async (...args: Parameters<typeof call>) => {
  const answer = await call(...args);
  if (answer.status >= 300) throw new Error(`${args[1]} ${args[2]}: ${answer.status} ${answer.text}`);
  return answer.body;
};

const freePort = () =>
  new Promise<number>((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => done(port));
    });
  });
let authority: string;

beforeAll(async () => {
  const tlsPort = await freePort();
  authority = `did:web:localhost%3A${tlsPort}:institutions:`;
  const config = readConfig({
    TATAK_PUBLIC_URL: 'http://localhost:18480',
    TATAK_PORT: '0',
    TATAK_TLS_PORT: String(tlsPort),
    TATAK_DATA: directory,
    TATAK_LOG_LEVEL: 'silent',
    TATAK_TRUST_ANCHORS: `${authority}specimen-council`,
  });
  app = await assemble(
    config,
    { passphrase: 'a passphrase of this test' },
    {
      ...QUICK_KEYS,
      clock: systemClock,
      rateLimits: { address: 100_000, key: 100_000, expensive: 100_000 },
      onServer: (server) => {
        log = validateResponses(server);
      },
    },
  );
  keys.operator = (await app.start()).operatorKey!;
  for (const slug of ['specimen-council', 'specimen-college', 'specimen-rival']) {
    await must('operator', 'POST', '/v1/institutions', {
      slug,
      profile: { name: `S ${slug}`, institutionType: 'SUC' },
    });
    for (const role of ['issuer', 'authority', 'auditor']) {
      const made = await must('operator', 'POST', '/v1/api-keys', { institution: slug, role, label: 'test' });
      keys[`${slug.split('-')[1]}.${role}`] = made.secret;
    }
  }
}, 60_000);

afterAll(async () => {
  await app?.close();
  rmSync(directory, { recursive: true, force: true });
});

describe('through the whole service', () => {
  let achievement: { achievementId: string; url: string };
  let issued: { id: string; url: string; credential: object; statusListId: string };

  it('institutions, keys, DID document', async () => {
    const { did } = await must('operator', 'GET', '/v1/institutions/specimen-college');
    expect(did).toBe(`${authority}specimen-college`);
    await must('operator', 'PUT', '/v1/institutions/specimen-college', { profile: { name: 'Specimen College' } });
    const keys = '/v1/institutions/specimen-rival/keys';
    expect((await must('operator', 'POST', `${keys}/rotate`, { purpose: 'assertion' })).state).toBe('waiting');
    const rsa = await must('operator', 'POST', keys, { purpose: 'assertion', algorithm: 'RSA', immediately: true });
    expect(rsa).toMatchObject({ keyId: 'key-3-assertion', algorithm: 'RSA', state: 'active' });
    expect((await call('operator', 'POST', keys, { purpose: 'assertion', algorithm: 'RSA' })).status).toBe(409);
    await must('operator', 'POST', `${keys}/key-3-assertion/retire`);
    const { key, successor } = await must('operator', 'POST', `${keys}/key-1-assertion/revoke`, {});
    expect([key.state, successor.state, successor.keyId]).toEqual(['revoked', 'active', 'key-4-assertion']);
    const rival = await must('operator', 'GET', keys);
    const states = rival.items.map((item: { state: string }) => item.state).sort();
    expect(states).toEqual(['active', 'active', 'active', 'revoked', 'waiting']);
    expect((await must(undefined, 'GET', '/institutions/specimen-college/did.json')).id).toBe(did);
    const own = await must(undefined, 'GET', '/institutions/specimen-rival/jwks.json');
    expect(own.keys.map((one: { alg: string }) => one.alg).sort()).toEqual([
      'EdDSA',
      'EdDSA',
      'EdDSA',
      'EdDSA',
      'RS256',
    ]);
    const all = await must(undefined, 'GET', '/.well-known/jwks.json');
    expect(all.keys.filter((one: { iss: string }) => one.iss === `${authority}specimen-rival`)).toEqual(own.keys);
    // A document of each change, and each with a proof that the log holds it.
    const history = await must(undefined, 'GET', '/institutions/specimen-rival/did-history');
    expect(history.items.map((one: { number: number }) => one.number)).toEqual([1, 2, 3, 4, 5]);
    const first = await call(undefined, 'GET', '/institutions/specimen-rival/did-history/1');
    expect([200, 404]).toContain(first.status);
    if (first.status === 404) expect(first.headers['retry-after']).toBeDefined();
    else expect(first.body.receipt.entry.objectSha256).toBe(history.items[0].sha256);
    expect((await call(undefined, 'GET', '/institutions/specimen-rival/did-history/6')).status).toBe(404);
    expect((await must('operator', 'GET', '/v1/institutions?limit=1')).next).toBeDefined();
    await must('operator', 'GET', '/v1/api-keys?institution=specimen-college');
    expect((await call('college.issuer', 'GET', '/v1/institutions/specimen-rival')).status).toBe(404);
  });

  it('accreditation, definition, issuing, verification', async () => {
    await must('council.authority', 'POST', '/v1/accreditations', {
      accredited: `${authority}specimen-college`,
      role: 'Award',
      scope: [{ awardType: ['HeiMicroCredential'] }],
      validFrom: '2020-01-01',
    });
    achievement = await must('college.issuer', 'POST', '/v1/achievements', {
      achievement: {
        name: 'SPECIMEN Data Literacy',
        description: 'Reads and questions data.',
        criteria: { narrative: 'Passes the examination.' },
        achievementType: 'MicroCredential',
        awardType: 'HeiMicroCredential',
        regime: 'CHED',
        credit: [{ system: 'HE-UNIT-16', value: '3', kind: 'lecture' }],
        assessmentType: ['WrittenExam'],
      },
      statusPurpose: 'suspension',
    });
    const answer = await must('college.issuer', 'POST', '/v1/credentials', {
      achievementId: achievement.achievementId,
      recipients: [{ name: 'Amihan Canary', email: 'canary@students.example' }],
    });
    issued = answer.credentials[0];
    const report = await must(undefined, 'POST', '/v1/verifications', { url: issued.url });
    expect([report.verdict, report.recognition]).toEqual(['valid', 'recognised']);
    const byValue = await must(undefined, 'POST', '/v1/verifications', { credential: issued.credential });
    expect(byValue.verdict).toBe('valid');
    const stored = await call(undefined, 'GET', `${new URL(issued.url).pathname}.json`);
    expect(JSON.stringify(stored.body)).toBe(JSON.stringify(issued.credential));
    expect(stored.text).not.toContain('Canary');
  });

  it('pages for people show no stored name, and the report', async () => {
    const page = async (url: string) => {
      const answer = await app.server.inject({ url, headers: { accept: 'text/html' } });
      expect([url, answer.statusCode]).toEqual([url, 200]);
      return answer.body;
    };
    expect(await page(`/credentials/${issued.id}`)).toContain('SPECIMEN Data Literacy');
    expect(await page(`/achievements/${achievement.achievementId}?lang=fil`)).toContain('Specimen College');
    expect(await page('/registry/specimen-council')).toContain('Specimen College');
    for (const url of [
      `/credentials/${issued.id}`,
      '/institutions/specimen-college',
      '/registry',
      '/',
      '/verify',
      '/docs',
    ]) {
      expect(await page(url)).not.toMatch(/Canary|canary@/);
    }
    const report = await page(`/verify?url=${encodeURIComponent(issued.url)}`);
    expect(report).toContain('banner');
  });

  it('status, published and seen by the verifier', async () => {
    const change = (action: string) =>
      must('college.issuer', 'POST', `/v1/credentials/${issued.id}/status`, { action, reason: 'Under review' });
    expect(await change('suspend')).toMatchObject({ state: 'suspended', published: true });
    expect((await must(undefined, 'POST', '/v1/verifications', { url: issued.url })).verdict).toBe('invalid');
    await change('reinstate');
    expect((await must(undefined, 'POST', '/v1/verifications', { url: issued.url })).verdict).toBe('valid');
    await must(undefined, 'GET', `/status/${issued.statusListId}`);
    expect((await must('college.issuer', 'GET', `/v1/credentials/${issued.id}`)).events).toHaveLength(2);
  });

  it('a status by the other mechanism: named when revoked, and only then', async () => {
    const { achievementId } = achievement;
    const definition = await must('college.issuer', 'GET', `/v1/achievements/${achievementId}`);
    const { id: _, version: __, type: ___, ...rest } = definition.achievement;
    const named = await must('college.issuer', 'POST', '/v1/achievements', {
      achievement: rest,
      statusType: '1EdTechRevocationList',
    });
    expect(named).toMatchObject({ statusType: '1EdTechRevocationList', statusPurpose: 'revocation' });
    const answer = await must('college.issuer', 'POST', '/v1/credentials', {
      achievementId: named.achievementId,
      recipients: [{}, {}],
    });
    const [first, second] = answer.credentials;
    const list = first.credential.credentialStatus.id;
    expect(first.credential.credentialStatus).toEqual({ id: list, type: '1EdTechRevocationList' });
    expect(first.credential['@context'][2]).toBe('https://purl.imsglobal.org/spec/ob/v3p0/extensions.json');
    const verdict = async (url: string) => (await must(undefined, 'POST', '/v1/verifications', { url })).verdict;
    const path = new URL(list).pathname;
    expect((await must(undefined, 'GET', path)).revokedCredential).toEqual([]);
    expect(await verdict(first.url)).toBe('valid');
    const change = { action: 'revoke', reason: 'Issued in error' };
    await must('college.issuer', 'POST', `/v1/credentials/${first.id}/status`, change);
    const revoked = await call(undefined, 'GET', path);
    expect(revoked.body.revokedCredential).toEqual([
      { id: first.url, revoked: true, revocationReason: 'Issued in error' },
    ]);
    expect(revoked.headers['access-control-allow-origin']).toBe('*');
    expect(revoked.headers['cache-control']).toBe('public, max-age=5');
    expect([await verdict(first.url), await verdict(second.url)]).toEqual(['invalid', 'valid']);
    const suspend = { action: 'suspend', reason: 'Inquiry' };
    const refused = await call('college.issuer', 'POST', `/v1/credentials/${second.id}/status`, suspend);
    expect([refused.status, refused.body.type]).toEqual([409, expect.stringMatching(/status-purpose$/)]);
    // Each list at its own address only.
    const listId = path.split('/').at(-1);
    expect((await call(undefined, 'GET', `/status/${listId}`)).status).toBe(404);
    expect((await call(undefined, 'GET', `/revocations/${issued.statusListId}`)).status).toBe(404);
  });

  it('batches as CSV and JSON', async () => {
    const headers = { authorization: `Bearer ${keys['college.issuer']}`, 'content-type': 'text/csv' };
    const csv = 'name,email\nMaria Specimen,maria@students.example\n=1+1,not an address\n';
    const url = `/v1/batches?achievementId=${achievement.achievementId}&awardedDate=2026-03-14`;
    const preview = await app.server.inject({ method: 'POST', url, payload: csv, headers });
    expect(preview.statusCode).toBe(201);
    const batch = preview.json();
    expect(batch).toMatchObject({ state: 'previewed', rows: 2, invalidRows: 1 });
    await must('college.issuer', 'POST', '/v1/batches', {
      ...BODIES.createBatch,
      achievementId: achievement.achievementId,
    });
    await must('college.issuer', 'POST', `/v1/batches/${batch.batchId}/start`);
    await expect
      .poll(async () => (await must('college.issuer', 'GET', `/v1/batches/${batch.batchId}`)).state, {
        timeout: 20_000,
      })
      .toBe('done');
    const rows = await must('college.issuer', 'GET', `/v1/batches/${batch.batchId}/rows`);
    expect(rows.items[0].credentialUrl).toMatch(/\/credentials\//);
    const file = await app.server.inject({
      url: `/v1/batches/${batch.batchId}/rows`,
      headers: { authorization: headers.authorization, accept: 'text/csv' },
    });
    expect(file.body).toContain('Maria Specimen');
    await must('college.issuer', 'GET', '/v1/batches');
  });

  it('pathways and what a badge counts toward', async () => {
    const made = await must('college.issuer', 'POST', '/v1/pathways', {
      name: 'SPECIMEN Certificate',
      stackingRule: {
        id: 'all',
        kind: 'requireAll',
        text: { en: 'The badge', fil: 'Ang badge' },
        source: 'this test',
        binding: 'Mandatory',
        realism: 'Illustrative',
        items: [{ achievement: achievement.url, title: 'Data Literacy' }],
      },
    });
    expect(made.name).toBe('SPECIMEN Certificate');
    const report = await must(undefined, 'POST', '/v1/evaluations', { pathway: made.url, credentials: [issued.url] });
    expect(report.outcome).toBe('met');
    const page = await app.server.inject({ url: new URL(made.url).pathname, headers: { accept: 'text/html' } });
    expect(page.body).toContain('Specimen College');
    const wrong = await call('college.issuer', 'POST', '/v1/pathways', {
      name: 'SPECIMEN',
      stackingRule: { kind: 'nothing' },
    });
    expect(wrong.status).toBe(400);
    expect(wrong.body.pointer).toMatch(/^\/stackingRule/);
  });

  it('AU-2: another institution sees none of it', async () => {
    const accreditation = (await must('council.authority', 'GET', '/v1/accreditations')).items[0];
    const tries: [string, 'GET' | 'POST', string, object?][] = [
      ['rival.issuer', 'GET', `/v1/credentials/${issued.id}`],
      ['rival.issuer', 'GET', `/v1/achievements/${achievement.achievementId}`],
      [
        'rival.issuer',
        'POST',
        `/v1/achievements/${achievement.achievementId}/versions`,
        BODIES.createAchievementVersion!,
      ],
      ['rival.issuer', 'POST', `/v1/credentials/${issued.id}/status`, { action: 'revoke', reason: 'Mischief' }],
      ['rival.authority', 'POST', `/v1/accreditations/${accreditation.id}/events`, BODIES.createAccreditationEvent!],
    ];
    for (const [key, method, url, payload] of tries) {
      expect([url, (await call(key, method, url, payload)).status]).toEqual([url, 404]);
    }
    const stolen = { achievementId: achievement.achievementId, recipients: [{}] };
    expect((await call('rival.issuer', 'POST', '/v1/credentials', stolen)).status).toBe(403);
    for (const path of ['credentials', 'achievements', 'batches', 'pathways', 'audit']) {
      const seen = await call('rival.auditor', 'GET', `/v1/${path}`);
      expect(seen.status).toBe(200);
      expect(seen.text).not.toMatch(/specimen-college|Data Literacy|Canary/);
    }
  });

  it('the chain of the audit log is whole for the operator', async () => {
    const { items } = await must('operator', 'GET', '/v1/audit?limit=200');
    expect(items[0].seq).toBe(1);
    expect(
      items.every(
        (entry: { previousHash: string }, at: number) => at === 0 || entry.previousHash === items[at - 1].hash,
      ),
    ).toBe(true);
    expect(JSON.stringify(items)).not.toMatch(/Canary|canary@|tatak_/);
  });

  it('SC-5: nothing answered otherwise than openapi.yaml says', () => {
    expect([...new Set(log.violations)]).toEqual([]);
  });
});
