import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Clock } from '#kernel';
import { openService, type TestService } from '../support/service.ts';
import { openReceiver, type Receiver } from './support/receiver.ts';

interface Shown {
  webhookId: string;
  state: string;
  failures: number;
  disabledReason?: string;
}
interface Delivery {
  eventId: string;
  type: string;
  subject: string;
  state: string;
  attempts: number;
  lastStatus?: number;
  lastFault?: string;
  nextAttemptAt?: string;
}

let service: TestService;
let key: string;
let achievementId: string;
let ahead = 0;
const receivers: Receiver[] = [];
const clock: Clock = { now: () => new Date(Date.now() + ahead) };

beforeAll(async () => {
  service = await openService({ clock, sending: { lookMs: 25 } });
  key = (await service.institution('specimen-college')).issuer;
  const achievement = { name: 'SPECIMEN Course', description: 'D', criteria: { narrative: 'N' } };
  ({ achievementId } = await must<{ achievementId: string }>('POST', '/v1/achievements', {
    ...{ achievement, extension: false },
  }));
});
afterAll(async () => {
  await service.close();
  for (const one of receivers) await one.close();
});

async function must<T>(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, body?: unknown): Promise<T> {
  const answer = await service.call<T>(method, url, { key, ...(body === undefined ? {} : { body }) });
  if (answer.status >= 300) throw new Error(`${method} ${url}: ${answer.status} ${answer.text}`);
  return answer.status === 204 || answer.text === '' ? (undefined as T) : answer.body;
}

async function receiver(): Promise<Receiver> {
  const made = await openReceiver();
  receivers.push(made);
  return made;
}

async function webhook(body: object) {
  const { webhook: made, secret } = await must<{ webhook: Shown; secret: string }>('POST', '/v1/webhooks', body);
  return { id: made.webhookId, path: `/v1/webhooks/${made.webhookId}`, secret };
}

async function issue(recipient: object = {}): Promise<string> {
  const { credentials } = await must<{ credentials: { id: string }[] }>('POST', '/v1/credentials', {
    ...{ achievementId, recipients: [recipient] },
  });
  return credentials[0]!.id;
}

const deliveries = async (path: string, query = ''): Promise<Delivery[]> =>
  (await must<{ items: Delivery[] }>('GET', `${path}/deliveries${query}`)).items;

/** Looks at the deliveries until they fit. */
async function settled(path: string, fits: (all: Delivery[]) => boolean): Promise<Delivery[]> {
  for (;;) {
    const all = await deliveries(path);
    if (fits(all)) return all;
    await new Promise((next) => setTimeout(next, 20));
  }
}

