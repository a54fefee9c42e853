import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConferralWorld, conferralWorld, SUBJECT } from '../conferrals/world.ts';
import { type Walked, walkPdf } from '../documents/pdf-walk.ts';

let on: ConferralWorld;
/** Of a badge of one institution, and of the qualification. */
let badge: string;
let qualification: string;
beforeAll(async () => {
  on = await conferralWorld();
  const parts = await on.three(SUBJECT);
  badge = parts[0]!;
  const stored = await on.evaluate(parts);
  const { body } = await on.confer(stored.body.id);
  qualification = body.credentialUrl;
});
afterAll(() => on.close());

async function get(url: string, headers: Record<string, string> = {}) {
  const answer = await on.service.server.inject({
    method: 'GET',
    url: new URL(url).pathname + new URL(url).search,
    headers,
  });
  return { status: answer.statusCode, headers: answer.headers, bytes: answer.rawPayload };
}

async function walk(url: string): Promise<Walked> {
  const { status, bytes } = await get(url);
  expect(status).toBe(200);
  const walked = await walkPdf(bytes);
  expect(walked).toMatchObject({ untagged: [], active: [], displaysTitle: true });
  return walked;
}

async function verify(bytes: Uint8Array) {
  const text = `data:application/pdf;base64,${Buffer.from(bytes).toString('base64')}`;
  const { body } = await on.service.call<{
    verdict: string;
    checks: { check: string; evidence?: { carriers?: string[] } }[];
  }>('POST', '/v1/verifications', { body: { text } });
  return body;
}

describe('the certificate of a credential', () => {
  it('stands at its suffix and for whoever asks for a PDF, with the badge in it as it was signed', async () => {
    const at = await get(`${badge}.pdf`);
    expect(at.status).toBe(200);
    expect(at.headers['content-type']).toBe('application/pdf');
    const asked = await get(badge, { accept: 'application/pdf' });
    expect(Buffer.compare(at.bytes, asked.bytes)).toBe(0);
    expect((await get(`${badge}.pdf`, { 'if-none-match': String(at.headers.etag) })).status).toBe(304);
    const signed = (await get(`${badge}.json`)).bytes;
    const { attachments } = await walkPdf(at.bytes);
    expect(attachments.map(({ name, type }) => [name, type])).toEqual([['credential.json', 'application/vc+ld+json']]);
    expect(Buffer.compare(attachments[0]!.bytes, signed)).toBe(0);
  });

  it('verifies as a file, through the API and on the page', async () => {
    const { bytes } = await get(`${badge}.pdf`);
    const report = await verify(bytes);
    expect(report.verdict).toBe('valid');
    expect(report.checks.find(({ check }) => check === 'document')!.evidence!.carriers).toContain('pdf');

    const head =
      '--b\r\nContent-Disposition: form-data; name="file"; filename="c.pdf"\r\nContent-Type: application/pdf\r\n\r\n';
    const page = await on.service.server.inject({
      ...{ method: 'POST', url: '/verify', headers: { 'content-type': 'multipart/form-data; boundary=b' } },
      payload: Buffer.concat([Buffer.from(head), bytes, Buffer.from('\r\n--b--\r\n')]),
    });
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain('SPECIMEN Part 1');
  });

  it('names institution, award and who signs, in both languages; nobody who is not signed into it', async () => {
    const signatories = [{ name: 'Dr. Corazon Specimen', office: 'University Registrar' }];
    const changed = await on.service.call('PUT', '/v1/institutions/specimen-university', {
      key: on.service.operatorKey,
      body: { profile: { name: 'Specimen Peñafrancia University', signatories } },
    });
    expect(changed.status, changed.text).toBe(200);
    const said = async (lang: string) => (await walk(`${badge}.pdf?lang=${lang}`)).elements.map(({ text }) => text);
    const english = await said('en');
    for (const one of [
      'Specimen Peñafrancia University',
      'SPECIMEN Part 1',
      'Dr. Corazon Specimen',
      'SPECIMEN',
      badge,
    ]) {
      expect(english).toContain(one);
    }
    expect(english).toContain('This certifies the award of');
    expect(await said('fil')).toContain('Pinatutunayan nito ang paggawad ng');
    const five = { name: 'S', signatories: Array.from({ length: 5 }, () => signatories[0]) };
    const refused = await on.service.call('PUT', '/v1/institutions/specimen-university', {
      ...{ key: on.service.operatorKey, body: { profile: five } },
    });
    expect(refused.status).toBe(400);
  });

  it('is a PDF of nothing that is not there', async () => {
    expect((await get(`${badge.slice(0, -26)}${'0'.repeat(26)}.pdf`)).status).toBe(404);
  });
});

describe('the transcript of a stacked award', () => {
  it('lists what is signed and public of its components; the file verifies as the qualification', async () => {
    const walked = await walk(`${qualification}/transcript.pdf`);
    const said = walked.elements.map(({ text }) => text);
    for (const one of [
      'SPECIMEN Part 1',
      'SPECIMEN Part 2',
      'SPECIMEN Part 3',
      'Specimen specimen-college',
      'In force',
    ]) {
      expect(said).toContain(one);
    }
    expect(said.some((text) => text.startsWith('SPECIMEN Pathway of three, version '))).toBe(true);
    expect(walked.attachments.map(({ name, relationship }) => [name, relationship])).toEqual([
      ['credential.json', 'Source'],
      ['component-01.json', 'Supplement'],
      ['component-02.json', 'Supplement'],
      ['component-03.json', 'Supplement'],
    ]);
    expect((await verify((await get(`${qualification}/transcript.pdf`)).bytes)).verdict).toBe('valid');
  });

  it('is of no other credential', async () => {
    expect((await get(`${badge}/transcript.pdf`)).status).toBe(404);
  });
});

describe('a paper of an award that was revoked', () => {
  it('says so', async () => {
    await on.change(badge, 'revoke');
    const said = (await walk(`${badge}.pdf`)).elements.map(({ text }) => text);
    expect(said.some((text) => /^Revoked on .*: it is no longer in force\.$/.test(text))).toBe(true);
    expect((await verify((await get(`${badge}.pdf`)).bytes)).verdict).toBe('invalid');
    const rows = (await walk(`${qualification}/transcript.pdf`)).elements.map(({ text }) => text);
    expect(rows).toContain('Revoked');
  });
});
