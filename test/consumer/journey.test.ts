import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { foreignDocument, foreignIssuer, foreignToken } from '../host/support/badges.ts';
import { signIn } from '../host/support/platform.ts';
import { newBrowser } from '../oauth/support/browser.ts';
import { newPort, openService, type TestService } from '../support/service.ts';
import { type Learner, learnerAt } from './support/learner.ts';

const EMAIL = 'traveller@students.example';
const origins: { origin: string; ca: string }[] = [];

/** The service as somebody else runs it: its own address, store, keys and certificate. */
async function stranger(): Promise<TestService> {
  const tlsPort = newPort();
  const publicUrl = `https://localhost:${tlsPort}`;
  const settings = { TATAK_PUBLIC_URL: publicUrl, TATAK_TLS_PORT: String(tlsPort) };
  const service = await openService({ loopbackOrigins: origins }, settings);
  const ca = readFileSync(join(service.directory, 'loopback-certificate.pem'), 'utf8');
  origins.push({ origin: publicUrl, ca });
  return service;
}

/** @returns ids of what was awarded to the learner, and their signed texts */
async function awarded(service: TestService, slug: string, names: string[]) {
  const { issuer: key } = await service.institution(slug);
  const made: { id: string; text: string }[] = [];
  for (const name of names) {
    const achievement = { name, description: 'Does it.', criteria: { narrative: 'Passes.' } };
    const body = { achievement, extension: false };
    const { achievementId } = (await service.call<{ achievementId: string }>('POST', '/v1/achievements', { key, body }))
      .body;
    const award = { achievementId, recipients: [{ name: 'Specimen Learner', email: EMAIL }] };
    const issued = await service.call('POST', '/v1/credentials', { key, body: award });
    const [, id = ''] = /\/credentials\/([0-9a-z]{26})"/.exec(issued.text) ?? [];
    if (issued.status !== 201) throw new Error(issued.text);
    made.push({ id, text: (await service.call('GET', `/credentials/${id}`)).text });
  }
  return made;
}

let host: TestService;
let consumer: TestService;
let there: { id: string; text: string }[];
let here: { id: string; text: string }[];
let learner: Learner;

beforeAll(async () => {
  [host, consumer] = [await stranger(), await stranger()];
  there = await awarded(host, 'specimen-college', ['SPECIMEN Welding', 'SPECIMEN Piping']);
  here = await awarded(consumer, 'specimen-school', ['SPECIMEN Wiring']);
  learner = await learnerAt(consumer, EMAIL);
}, 60_000);
afterAll(async () => {
  await consumer.close();
  await host.close();
});

const hosts = async () => (await learner.call('GET', '/holder/hosts')).body.items;

/** Asks for something, and waits until it is settled. */
async function asked(path: string, body: object) {
  const { status, body: transfer } = await learner.call('POST', path, body);
  expect([status, transfer.state]).toEqual([202, 'waiting']);
  for (const until = Date.now() + 15_000; Date.now() < until; await new Promise((next) => setTimeout(next, 100))) {
    const found = (await hosts())[0].transfers.find(({ id }: { id: string }) => id === transfer.id);
    if (found.state !== 'waiting') return found;
  }
  throw new Error(JSON.stringify(await hosts()));
}

const outcomesOf = (transfer: { badges: { outcome: string }[] }) => transfer.badges.map(({ outcome }) => outcome);