describe('a webhook', () => {
  it('is told of the life of an award, in order, signed, and without a word about its person', async () => {
    const to = await receiver();
    const before = await issue();
    const { path, secret } = await webhook({ url: to.url });
    to.secrets = [secret];
    const id = await issue({ name: 'Amihan Reyes', email: 'amihan@students.example', studentNumber: 'S-0042' });
    const { id: offerId } = await must<{ id: string }>('POST', '/v1/offers', { credentialId: id });
    const offers = service.app.offers;
    await offers.accept(offerId, 'page');
    const reason = 'Awarded in error to Amihan';
    await must('POST', `/v1/credentials/${id}/status`, { action: 'revoke', reason });
    await to.until(() => to.taken().length === 5);

    expect(to.taken().map(({ type }) => type)).toEqual([
      ...['credential.prepared', 'credential.issued', 'credential.offered', 'credential.claimed', 'credential.revoked'],
    ]);
    const [, issued, offered, claimed, revoked] = to.taken();
    const award = {
      ...{ credentialId: id, achievementId, achievementVersion: 1, awardId: expect.stringMatching(/^urn:uuid:/) },
      url: `${service.publicUrl}/credentials/${id}`,
      achievementUrl: `${service.publicUrl}/achievements/${achievementId}`,
    };
    expect(issued).toEqual({
      ...{ version: '1', id: expect.stringMatching(/^evt_\d+_[0-9a-f]{16}$/), type: 'credential.issued' },
      ...{ createdAt: expect.stringMatching(/Z$/), institution: 'specimen-college' },
      data: { ...award, status: 'active' },
    });
    expect(offered!.data).toEqual({ ...award, offerId });
    expect(claimed!.data).toEqual({ ...award, offerId, door: 'page' });
    expect(revoked!.data).toEqual({ ...award, status: 'revoked' });
    const everything = JSON.stringify(to.received);
    for (const word of ['Amihan', 'students.example', 'S-0042', before]) expect(everything).not.toContain(word);
    expect(to.forged).toEqual([]);
    expect(to.received[0]!.headers).toMatchObject({
      'webhook-id': to.received[0]!.event.id,
      'content-type': 'application/json',
    });
    // The check can fail.
    const { text, headers } = to.received[1]!;
    expect(() => new Webhook(secret).verify(text.replace('issued', 'issuer'), headers as never)).toThrow();

    const all = await settled(path, (some) => some.every(({ state }) => state === 'delivered'));
    expect(all).toHaveLength(5);
    const read = await must<{ event: object }>('GET', `${path}/deliveries/${issued!.id}`);
    expect(read).toMatchObject({ type: 'credential.issued', lastStatus: 204, attempts: 1, event: issued });
    await must('DELETE', path);
    expect((await service.call('GET', path, { key })).status).toBe(404);
  });

  it('has its secret replaced while both are good for a day', async () => {
    const to = await receiver();
    const { path, secret } = await webhook({ url: to.url });
    const { secret: newer } = await must<{ secret: string }>('POST', `${path}/secret`);
    expect(newer).not.toBe(secret);
    expect((await service.call('POST', `${path}/secret`, { key })).status).toBe(409);
    for (const one of [secret, newer]) {
      to.secrets = [one];
      await must('POST', `${path}/test`);
      const count = to.received.length;
      await to.until((all) => all.length === count + 1);
    }
    expect(to.received.map(({ event }) => event.type)).toEqual(['webhook.test', 'webhook.test']);
    expect(to.received[0]!.headers['webhook-signature']).toMatch(/^v1,\S+ v1,\S+$/);
    expect(to.forged).toEqual([]);
    ahead += 25 * 3_600_000;
    to.secrets = [];
    await must('POST', `${path}/test`);
    await to.until((all) => all.length === 3);
    expect(to.received[2]!.headers['webhook-signature']).toMatch(/^v1,\S+$/);
    await must('DELETE', path);
  });

  it('is told only what it wants, and of a class list when it is over', async () => {
    const to = await receiver();
    const { path } = await webhook({ url: to.url, eventTypes: ['credential.issued', 'batch.done'] });
    const { batchId } = await must<{ batchId: string }>('POST', '/v1/batches', {
      ...{ achievementId, rows: [{ name: 'A' }, { name: 'B' }, { name: 'C' }] },
    });
    await must('POST', `/v1/batches/${batchId}/start`);
    await to.until(() => to.taken().length === 4);
    expect(to.taken().map(({ type }) => type)).toEqual([...Array(3).fill('credential.issued'), 'batch.done']);
    expect(to.taken().map(({ data }) => data.batchId)).toEqual(Array(4).fill(batchId));
    await must('DELETE', path);
  });

  it('tells of an offer that a wallet took and keeps, and of one that is not theirs', async () => {
    const to = await receiver();
    const { path } = await webhook({
      url: to.url,
      eventTypes: ['credential.claimed', 'credential.walletAccepted', 'credential.flagged'],
    });
    const { offers } = service.app;
    const offered = async () => (await must<{ id: string }>('POST', '/v1/offers', { credentialId: await issue() })).id;
    const first = await offered();
    await offers.take({ offerId: first, holders: ['did:key:zSpecimen'], door: 'oid4vci' });
    await offers.accept(first, 'wallet');
    const second = await offered();
    await offers.withdraw({ tenant: 'specimen-college', offerId: second, actor: 'claim-page', by: 'holder' });
    await to.until(() => to.taken().length === 3);
    const told = to.taken().map(({ type, data }) => [type, data.offerId, data.door, data.reason]);
    // Of two awards it does not matter which comes first.
    expect(told.filter(([, offerId]) => offerId === first)).toEqual([
      ['credential.claimed', first, 'oid4vci', undefined],
      ['credential.walletAccepted', first, undefined, undefined],
    ]);
    expect(told.filter(([, offerId]) => offerId === second)).toEqual([
      ['credential.flagged', second, undefined, 'not_theirs'],
    ]);
    await must('DELETE', path);
  });

  it('is tried again, in order for each award, while others pass', async () => {
    const to = await receiver();
    const { path } = await webhook({ url: to.url, eventTypes: ['credential.issued', 'credential.revoked'] });
    const stuck = await issue();
    to.answer = ({ data, type }) => (data.credentialId === stuck && type === 'credential.issued' ? 500 : 204);
    await must('POST', `/v1/credentials/${stuck}/status`, { action: 'revoke', reason: 'In error' });
    const other = await issue();
    await to.until(() => to.taken().some(({ data }) => data.credentialId === other));
    const [issued, revoked] = await settled(path, (all) => all.some(({ lastStatus }) => lastStatus === 500));
    expect(issued).toMatchObject({ state: 'pending', attempts: 1, lastStatus: 500 });
    expect(revoked).toMatchObject({ state: 'pending', attempts: 0, subject: stuck });
    to.answer = () => 204;
    ahead += 10_000;
    await to.until(() => to.taken().length === 3);
    expect(to.taken().filter(({ data }) => data.credentialId === stuck)).toMatchObject([
      { type: 'credential.issued' },
      { type: 'credential.revoked' },
    ]);
    await must('DELETE', path);
  });

  it('that answers nothing holds up neither issuing nor others, and has eight calls at a time', async () => {
    const silent = await receiver();
    silent.answer = () => undefined;
    const to = await receiver();
    const paths = [];
    for (const url of [silent.url, to.url]) {
      const { path } = await webhook({ url, eventTypes: ['credential.issued'] });
      await must('PATCH', path, { active: false });
      paths.push(path);
    }
    const recipients = Array.from({ length: 40 }, () => ({}));
    await must('POST', '/v1/credentials', { achievementId, recipients });
    for (const path of paths) await must('PATCH', path, { active: true });
    await to.until(() => to.taken().length === 40);
    await silent.until((all) => all.length === 8);
    // Not one of them was answered: the other was told of everything meanwhile.
    expect(await deliveries(paths[0]!)).toEqual(Array(40).fill(expect.objectContaining({ attempts: 0 })));
    expect(silent.received).toHaveLength(8);
    for (const path of paths) await must('DELETE', path);
  });

  it('is given its patience, and given up when it is gone', async () => {
    const to = await receiver();
    const { path } = await webhook({ url: to.url, eventTypes: ['credential.issued'] });
    to.answer = (_, __, reply) => {
      reply.setHeader('retry-after', '3600');
      return 429;
    };
    await issue();
    const [late] = await settled(path, (all) => all.some(({ attempts }) => attempts === 1));
    expect(Date.parse(late!.nextAttemptAt!) - clock.now().getTime()).toBeGreaterThan(3_500_000);
    expect(await must<Shown>('GET', path)).toMatchObject({ state: 'active', failures: 1 });
    ahead += 3_700_000;
    to.answer = () => 410;
    for (;;) {
      const now = await must<Shown>('GET', path);
      if (now.state !== 'active') {
        expect(now).toMatchObject({ state: 'disabled', disabledReason: 'gone' });
        break;
      }
      await new Promise((next) => setTimeout(next, 20));
    }
    // Nothing is missed: it is told when it is started again.
    const missed = await issue();
    to.answer = () => 204;
    await must('PATCH', path, { active: true });
    ahead += 60_000;
    await to.until(() => to.taken().some(({ data }) => data.credentialId === missed));
    await must('DELETE', path);
  });

  it('that answers nothing for three days is disabled, and the log says so', async () => {
    const to = await receiver();
    const { id, path } = await webhook({ url: to.url, eventTypes: ['credential.issued'] });
    to.answer = () => 503;
    await issue();
    for (;;) {
      const now = await must<Shown>('GET', path);
      if (now.state === 'disabled') break;
      ahead += 20 * 3_600_000;
      await new Promise((next) => setTimeout(next, 100));
    }
    expect(await deliveries(path)).toMatchObject([{ state: 'failed', lastStatus: 503 }]);
    expect((await deliveries(path))[0]!.attempts).toBeGreaterThan(2);
    const entries = await service.app.storage.reader.auditEntries('specimen-college', { limit: 200 });
    expect(entries.items.filter(({ operation }) => operation === 'webhook.disable')).toMatchObject([
      { object: expect.any(String), detail: { reason: 'gone' } },
      { object: id, detail: { reason: 'failing' } },
    ]);
    await must('DELETE', path);
  }, 60_000);

  it('sends one event, or all since a time, once more with the same bytes', async () => {
    const to = await receiver();
    const { path } = await webhook({ url: to.url, eventTypes: ['credential.issued'] });
    for (let n = 0; n < 3; n++) await issue();
    await to.until((all) => all.length === 3);
    const [first, second] = await settled(path, (all) => all.every(({ state }) => state === 'delivered'));
    expect(await must('POST', `${path}/deliveries/${first!.eventId}`)).toMatchObject({ state: 'pending', attempts: 0 });
    await to.until((all) => all.length === 4);
    expect(to.received[3]!.text).toBe(to.received[0]!.text);
    await settled(path, (all) => all.every(({ state }) => state === 'delivered'));
    await must('POST', `${path}/replay`, { afterEvent: second!.eventId });
    await to.until((all) => all.length === 5);
    expect(to.received[4]!.text).toBe(to.received[2]!.text);
    await settled(path, (all) => all.every(({ state }) => state === 'delivered'));
    await must('POST', `${path}/replay`, { since: new Date(clock.now().getTime() - 3_600_000).toISOString() });
    await to.until(() => new Set(to.received.slice(5).map(({ event }) => event.id)).size >= 3);
    const refused = async (body: object) => (await service.call('POST', `${path}/replay`, { key, body })).status;
    expect(await refused({ since: '2020-01-01T00:00:00Z' })).toBe(400);
    expect(await refused({ afterEvent: 'evt_999999_0123456789abcdef' })).toBe(400);
    await must('DELETE', path);
  });

  it('is of its institution only, and of those who may', async () => {
    const to = await receiver();
    const { id, path } = await webhook({ url: to.url });
    const other = (await service.institution('specimen-other')).issuer;
    expect((await service.call('GET', path, { key: other })).status).toBe(404);
    expect((await service.call('PATCH', path, { key: other, body: { active: false } })).status).toBe(404);
    expect((await service.call('DELETE', path, { key: other })).status).toBe(404);
    const auditor = await service.key('specimen-college', 'auditor');
    const listed = await service.call<{ items: Shown[] }>('GET', '/v1/webhooks', { key: auditor });
    expect(listed.body.items.map(({ webhookId }) => webhookId)).toEqual([id]);
    expect(listed.text).not.toContain('whsec_');
    expect((await service.call('POST', `${path}/test`, { key: auditor })).status).toBe(403);
    for (let n = 1; n < 10; n++) await webhook({ url: to.url, description: `System ${n}` });
    expect((await service.call('POST', '/v1/webhooks', { key, body: { url: to.url } })).status).toBe(409);
  });

  it.each([
    'http://hooks.college.example/x',
    'https://hooks.college.example:8443/x',
    'https://user:secret@hooks.college.example/x',
    'https://10.0.0.1/x',
    'https://169.254.169.254/latest/meta-data',
    'https://[::ffff:10.0.0.1]/x',
    'https://hooks/x',
    'ftp://127.0.0.1/x',
    'https://hooks.college.example/x#y',
    'not an address',
  ])('is refused at %s', async (url) => {
    const answer = await service.call('POST', '/v1/webhooks', { key, body: { url } });
    expect(answer).toMatchObject({ status: 400, body: { pointer: '/url' } });
  });

  it('is refused with a type of event that there is not', async () => {
    const body = { url: 'https://hooks.college.example/x', eventTypes: ['credential.issued', 'credential.eaten'] };
    expect((await service.call('POST', '/v1/webhooks', { key, body })).status).toBe(400);
  });
});
