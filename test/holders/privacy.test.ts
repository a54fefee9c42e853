import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setClock } from '../credentials/support/world.ts';
import { mailTo } from '../support/outbox.ts';
import { type ResponseLog, validateResponses } from '../support/responses.ts';
import { browser, type HolderClient } from './support/client.ts';
import { type HolderWorld, holderWorld } from './support/institutions.ts';

const EMAIL = 'maria@students.example';
// biome-ignore lint/suspicious/noExplicitAny: as the service says
type Said = any;

let on: HolderWorld;
const clock = setClock('2026-11-24T03:00:00Z');
let log: ResponseLog;
let maria: HolderClient;
/** A badge that names nobody, one with the name signed into it, and one of somebody else. */
let plain: string;
let named: string;
let pedros: string;

beforeAll(async () => {
  on = await holderWorld({
    clock,
    onServer: (server) => {
      log = validateResponses(server);
    },
  });
  const [university, college] = on.institutions;
  [plain, pedros] = (await on.classList(
    university!,
    `name,email,studentNumber\nMaria Peñaflor,${EMAIL},2026-0042\nPedro,pedro@students.example,2026-0043\n`,
  )) as [string, string];
  const issued = await on.service.call<Said>('POST', '/v1/credentials', {
    key: college!.issuer,
    headers: { 'idempotency-key': 'once' },
    body: NAMED(college!.achievementId),
  });
  named = issued.body.credentials[0].id;
  maria = browser(on.service);
  await maria.prove(EMAIL);
}, 120_000);

afterAll(async () => {
  expect(log.violations).toEqual([]);
  await on.service.close();
});

const NAMED = (achievementId: string) => ({
  ...{ achievementId, include: ['name'] },
  recipients: [{ name: 'Maria Peñaflor', email: EMAIL }],
});
const page = (id: string) => on.service.call('GET', `/credentials/${id}`, { headers: { accept: 'text/html' } });
const compare = (id: string, name: string) =>
  on.service.server.inject({
    ...{ method: 'POST', url: `/credentials/${id}/name`, payload: new URLSearchParams({ name }).toString() },
    headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' },
  });
const choose = (id: string, release: object, client = maria) =>
  client.call<Said>('PUT', `/holder/credentials/${id}/release`, release);
const audit = async () =>
  (await on.service.call<Said>('GET', '/v1/audit?limit=200', { key: on.service.operatorKey })).body.items;

describe('what a badge shows is for its learner to choose', () => {
  it('is nothing of them before they do', async () => {
    expect((await page(plain)).text).not.toContain('Peñaflor');
    expect((await compare(plain, 'maria penaflor')).body).toContain('The name matches');
  });

  it('shows the recorded name where they say so, and says that nobody signed it', async () => {
    const chosen = await choose(plain, { name: 'shown', comparison: 'answered', page: 'shown' });
    expect([chosen.status, chosen.body]).toEqual([
      200,
      { name: 'shown', comparison: 'answered', page: 'shown', chosenAt: expect.any(String) },
    ]);
    const { text } = await page(plain);
    expect(text).toContain('Maria Peñaflor');
    expect(text).toContain('as recorded by the institution, not signed');
    expect((await page(named)).text).not.toContain('not signed');
    const filipino = await on.service.call('GET', `/credentials/${plain}?lang=fil`, {
      headers: { accept: 'text/html' },
    });
    expect(filipino.text).toContain('hindi nilagdaan');
  });

  it('does not compare names where they say so', async () => {
    await choose(plain, { name: 'hidden', comparison: 'refused', page: 'shown' });
    const { body } = await compare(plain, 'maria penaflor');
    expect(body).toContain('does not let names be compared');
    expect(body).not.toContain('The name matches');
    expect((await page(plain)).text).not.toContain('id="name-match"');
  });

  it('hides the page, and never the signed document', async () => {
    const before = await on.service.call('GET', `/credentials/${plain}.json`);
    await choose(plain, { name: 'shown', comparison: 'refused', page: 'hidden' });
    const { text, status } = await page(plain);
    expect([status, text]).toEqual([200, expect.stringContaining('This badge is not shown here')]);
    expect(text).not.toMatch(/Peñaflor|SPECIMEN Unit/);
    expect(text).toContain('/verify?url=');
    for (const form of ['.pdf', '.png', '.svg'])
      expect((await on.service.call('GET', `/credentials/${plain}${form}`)).status, form).toBeGreaterThanOrEqual(404);
    expect((await on.service.call('GET', `/credentials/${plain}.json`)).text).toBe(before.text);
  });

  it('is chosen on their page, and by nobody else', async () => {
    const { text } = await maria.page('/my');
    expect(text).toContain(`id="page-${plain}"`);
    const form = /name="form" value="([^"]*)"/.exec(text)![1]!;
    const fields = { action: 'choose', badge: plain, page: 'shown', name: 'hidden', comparison: 'answered', form };
    expect((await maria.form('/my', fields)).text).toContain('Your choice is saved');
    expect((await page(plain)).text).toContain('SPECIMEN Unit');
    const all = { name: 'shown', comparison: 'answered', page: 'shown' };
    expect((await choose(pedros, all)).status).toBe(404);
    expect((await choose(plain, all, browser(on.service))).status).toBe(401);
    const entries = (await audit()).filter(({ operation }: Said) => operation === 'release.choose');
    expect(entries).toHaveLength(4);
    expect(entries[0]).toMatchObject({ object: plain, detail: { name: 'shown' } });
  });
});