describe('our consumer at our Host, as a stranger', () => {
  it('goes from an address to a badge that was sent, over TLS', async () => {
    // 1. The learner lets the consumer in at the host, in a browser.
    const who = newBrowser(host);
    const begun = await learner.call('POST', '/holder/hosts', { address: host.publicUrl.slice('https://'.length) });
    expect([begun.status, begun.body.title]).toEqual([201, expect.any(String)]);
    const url = new URL(begun.body.authorizationUrl);
    expect(url.origin).toBe(host.publicUrl);
    const consent = await who.get(url.pathname + url.search);
    const agreed = await who.submit(await signIn(host, who, await who.get(consent.location!), EMAIL), 'allow');
    const back = new URL((await who.get(agreed.location!)).location!);
    expect(back.origin + back.pathname).toBe(`${consumer.publicUrl}/holder/hosts/callback`);

    const shown = await learner.submit({ action: 'hostConnect', host: `${host.publicUrl}/ims/ob/v3p0` });
    expect(shown.text).toContain(`href="${host.publicUrl}/oauth/authorize?response_type=code&amp;client_id=`);
    const nowhere = await learner.submit({ action: 'hostConnect', host: consumer.publicUrl }, 'fil');
    expect([nowhere.status, nowhere.text]).toEqual([
      400,
      expect.stringContaining('Ito mismo ang serbisyong kinaroroonan mo'),
    ]);

    // 2. Nobody else comes back with it, and they come back once.
    const other = await learnerAt(consumer, 'other@students.example');
    const stolen = await other.call('GET', back.pathname + back.search);
    expect([stolen.status, stolen.body.code]).toEqual([400, 'state_unknown']);
    const page = await other.page(back.pathname + back.search);
    expect([page.status, page.text]).toEqual([400, expect.stringContaining('Begin again on your page')]);
    const done = await learner.call('GET', back.pathname + back.search);
    expect([done.status, done.headers.location]).toEqual([303, '/my?lang=en#hosts']);
    expect((await learner.call('GET', back.pathname + back.search)).body.code).toBe('state_unknown');
    const [connected] = await hosts();
    expect(connected).toMatchObject({ may: { pull: true, push: true }, ended: false, transfers: [] });
    expect((await other.call('GET', '/holder/hosts')).body.items).toEqual([]);
    const path = `/holder/hosts/${connected.id}`;

    // 3. Her badges there, and one that a third party put there as a token, come as they were released.
    const third = foreignIssuer();
    const session = await learnerAt(host, EMAIL);
    const token = await foreignToken(third);
    const document = JSON.stringify(
      await foreignDocument(third, { id: 'urn:uuid:0b8ea0d5-60a9-4a39-9a12-2b2f6a7a1f01' }),
      null,
      2,
    );
    for (const text of [token, document]) {
      expect((await session.call('POST', '/holder/imports', { text })).status).toBe(201);
    }
    const pulled = await asked(`${path}/pulls`, {});
    expect(pulled).toMatchObject({ kind: 'pull', state: 'done' });
    expect(outcomesOf(pulled)).toEqual(Array(4).fill('created'));
    const texts = await Promise.all(
      pulled.badges.map(async ({ importId }: { importId: string }) => {
        return (await learner.call('GET', `/holder/imports/${importId}/content`)).text;
      }),
    );
    expect(texts.sort()).toEqual([...there.map(({ text }) => text), token, document].sort());
    const kept = (await learner.call('GET', '/holder/imports')).body.items[0];
    expect(kept).toMatchObject({ source: 'host', address: new URL(host.publicUrl).host });

    // 4. Again: nothing twice, and only what is new.
    expect(outcomesOf(await asked(`${path}/pulls`, { all: true }))).toEqual(Array(4).fill('not_newer'));

    // 5. Her badge of here goes there, and is the one that was released.
    const [own] = here;
    const sent = await asked(`${path}/pushes`, { credentialId: own!.id });
    expect(sent).toMatchObject({ kind: 'push', state: 'done', outcome: 'created' });
    const found = (await session.call('GET', '/holder/imports?limit=9')).body.items.find(
      ({ name }: { name: string }) => name === 'SPECIMEN Wiring',
    );
    expect((await session.call('GET', `/holder/imports/${found.id}/content`)).text).toBe(own!.text);
    const notHers = await other.call('POST', `${path}/pushes`, { credentialId: own!.id });
    expect(notHers.status).toBe(404);
    expect((await learner.call('POST', `${path}/pushes`, { credentialId: there[0]!.id })).status).toBe(404);

    const onPage = await learner.submit({ action: 'hostPull', connection: connected.id, all: 'yes' });
    expect([onPage.status, onPage.text]).toEqual([200, expect.stringContaining('It is under way.')]);
    expect(onPage.text).toContain('Send “SPECIMEN Wiring”');

    // 6. Nothing that opens anything lies in the store; her copy of her data has the connection and no token.
    const exported = await learner.call('GET', '/holder/export');
    expect(exported.body.items.filter(({ kind }: { kind: string }) => kind === 'hostConnection')).toMatchObject([
      { data: { host: `${host.publicUrl}/ims/ob/v3p0/discovery`, transfers: [{}, {}, {}, {}] } },
    ]);
    expect(exported.text).not.toContain('"tokens"');

    // 7. It ends on both sides.
    const ended = await learner.submit({ action: 'hostLeave', connection: connected.id });
    expect(ended.text).toContain('The connection has ended, and the host took its tokens back.');
    expect(await hosts()).toEqual([]);
    const theirs = await session.page('/my');
    expect(theirs.text).not.toContain('id="connected"');
    expect((await learner.call('POST', `${path}/pulls`, {})).status).toBe(404);
  }, 60_000);
});
