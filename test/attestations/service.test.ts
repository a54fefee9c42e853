import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AttestationReport } from '#attestations';
import { sha256Hex, systemClock } from '#kernel';
import { run } from '../../src/cli/run.ts';
import { validateResponses } from '../support/responses.ts';
import { openService, type TestService } from '../support/service.ts';

let service: TestService;
let log: ReturnType<typeof validateResponses>;
let issuer: string;
let achievementId: string;
let directory: string;
let snapshot: string;
/** Added to the clock of the service. */
let later = 0;

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'tatak-attestation-'));
  service = await openService({
    clock: { now: () => new Date(systemClock.now().getTime() + later) },
    onServer: (server) => {
      log = validateResponses(server);
    },
  });
  const council = await service.institution('specimen-council');
  const college = await service.institution('specimen-college', 'Specimen College of Peñafrancia');
  issuer = college.issuer;
  const accredited = {
    accredited: college.did,
    role: 'Award',
    scope: [{ awardType: ['HeiMicroCredential'] }],
    validFrom: '2020-01-01',
  };
  await must(council.authority, '/v1/accreditations', accredited);
  const achievement = {
    ...{ name: 'SPECIMEN Data Literacy', description: 'Reads data.', criteria: { narrative: 'Passes.' } },
    ...{
      awardType: 'HeiMicroCredential',
      regime: 'CHED',
      credit: [{ system: 'HE-UNIT-16', value: '3', kind: 'lecture' }],
    },
    ...{ achievementType: 'MicroCredential', assessmentType: ['WrittenExam'] },
  };
  const made = await must<{ achievementId: string }>(issuer, '/v1/achievements', {
    achievement,
    statusPurpose: 'suspension',
  });
  achievementId = made.achievementId;
  snapshot = join(directory, 'register.json');
  writeFileSync(snapshot, (await service.call('GET', '/registry/specimen-council/snapshot')).text);
}, 60_000);

afterAll(async () => {
  await service?.close();
  rmSync(directory, { recursive: true, force: true });
});

async function must<T>(key: string | undefined, url: string, body: unknown): Promise<T> {
  const answer = await service.call<T>('POST', url, { ...(key ? { key } : {}), body });
  expect(answer.status, answer.text).toBeLessThan(300);
  return answer.body;
}

async function issue(name?: string) {
  const recipient = { subjectId: `urn:uuid:${crypto.randomUUID()}`, ...(name ? { name, include: ['name'] } : {}) };
  const body = { achievementId, recipients: [{ ...recipient, awardedDate: '2026-03-14' }] };
  const { credentials } = await must<{ credentials: { id: string; url: string }[] }>(issuer, '/v1/credentials', body);
  return credentials[0]!;
}

const textOf = async (id: string) => (await service.call('GET', `/credentials/${id}/attestation`)).text;
const verify = (text: string) => must<AttestationReport>(undefined, '/v1/verifications', { text });
const change = (id: string, action: string) =>
  must(issuer, `/v1/credentials/${id}/status`, { action, reason: 'SPECIMEN reason' });

async function page(text: string, lang = 'en') {
  const boundary = 'x1';
  const payload = `--${boundary}\r\ncontent-disposition: form-data; name="text"\r\n\r\n${text}\r\n--${boundary}--\r\n`;
  const headers = { 'content-type': `multipart/form-data; boundary=${boundary}`, accept: 'text/html' };
  return service.server.inject({ method: 'POST', url: `/verify?lang=${lang}`, headers, payload });
}

