/** A class list with a learner under age: the guardian gets the mail and decides, until the day the learner comes of age. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createGuardians } from '#holders';
import { type SetClock, setClock } from '../credentials/support/world.ts';
import { browser, type HolderClient } from '../holders/support/client.ts';
import { type HolderWorld, holderWorld } from '../holders/support/institutions.ts';
import { until } from '../people/support/officer.ts';
import { mailTo, outbox } from '../support/outbox.ts';
import { type ResponseLog, validateResponses } from '../support/responses.ts';

const ANA = 'ana@students.example';
const PARENT = 'parent@home.example';
/** Manila's 1 December begins on 30 November at 16:00 UTC. */
const OF_AGE = '2026-12-01';
// biome-ignore lint/suspicious/noExplicitAny: as the service says
type Said = any;

let clock: SetClock;
let on: HolderWorld;
let log: ResponseLog;
let ana: HolderClient;
let parent: HolderClient;
let badge: string;
/** Of the letter to the guardian. */
let link: string;

/** A class list whose claim links leave by mail. @returns ids of what was issued */
async function sent(csv: string): Promise<string[]> {
  const [{ issuer, achievementId }] = on.institutions as [HolderWorld['institutions'][number]];
  const call = <T>(method: 'GET' | 'POST', url: string, body?: string) =>
    on.service.call<T>(method, url, { key: issuer, ...(body === undefined ? {} : { body }) });
  const made = await call<Said>('POST', `/v1/batches?achievementId=${achievementId}&deliver=mail`, csv);
  expect([made.status, made.body.invalid]).toEqual([201, []]);
  const path = `/v1/batches/${made.body.batchId}`;
  expect((await call('POST', `${path}/start`)).status).toBeLessThan(300);
  for (let state = ''; state !== 'done'; ) {
    ({ state } = (await call<Said>('GET', path)).body);
    if (state !== 'done') await new Promise((next) => setTimeout(next, 50));
  }
  return (await call<Said>('GET', `${path}/rows`)).body.items.map((row: Said) => row.credentialId);
}

const audit = async (operation: string): Promise<Said[]> => {
  const { body } = await on.service.call<Said>('GET', '/v1/audit?limit=200', { key: on.service.operatorKey });
  return body.items.filter((entry: Said) => entry.operation === operation);
};
const listed = async (who: HolderClient) => (await who.call<Said>('GET', '/holder/credentials')).body.items;
const wardOf = async (who: HolderClient) => (await listed(who)).find(({ as }: Said) => as === 'guardian').ward;
/** The newest of them, whatever else came after it. */
const letterAbout = (name: string): Promise<string> =>
  until(`a letter about ${name}`, async () => {
    const texts = (await outbox(on.service, PARENT)).map(({ text = '' }) => text);
    return texts.findLast((text) => text.includes(name));
  });
const tokenOf = (text: string) => /name="form" value="([^"]*)"/.exec(text)![1]!;
const submit = async (who: HolderClient, fields: Record<string, string>, path = '/my') =>
  who.form(path, { form: tokenOf((await who.page(path)).text), ...fields });
const release = (who: HolderClient, id = badge) =>
  who.call<Said>('PUT', `/holder/credentials/${id}/release`, { name: 'shown', comparison: 'answered', page: 'shown' });
const signIn = async (email: string) => {
  const client = browser(on.service);
  await client.prove(email);
  return client;
};

beforeAll(async () => {
  clock = setClock('2026-11-24T03:00:00Z');
  on = await holderWorld({
    clock,
    onServer: (server) => {
      log = validateResponses(server);
    },
  });
  [badge] = (await sent(
    `name,email,studentNumber,guardian email,guardian until\nAna Reyes,${ANA},2026-0001,${PARENT},${OF_AGE}\n`,
  )) as [string];
}, 120_000);

afterAll(async () => {
  expect(log.violations).toEqual([]);
  await on.service.close();
});

