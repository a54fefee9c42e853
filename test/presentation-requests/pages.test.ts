import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scanPage } from '#documents';
import { LIMITS } from '#kernel';
import { type ResponseLog, validateResponses } from '../support/responses.ts';
import { dataIntegrityKeys, type Keys } from './support/wallet.ts';
import { openWorld, text, type World } from './support/world.ts';

let on: World;
let log: ResponseLog;
let keys: Keys;
let now = Date.now();
beforeAll(async () => {
  on = await openWorld({
    clock: { now: () => new Date(now) },
    onServer: (server) => {
      log = validateResponses(server);
    },
  });
  keys = dataIntegrityKeys(on.service.publicUrl);
}, 60_000);
afterAll(async () => {
  await on.close();
  expect([...new Set(log.violations)]).toEqual([]);
});

const HTML = { accept: 'text/html' };

/** A browser with one cookie jar. */
function browser() {
  let cookie = '';
  const get = (url: string) =>
    on.service.server.inject({ url, headers: { ...HTML, ...(cookie ? { cookie: `other=1; ${cookie}` } : {}) } });
  return {
    get,
    async ask(form: Record<string, string>, query = '') {
      const answer = await on.service.server.inject({
        ...{ method: 'POST', url: `/requests${query}`, payload: new URLSearchParams(form).toString() },
        headers: { ...HTML, 'content-type': 'application/x-www-form-urlencoded' },
      });
      const set = String(answer.headers['set-cookie'] ?? '');
      cookie = set.split(';')[0]!;
      return { answer, set, path: String(answer.headers.location ?? '') };
    },
  };
}

/** The link of the page, and the same request as the QR code has it. */
function linksIn(body: string) {
  const same = /href="(openid4vp:[^"]+)"/.exec(body)![1]!.replaceAll('&amp;', '&');
  return { same, other: same.replace('%3Fdevice%3Dsame', '') };
}

async function answer(link: string, held: Parameters<World['wallet']['vpToken']>[1]) {
  const asked = await on.wallet.resolve(link);
  return on.wallet.submit(asked, { vp_token: await on.wallet.vpToken(asked, held, keys) });
}