describe('the attestation of an issued badge', () => {
  it('states what is signed into it, and its status as of now', async () => {
    const { id, url } = await issue('Juan dela Cruz');
    const report = await verify(await textOf(id));
    const signed = (await service.call('GET', `/credentials/${id}.json`)).text;
    expect(report).toMatchObject({ kind: 'attestation', signature: 'valid', badge: url });
    expect(report.statement).toMatchObject({
      ...{ status: 'active', awarded: '2026-03-14', recipient: 'Juan dela Cruz', name: 'SPECIMEN Data Literacy' },
      ...{ sha256: sha256Hex(signed), ageDays: 0, old: false, specimen: true },
    });
    expect(report.sentence.en).toContain('Specimen College of Peñafrancia stated that');
    expect((await service.call('GET', '/credentials/00000000000000000000000000/attestation')).status).toBe(404);
  });

  it('does not name a recipient whose name is not signed', async () => {
    const body = { achievementId, recipients: [{ name: 'Amihan Canary', email: 'canary@students.example' }] };
    const { credentials } = await must<{ credentials: { id: string }[] }>(issuer, '/v1/credentials', body);
    expect((await verify(await textOf(credentials[0]!.id))).statement).not.toHaveProperty('recipient');
  });

  it('is read by the page, which fetches nothing and leads to the badge', async () => {
    const { id, url } = await issue('Juan dela Cruz');
    const text = await textOf(id);
    const shown = await page(text);
    expect(shown.statusCode).toBe(200);
    expect(shown.body).toContain('A derived attestation, not the badge itself');
    expect(shown.body).toContain(`href="/verify?url=${encodeURIComponent(url)}"`);
    expect(shown.body).not.toMatch(/tone-ok|Genuine/);
    expect((await page(text, 'fil')).body).toContain('Hangong patunay ito, hindi ang badge mismo');
    const broken = await page(text.slice(0, -9));
    expect([broken.statusCode, broken.body.includes('not a whole one')]).toEqual([400, true]);
  });
});

async function cli(text: string, ...args: string[]) {
  const file = join(directory, 'scan.txt');
  writeFileSync(file, `${text}\n`);
  let [out, err] = ['', ''];
  const code = await run(['attestation', 'read', file, '--register', snapshot, '--json', ...args], {
    out: (piece) => {
      out += piece;
    },
    err: (piece) => {
      err += piece;
    },
  });
  return { code, err, report: out ? (JSON.parse(out) as AttestationReport & { keysAsOf: string }) : undefined };
}

describe('tatak attestation read', () => {
  it('says with its exit code whether the badge stood', async () => {
    const { id } = await issue();
    const good = await cli(await textOf(id));
    expect([good.code, good.report?.keysAsOf]).toEqual([0, expect.stringMatching(/Z$/)]);
    await change(id, 'revoke');
    expect(await cli(await textOf(id))).toMatchObject({ code: 1, report: { signature: 'valid' } });
    expect(await cli('TATAK1:NOTHING')).toMatchObject({ code: 2, err: expect.stringContaining('cannot be read') });
  });

  it('knows no key that the file does not have', async () => {
    const { id } = await issue();
    const text = await textOf(id);
    const file = join(directory, 'without.json');
    writeFileSync(
      file,
      JSON.stringify({ register: { validFrom: '2026-01-01T00:00:00Z' }, parts: [], didDocuments: {} }),
    );
    expect(await cli(text, '--register', file)).toMatchObject({
      code: 1,
      report: { signature: 'undetermined', code: 'key_unknown' },
    });
    writeFileSync(file, JSON.stringify({ register: {}, parts: [] }));
    expect((await cli(text, '--register', file)).code).toBe(2);
  });
});

// Last: from here on the clock of the service is ahead of the world's.
describe('over time', () => {
  it('is the same for five minutes, and another as soon as the status changes', async () => {
    const { id } = await issue();
    const first = await textOf(id);
    later += 240_000;
    expect(await textOf(id)).toBe(first);
    await change(id, 'suspend');
    expect((await verify(await textOf(id))).statement?.status).toBe('suspended');
    await change(id, 'reinstate');
    later += 301_000;
    const again = await textOf(id);
    expect(again).not.toBe(first);
    await change(id, 'revoke');
    const revoked = await verify(await textOf(id));
    expect([revoked.signature, revoked.statement?.status]).toEqual(['valid', 'revoked']);
    expect(revoked.sentence.en).toContain('is revoked');
    // The paper that was printed before goes on saying what was true then, and how long ago that is.
    later += 31 * 86_400_000;
    const old = await verify(again);
    expect(old.statement).toMatchObject({ status: 'active', ageDays: 31, old: true });
  });

  it('was answered as openapi.yaml says', () => {
    expect(log.violations).toEqual([]);
  });
});