describe('an award of a learner under age', () => {
  it('is told to the guardian, who learns whose it is, why they get the letter, and until when', async () => {
    const { text = '', subject } = await mailTo(on.service, PARENT);
    expect(subject).toContain('of a learner you act for');
    expect(text).toContain('to Ana Reyes, for whom you are recorded as guardian');
    expect(text).toContain('until they come of age on 1 December 2026');
    [link] = /\/claim\/[\w-]+/.exec(text) as unknown as [string];
    expect(text).toContain('You will be asked to show that this e-mail address is yours');
    expect(await outbox(on.service, ANA)).toEqual([]);
  });

  it('says on the page of the link alone neither whose it is nor when they come of age', async () => {
    const stranger = browser(on.service);
    const { text } = await stranger.page(link);
    expect(text).toContain('issued to a learner under age');
    expect(text).not.toMatch(/Ana Reyes|come of age|parent@/);
    // Nor is it given to whoever has the link, a learner included.
    expect(text).not.toMatch(/openid-credential-offer|value="json"/);
    ana = await signIn(ANA);
    for (const client of [stranger, ana])
      expect((await submit(client, { action: 'json' }, link)).headers['content-disposition']).toBeUndefined();
    parent = await signIn(PARENT);
    expect((await parent.page(link)).text).toMatch(
      /You act here for Ana Reyes.*until they come of age on 1 December 2026/,
    );
  });

  it("is opened by the guardian's address, on a page that says for whom they act", async () => {
    expect(await listed(parent)).toMatchObject([
      { id: badge, as: 'guardian', ward: { name: 'Ana Reyes', until: OF_AGE, hasAddress: true } },
    ]);
    const { text } = await parent.page('/my');
    expect(text).toContain('For Ana Reyes');
    expect(text).toContain('You act here for Ana Reyes');
    expect(text).toContain('name="action" value="alone"');
    expect((await parent.page('/my?lang=fil')).text).toContain('Kumikilos ka rito para kay Ana Reyes');
  });

  it('is only looked at by the learner', async () => {
    expect(await listed(ana)).toMatchObject([{ id: badge, as: 'minor' }]);
    const { text } = await ana.page('/my');
    expect(text).toContain('Your guardian decides on this badge until 1 December 2026');
    expect(text).not.toMatch(/value="(?:offer|choose|alone)"/);
    expect(await release(ana)).toMatchObject({ status: 403, body: { code: 'guardian_decides' } });
    expect((await submit(ana, { action: 'offer', badge })).status).toBe(403);
    expect((await ana.call<Said>('GET', '/holder/export')).text).not.toContain(badge);
    expect((await ana.call<Said>('GET', '/holder/erasure')).text).not.toContain(badge);
    const ward = await wardOf(parent);
    for (const path of [`/holder/export?ward=${ward.wardId}`, `/holder/erasure?ward=${ward.wardId}`])
      expect((await ana.call('GET', path)).status).toBe(404);
    expect((await ana.call('POST', `/holder/wards/${ward.wardId}/acting-alone`)).status).toBe(404);
  });

  it('is released, taken and exported by the guardian, and the log says that it was one, without the address', async () => {
    expect((await release(parent)).status).toBe(200);
    const page = await on.service.call('GET', `/credentials/${badge}`, { headers: { accept: 'text/html' } });
    expect(page.text).toContain('Ana Reyes');
    expect(page.text).not.toMatch(/parent@|2026-12-01|1 December 2026/);
    const taken = await submit(parent, { action: 'offer', badge });
    expect(taken.text).toMatch(/Your wallet will ask for this code.*\d{6}/);
    expect((await submit(parent, { action: 'json' }, link)).headers['content-disposition']).toContain(badge);
    const ward = await wardOf(parent);
    const exported = await parent.call<Said>('GET', `/holder/export?ward=${ward.wardId}`);
    const kinds = exported.body.items.map(({ kind }: Said) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['credential', 'batchRow', 'guardian', 'choice', 'offer']));
    const [chosen] = await audit('release.choose');
    const [copied] = await audit('personal.export');
    const offered = (await audit('offer.create')).find(({ actor }) => actor.startsWith('guardian:'));
    expect(chosen).toMatchObject({ object: badge, actor: expect.stringMatching(/^guardian:[0-9a-f]{16}$/) });
    expect([copied.actor, offered.actor]).toEqual([chosen.actor, chosen.actor]);
    expect(JSON.stringify(await Promise.all(['release.choose', 'offer.create'].map(audit)))).not.toContain('@');
  });

  it('is signed without anything of the guardian', async () => {
    for (const form of ['.json', ''])
      expect((await on.service.call('GET', `/credentials/${badge}${form}`)).text).not.toMatch(/guardian|parent@/i);
  });

  it("never mixes with the guardian's own: neither stacked nor erased along", async () => {
    const [own] = await sent(`name,email\nThe Parent,${PARENT}\n`);
    const stack = await parent.call<Said>('POST', '/holder/evaluations', { pathway: on.pathway });
    expect(stack.body.credentials.map(({ url }: Said) => url ?? '').join()).not.toContain(badge);
    expect(stack.body.credentials).toHaveLength(1);
    const theirs = { pathway: on.pathway, badges: [badge] };
    expect((await parent.call('POST', '/holder/evaluations', theirs)).status).toBe(400);
    const plan = await parent.call<Said>('GET', '/holder/erasure');
    expect(plan.text).toContain(own);
    expect(plan.text).not.toContain(badge);
    const page = await submit(parent, { action: 'eraseAsk', ward: (await wardOf(parent)).wardId });
    expect(page.text).toContain('Erase what is held about Ana Reyes?');
  });
});