describe('what is held about somebody', () => {
  it('is theirs to take: all of it, and nothing of others', async () => {
    const { status, body, text, headers } = await maria.call<Said>('GET', '/holder/export');
    expect(status).toBe(200);
    expect(headers['content-disposition']).toContain('attachment');
    const kinds = body.items.map(({ kind }: Said) => kind).sort();
    expect(kinds).toEqual(['batchRow', 'choice', 'credential', 'credential', 'session']);
    expect(text).toContain('"proof"');
    expect(text).not.toMatch(/Pedro|pedro|2026-0043/);
    expect((await browser(on.service).call('GET', '/holder/export')).status).toBe(401);
  });

  it('stays while its institution keeps it, and they are told until when', async () => {
    const [university] = on.institutions;
    const path = `/v1/institutions/${university!.slug}/retention-policy`;
    const set = (days: number) =>
      on.service.call<Said>('PUT', path, { key: on.service.operatorKey, body: { recipientRetentionDays: days } });
    expect((await set(365)).body.retention).toEqual({ recipientRetentionDays: 365 });
    const { body } = await maria.call<Said>('GET', '/holder/erasure');
    const becomes = (object: string) => body.steps.find((step: Said) => step.object === object);
    expect(becomes(plain)).toMatchObject({ kind: 'choice', becomes: 'entry' });
    const own = body.steps.filter((step: Said) => step.institution === university!.slug && step.kind !== 'choice');
    expect(own).toHaveLength(2);
    for (const step of own) expect(step).toMatchObject({ becomes: 'retained', until: expect.any(String) });
    expect(becomes(named)).toMatchObject({ becomes: 'digest' });
    expect((await set(0)).status).toBe(200);
  });

  it('is erased in two steps, and what was shown is what is done', async () => {
    const stale = await maria.call<Said>('POST', '/holder/erasure', { confirmation: '0'.repeat(64) });
    expect(stale.status).toBe(409);
    const { text } = await maria.page('/my');
    const form = /name="form" value="([^"]*)"/.exec(text)![1]!;
    const asked = await maria.form('/my', { action: 'eraseAsk', form });
    expect(asked.text).toContain('Nothing is erased yet');
    const confirmation = /name="confirmation" value="([0-9a-f]{64})"/.exec(asked.text)![1]!;
    const before = await on.service.call<Said>('GET', `/credentials/${named}.json`);
    const list = before.body.credentialStatus.statusListCredential;
    const plainBefore = await on.service.call('GET', `/credentials/${plain}.json`);

    const done = await maria.form('/my', { action: 'erase', confirmation, form });
    expect([done.status, done.text]).toEqual([200, expect.stringContaining('It is erased, and you are signed out')]);
    expect((await maria.call('GET', '/holder')).status).toBe(401);

    // The badge that names nobody stays as it was signed; of the other its digest and status.
    expect((await on.service.call('GET', `/credentials/${plain}.json`)).text).toBe(plainBefore.text);
    const gone = await on.service.call<Said>('GET', `/credentials/${named}.json`);
    expect(gone.status).toBe(410);
    const { createHash } = await import('node:crypto');
    expect(gone.body).toMatchObject({
      sha256: createHash('sha256').update(before.text).digest('hex'),
      state: 'active',
    });
    for (const form of ['', '.jwt', '.png', '.svg', '.pdf', '/attestation'])
      expect((await on.service.call('GET', `/credentials/${named}${form}`)).status, form).toBe(410);
    expect((await on.service.call('GET', new URL(list).pathname)).status).toBe(200);
    expect((await compare(plain, 'Maria Peñaflor')).body).toContain('No name is on record');
  });

  it('leaves nothing to take, to find or to be issued again', async () => {
    const again = browser(on.service);
    await again.prove(EMAIL);
    const { body } = await again.call<Said>('GET', '/holder/export');
    expect(body.items.map(({ kind }: Said) => kind)).toEqual(['session']);
    expect((await again.call<Said>('GET', '/holder/credentials')).body.items).toEqual([]);
    const [, college] = on.institutions;
    const replay = await on.service.call<Said>('POST', '/v1/credentials', {
      key: college!.issuer,
      headers: { 'idempotency-key': 'once' },
      body: NAMED(college!.achievementId),
    });
    expect(replay.status).toBe(410);
    const read = await on.service.call<Said>('GET', `/v1/credentials/${named}`, { key: college!.issuer });
    expect([read.status, read.text]).toEqual([200, expect.not.stringMatching(/Peñaflor|maria@/)]);
    expect(await on.service.app.storage.integrity()).toEqual([]);
    // Pedro's are as they were.
    expect((await compare(pedros, 'Pedro')).body).toContain('The name matches');
  });

  it('is told to its institution and to the log, without anything of the person', async () => {
    const [university, college] = on.institutions;
    const of = async (key: string) => (await on.service.call<Said>('GET', '/v1/erasures', { key })).body.items;
    expect((await of(college!.issuer)).map(({ kind, object, kept }: Said) => [kind, object, kept])).toEqual([
      ['credential', named, 'digest'],
    ]);
    const own = await of(university!.issuer);
    expect(own.map(({ kind, kept }: Said) => `${kind} ${kept}`).sort()).toEqual([
      ...['batchRow entry', 'choice entry', 'credential document'],
    ]);
    expect(await of(on.service.operatorKey)).toHaveLength(4);
    const entries = (await audit()).filter(({ operation }: Said) => operation === 'personal.erase');
    expect(entries).toHaveLength(4);
    expect(JSON.stringify([own, entries])).not.toMatch(/maria|Pe|2026-0042/);
    await mailTo(on.service, EMAIL);
  });
});

describe('the hidden page', () => {
  it('says how a badge stands now: one that is over is expired', async () => {
    const { issuer, achievementId } = on.institutions[0]!;
    const email = 'short@students.example';
    const issued = await on.service.call<Said>('POST', '/v1/credentials', {
      ...{ key: issuer, headers: { 'idempotency-key': 'short' } },
      body: { achievementId, recipients: [{ email, validUntil: '2026-11-24T03:05:00Z' }] },
    });
    const short = issued.body.credentials[0].id;
    const learner = browser(on.service);
    await learner.prove(email);
    await choose(short, { name: 'hidden', comparison: 'answered', page: 'hidden' }, learner);
    const state = async () => {
      const { text } = await page(short);
      expect(text).toContain('This badge is not shown here');
      return /class="pill [^"]*">([^<]*)</.exec(text)![1];
    };
    expect(await state()).toBe('Not revoked by the issuer');
    clock.set('2026-11-24T03:05:00Z');
    expect(await state()).toBe('Expired, past its last valid day');
  });
});