describe('asking by a page', () => {
  it('leads from the form to a code that waits, by a cookie for this page alone', async () => {
    const one = browser();
    const form = await one.get(`/requests?achievement=${encodeURIComponent(on.definitions[0])}`);
    expect(form.body).toContain(`value="${on.definitions[0]}"`);
    const { answer: made, set, path } = await one.ask({ achievement: on.definitions[0], name: '', pathway: '' });
    expect([made.statusCode, path]).toEqual([303, expect.stringMatching(/^\/requests\/[0-9a-z]{26}$/)]);
    expect(set).toMatch(new RegExp(`^tatak_request=[0-9a-z]{26}; Max-Age=2400; Path=${path}; HttpOnly; SameSite=Lax$`));
    const page = await one.get(path);
    expect([page.statusCode, page.headers['cache-control'], page.headers.refresh]).toEqual([200, 'no-store', '5']);
    expect(page.headers['access-control-allow-origin']).toBeUndefined();
    expect(page.body).toContain('data:image/svg+xml;base64,');
    const { links } = { links: linksIn(page.body) };
    expect(new URL(links.same).searchParams.get('request_uri')).toMatch(/\?device=same$/);
    // The secret of the browser is nowhere in what a wallet, or whoever looks over a shoulder, can see.
    expect(page.body).not.toContain(/=(\w+);/.exec(set)![1]);
  });

  it('shows the answer to this browser and to nobody else', async () => {
    const { document } = await on.award(0, keys.did);
    const [one, another] = [browser(), browser()];
    const { path } = await one.ask({ achievement: on.definitions[0] });
    await another.ask({ achievement: on.definitions[0] });
    expect(await answer(linksIn((await one.get(path)).body).other, [document])).toEqual({ status: 200, body: {} });
    const page = await one.get(path);
    expect(page.headers.refresh).toBeUndefined();
    expect(page.body).toContain('Specimen: genuine, but no register we trust covers this award.');
    expect(page.body).toContain('proved to hold the key');
    for (const stranger of [another, browser()]) {
      const nothing = await stranger.get(path);
      expect([nothing.statusCode, nothing.body.includes('SPECIMEN Unit One')]).toEqual([404, false]);
    }
  });

  it('shows it beside the wallet only with the code that the wallet brings', async () => {
    const { document } = await on.award(0, keys.did);
    const [one, victim] = [browser(), browser()];
    const { path } = await one.ask({ achievement: on.definitions[0] });
    await victim.ask({ achievement: on.definitions[0] });
    const { status, body } = await answer(linksIn((await one.get(path)).body).same, [document]);
    expect([status, body.redirect_uri]).toEqual([
      200,
      expect.stringMatching(new RegExp(`^${on.service.publicUrl}${path}\\?response_code=[0-9a-z]{26}$`)),
    ]);
    const back = body.redirect_uri!.slice(on.service.publicUrl.length);
    // Who made the request and sent its link to somebody sees nothing; nor does the browser that the wallet opens there.
    for (const [who, url, code] of [
      [one, path, 200],
      [one, `${path}?response_code=0123456789abcdefghjkmnpqrs`, 200],
      [victim, back, 404],
    ] as const) {
      const page = await who.get(url);
      expect([page.statusCode, page.body.includes('SPECIMEN Unit One')]).toEqual([code, false]);
    }
    expect((await one.get(back)).body).toContain('SPECIMEN Unit One');
  });

  it('says of a badge that names no key that nobody showed whose it is', async () => {
    const { document } = await on.award(1);
    const one = browser();
    const { path } = await one.ask({ name: 'SPECIMEN Unit Two' }, '?lang=fil');
    expect(path).toMatch(/\?lang=fil$/);
    const waiting = await one.get(path);
    expect(waiting.body).toContain('<html lang="fil">');
    await answer(linksIn(waiting.body).other, [document]);
    expect((await one.get(path)).body).toContain('Walang nagpakita na kaniya ang badge na ito');
  });

  it('fills in the pathway that was asked about', async () => {
    const awards = [await on.award(0, keys.did), await on.award(1, keys.did)];
    const one = browser();
    const { path } = await one.ask({ pathway: on.pathway });
    await answer(
      linksIn((await one.get(path)).body).other,
      awards.map(({ document }) => document),
    );
    const { body } = await one.get(path);
    expect(body).toContain('id="result"');
    expect(body.match(/proved to hold the key/g)).toHaveLength(2);
    expect(body.match(/<h1/g)).toHaveLength(1);
    expect(scanPage(body)).toBeDefined();
  });

  it('says when the holder declines, when nobody answers, and forgets', async () => {
    const one = browser();
    const { path } = await one.ask({ achievementType: 'MicroCredential' });
    const asked = await on.wallet.resolve(linksIn((await one.get(path)).body).other);
    await on.wallet.submit(asked, { error: 'access_denied' });
    expect((await one.get(path)).body).toContain('Nothing was shared');
    const two = browser();
    const late = await two.ask({ achievementType: 'MicroCredential' });
    now += LIMITS.presentationRequestMs;
    expect((await two.get(late.path)).body).toContain('Nobody answered in time');
    now += LIMITS.presentationAnswerMs;
    expect((await one.get(path)).statusCode).toBe(404);
    expect((await two.get(late.path)).statusCode).toBe(404);
  });

  it.each([
    [{ name: '', pathway: ' ' }, 'Fill in exactly one'],
    [{ name: 'A', achievementType: 'Course' }, 'Fill in exactly one'],
    [{ achievement: 'no address' }, 'not the address of a definition'],
    [{ pathway: 'https://elsewhere.example/pathways/1' }, 'not the address of a pathway'],
    [{ name: 'x'.repeat(201) }, 'Fill in exactly one'],
  ])('shows the form again for %o', async (form, why) => {
    const { answer: again, set } = await browser().ask(form as Record<string, string>);
    expect([again.statusCode, set]).toEqual([400, '']);
    expect(again.body).toContain(why);
  });

  it('has nothing left in the store once it is forgotten', async () => {
    const { document } = await on.award(0, keys.did);
    const request = await on.ask({ badges: [{ achievement: on.definitions[0] }] });
    const asked = await on.wallet.resolve(request.links.other);
    const vp_token = text(await on.wallet.vpToken(asked, [document], keys));
    expect((await on.post(request, { state: asked.payload.state, vp_token })).status).toBe(200);
    const { reader, transactor } = on.service.app.storage;
    const stored = (await reader.presentationRequest(request.requestId))!;
    // A digest of what opens it, and reports: no badge, no presentation.
    expect(JSON.stringify(stored)).not.toContain(request.transaction);
    expect(stored.answer).not.toContain('proofValue');
    const at = new Date(now + LIMITS.presentationAnswerMs).toISOString().replace(/\.\d+/, '');
    await transactor.commit([{ op: 'presentationRequest.sweep', at }]);
    expect(await reader.presentationRequest(request.requestId)).toBeUndefined();
  });
});