describe('the guardian lets the learner act alone', () => {
  it('once, for all their awards; the links sent before open nothing', async () => {
    const BEN = 'ben@students.example';
    const [his] = await sent(`name,email,guardianEmail,guardianUntil\nBen Cruz,${BEN},${PARENT},2027-05-01\n`);
    const hisLink = /\/claim\/[\w-]+/.exec(await letterAbout('Ben Cruz'))![0];
    const ben = await signIn(BEN);
    expect((await release(ben, his)).status).toBe(403);
    const { ward } = (await listed(parent)).find(({ id }: Said) => id === his);
    // A later link does not keep the earlier one alive.
    const later = /\/claim\/[\w-]+/.exec((await submit(parent, { action: 'offer', badge: his! })).text)![0];
    const done = await submit(parent, { action: 'alone', ward: ward.wardId });
    expect(done.text).toContain('the learner acts alone from now on');
    expect((await listed(parent)).map(({ id }: Said) => id)).not.toContain(his);
    for (const one of [hisLink, later]) expect((await parent.page(one)).status).toBe(404);
    expect(await listed(ben)).toMatchObject([{ id: his, as: 'learner' }]);
    expect((await release(ben, his)).status).toBe(200);
    expect(await audit('guardian.end')).toMatchObject([
      { object: his, actor: expect.stringMatching(/^guardian:/), detail: { by: 'guardian' } },
    ]);
    const again = await submit(parent, { action: 'alone', ward: ward.wardId });
    expect([again.status, again.text]).toEqual([404, expect.stringContaining('Nothing was changed')]);
  });
});

describe('from the day the learner comes of age', () => {
  it('they act alone, and the guardian reaches nothing, in a session that was open before', async () => {
    clock.set('2026-11-30T15:59:59Z');
    const late = await signIn(PARENT);
    ana = await signIn(ANA);
    expect((await release(late)).status).toBe(200);
    const lateLink = /\/claim\/[\w-]+/.exec((await submit(late, { action: 'offer', badge })).text)![0];
    clock.set('2026-11-30T16:00:00Z');
    expect((await listed(late)).map(({ id }: Said) => id)).not.toContain(badge);
    expect((await release(late)).status).toBe(404);
    for (const one of [link, lateLink]) expect((await late.page(one)).status).toBe(410);
    expect(await listed(ana)).toMatchObject([{ id: badge, as: 'learner' }]);
    expect((await release(ana)).status).toBe(200);
  });

  it('mail goes to them', async () => {
    const { issuer } = on.institutions[0]!;
    const body = { credentialId: badge, deliver: 'mail' };
    const before = (await outbox(on.service, ANA)).length;
    expect((await on.service.call('POST', '/v1/offers', { key: issuer, body })).status).toBe(201);
    const { text, subject } = await mailTo(on.service, ANA, before);
    expect(subject).toContain('your badge');
    expect(text).not.toContain('guardian');
  });

  it('the address of the guardian is deleted', async () => {
    const { issuer } = on.institutions[0]!;
    const stored = () => on.service.call<Said>('GET', `/v1/credentials/${badge}`, { key: issuer });
    const { storage, offers } = on.service.app;
    const holders = { badges: async () => [] };
    const guardians = createGuardians({ ...storage, clock, offers, holders });
    expect(await guardians.sweepOnce()).toBe(false);
    expect((await stored()).body.recipient).toEqual({
      ...{ subjectId: expect.any(String), name: 'Ana Reyes', email: ANA, studentNumber: '2026-0001' },
    });
    const rows = await on.service.call('GET', `/v1/batches/${(await stored()).body.batchId}/rows`, { key: issuer });
    expect(rows.text).toContain('Ana Reyes');
    expect(rows.text).not.toMatch(/guardian/i);
    expect((await audit('guardian.end')).find(({ object }) => object === badge)).toMatchObject({
      ...{ actor: 'system', detail: { by: 'day' } },
    });
  });
});
