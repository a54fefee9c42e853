import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { maker } from '../proofs/made.ts';
import { goldenBadge, testKey } from '../support/golden-badge.ts';
import { openService, type TestService } from '../support/service.ts';

/** One stands in the report as well, the other in the upload alone. */
const SAID = 'Kanaryong Dilaw';
const UPLOADED = 'kanaryong-pula';
const ADDRESS = 'juan.kanaryo@students.example';
const html = { accept: 'text/html' };

let now = Date.parse('2026-11-20T00:00:00Z');
let logged = '';
let service: TestService;
let badge: string;

beforeAll(async () => {
  const write = (line: string) => {
    logged += line;
  };
  service = await openService({ clock: { now: () => new Date(now) }, logTo: { write } }, { TATAK_LOG_LEVEL: 'trace' });
  const { signer } = testKey(7);
  const did = `did:key:${signer.publicKeyMultibase}`;
  const { credentialStatus: _, ...golden } = goldenBadge();
  const document = {
    ...{ ...golden, name: SAID },
    issuer: { id: did, type: ['Profile'], name: 'SPECIMEN', url: `https://${UPLOADED}.example/` },
  };
  const key = { ...signer, verificationMethod: `${did}#${signer.publicKeyMultibase}` };
  badge = JSON.stringify(await maker.sign(document, key, '2026-11-02T08:00:00Z'));
}, 60_000);
afterAll(() => service.close());

/** Everything that is left of anything: each file of the data directory (the database and its journal too) and the log. */
function left(): Buffer {
  const files = readdirSync(service.directory, { recursive: true, encoding: 'utf8' }).map((name) =>
    join(service.directory, name),
  );
  return Buffer.concat([
    ...files.filter((file) => statSync(file).isFile()).map((file) => readFileSync(file)),
    Buffer.from(logged),
  ]);
}

/** As it is, and as it would stand in an address, in base64 (wherever it begins) or in hex. */
const formsOf = (text: string): string[] => [
  ...[text, encodeURIComponent(text), Buffer.from(text).toString('hex')],
  ...[0, 1, 2].map((by) =>
    Buffer.from(' '.repeat(by) + text)
      .toString('base64')
      .slice(by === 0 ? 0 : 4, -4),
  ),
];
const found = (text: string): boolean => formsOf(text).some((form) => left().includes(form));

function upload(fields: Record<string, string>, lang = 'en') {
  const form = new FormData();
  form.set('file', new Blob([badge], { type: 'application/json' }), `${UPLOADED}.json`);
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return fetch(`${service.publicUrl}/verify?lang=${lang}`, { method: 'POST', body: form, headers: html });
}

const ask = (more: object) =>
  service.call<{ verdict: string; kept?: { url: string; endsAt: string } }>('POST', '/v1/verifications', {
    body: { text: badge, ...more },
  });

describe('a verification', () => {
  it('leaves neither what was given nor its report: in no table, file or line of the log', async () => {
    const page = await upload({ recipient: ADDRESS });
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining(SAID)]);
    const pasted = await fetch(`${service.publicUrl}/verify`, {
      ...{ method: 'POST', body: new URLSearchParams({ text: badge, recipient: ADDRESS }) },
    });
    expect(await pasted.text()).toContain(SAID);
    expect((await ask({ recipient: ADDRESS })).body.verdict).toBe('undetermined');
    expect((await ask({ keep: false })).body.kept).toBeUndefined();
    await service.call('GET', `/verify?url=${encodeURIComponent(`https://localhost/${UPLOADED}`)}`, { headers: html });
    for (const text of [SAID, UPLOADED, ADDRESS]) expect(found(text), text).toBe(false);
    expect(logged).toContain('createVerification');
  });

  it('leaves its report, and nothing else of what was given, when that is asked', async () => {
    const { kept } = (await ask({ keep: true, recipient: ADDRESS })).body;
    expect(kept).toEqual({
      url: expect.stringMatching(/\/verifications\/[0-9a-z]{26}$/),
      endsAt: '2026-12-20T00:00:00Z',
    });
    expect(found(SAID)).toBe(true);
    for (const text of [UPLOADED, ADDRESS]) expect(found(text), text).toBe(false);
  });
});

describe('a report that is kept', () => {
  const path = async () => new URL((await ask({ keep: true })).body.kept!.url).pathname;

  it('is the one that was given, as data and as a page in both languages, for nobody else to find or keep', async () => {
    const asked = await ask({ keep: true });
    const { kept, ...report } = asked.body;
    const { pathname } = new URL(kept!.url);
    const data = await service.call<object>('GET', `${pathname}.json`);
    expect(data.body).toEqual({
      ...{ id: kept!.url, keptAt: '2026-11-20T00:00:00Z', endsAt: kept!.endsAt, report },
      note: { en: expect.stringContaining('record of one verification'), fil: expect.stringContaining('Tala') },
    });
    now += 86_400_000;
    for (const [lang, made, ends] of [
      ['en', '20 November 2026', '20 December 2026'],
      ['fil', 'Nobyembre 20, 2026', 'Disyembre 20, 2026'],
    ] as const) {
      const page = await service.server.inject({ url: `${pathname}?lang=${lang}`, headers: html });
      expect(page.body).toContain(SAID);
      expect(page.body).toMatch(new RegExp(`${made}.*${ends}`, 's'));
      expect(page.headers).toMatchObject({ 'cache-control': 'no-store', 'x-robots-tag': 'noindex, nofollow' });
    }
  });

  it('is kept from the page by the box of the form, and its address is told there', async () => {
    const text = await (await upload({ keep: 'yes' }, 'fil')).text();
    const [, address] = /href="(\/verifications\/[0-9a-z]{26})\?lang=fil"/.exec(text) ?? [];
    expect((await service.call('GET', address!)).status).toBe(200);
    expect(await (await upload({})).text()).not.toContain('/verifications/');
  });

  it('is gone after thirty days to the second, and its address says so', async () => {
    const address = await path();
    now += 30 * 86_400_000 - 1_000;
    expect((await service.call('GET', address)).status).toBe(200);
    now += 1_000;
    expect((await service.call('GET', address)).status).toBe(410);
    const page = await service.server.inject({ url: `${address}?lang=fil`, headers: html });
    expect([page.statusCode, page.body]).toEqual([410, expect.stringContaining('Itinago nang 30 araw')]);
    expect((await service.call('GET', '/verifications/00000000000000000000000000')).status).toBe(404);
  });

  it('is one of twenty that an address may ask for in a day', async () => {
    now += 86_400_000;
    for (let n = 0; n < 20; n++) expect((await ask({ keep: true })).status).toBe(200);
    const more = await ask({ keep: true });
    expect(more.status).toBe(429);
    expect((await ask({})).status).toBe(200);
    const page = await upload({ keep: 'yes' });
    expect(page.status).toBe(429);
    now += 86_400_000;
    expect((await ask({ keep: true })).status).toBe(200);
  });
});
