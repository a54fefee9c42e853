import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '#kernel';
import { node, type PathwayWorld, pathwayWorld } from '../support/pathway-world.ts';

interface Matches {
  genuine: boolean;
  verdict: string;
  looked: number;
  next?: string;
  items: {
    pathway: { name: string; url: string; version: number };
    result: string;
    places: { node: string; items: { index: number }[] }[];
    reasons: { code: string }[];
  }[];
}
interface Report {
  verdict: string;
  checks: { check: string; result: string; code: string; evidence: JsonObject }[];
}

let world: PathwayWorld;
beforeAll(async () => {
  world = await pathwayWorld();
  const items = (at: number) => [{ achievement: world.definitions[at]! }];
  await world.publish('SPECIMEN One Unit', node('requireAll', 'only', { items: items(0) }));
  await world.publish('SPECIMEN Another', node('requireAll', 'another', { items: items(2) }));
  const past = { effectivePeriod: { from: '2020-01-01', until: '2021-01-01' } };
  await world.publish('SPECIMEN Of The Past', node('requireAll', 'past', { items: items(0) }), past);
}, 60_000);
afterAll(() => world.service.close());

const ask = (body: object, query = '') => world.service.call<Matches>('POST', `/v1/pathway-matches${query}`, { body });
const names = ({ items }: Matches) => items.map(({ pathway }) => pathway.name).sort();

describe('what a badge counts toward', () => {
  it('lists the pathways in effect that ask for it, and where it could serve', async () => {
    const { status, body } = await ask({ url: world.units[0] });
    expect([status, body.genuine, body.verdict, body.looked]).toEqual([200, true, 'valid', 4]);
    expect(names(body)).toEqual(['SPECIMEN Certificate of Three Units', 'SPECIMEN One Unit']);
    const whole = body.items.find(({ pathway }) => pathway.url === world.url)!;
    expect([whole.result, whole.places.map((one) => [one.node, one.items.map(({ index }) => index)])]).toEqual([
      'serves',
      [['units', [0]]],
    ]);
    const then = await ask({ text: await world.text(world.units[0]!), date: '2020-06-01' });
    expect(names(then.body)).toContain('SPECIMEN Of The Past');
    expect(then.body.items.every(({ reasons }) => reasons[0]?.code === 'future')).toBe(true);
    expect((await ask({ url: world.other })).body.items).toEqual([]);
  });

  it('says why a revoked badge does not count', async () => {
    const { body } = await ask({ url: world.revoked });
    expect([body.genuine, body.verdict]).toEqual([true, 'invalid']);
    expect(body.items.map(({ result, reasons }) => [result, reasons.map(({ code }) => code)])).toEqual([
      ['does_not_count', ['revoked']],
      ['does_not_count', ['revoked']],
    ]);
  });

  it('gives a badge that is not genuine no match, and says so', async () => {
    const credential = JSON.parse(await world.text(world.units[0]!)) as JsonObject;
    const { body } = await ask({ credential: { ...credential, name: 'SPECIMEN Forged' } });
    expect([body.genuine, body.verdict, body.items, body.looked]).toEqual([false, 'invalid', [], 0]);
    expect(JSON.stringify(body)).not.toContain('Forged');
  });

  it('turns pages', async () => {
    const seen: string[] = [];
    let query = '?limit=1';
    for (let page = 0; page < 4; page++) {
      const { body } = await ask({ url: world.units[0] }, query);
      expect(body.looked).toBe(1);
      seen.push(...names(body));
      query = `?limit=1&cursor=${encodeURIComponent(body.next ?? '')}`;
      expect(body.next === undefined).toBe(page === 3);
    }
    expect(seen.sort()).toEqual(['SPECIMEN Certificate of Three Units', 'SPECIMEN One Unit']);
  });

  it('refuses what is no question, with the field', async () => {
    for (const [body, pointer] of [
      [{}, '/url'],
      [{ url: world.units[0], text: 'x' }, ''],
      [{ url: world.units[0], date: '2026-02-30' }, '/date'],
      [{ url: world.units[0], more: 1 }, '/more'],
    ] as const) {
      const { status, text } = await ask(body);
      const problem = JSON.parse(text) as { errors: { pointer: string }[] };
      expect([JSON.stringify(body), status]).toEqual([JSON.stringify(body), 400]);
      expect(problem.errors.map((one) => one.pointer)).toContain(pointer);
    }
  });

  it('stands on the verify page, with links that open the pathway with the badge filled in', async () => {
    const html = { accept: 'text/html' };
    const show = async (url: string, lang = 'en') =>
      (await world.service.server.inject({ url: `/verify?url=${encodeURIComponent(url)}&lang=${lang}`, headers: html }))
        .body;
    const page = await show(world.units[0]!);
    expect(page).toContain('What this badge counts toward');
    // A level that the provider claims must not look like a registered one.
    expect(page).toContain('6 (Claimed by the provider');
    const href = /href="(\/pathways\/[^"]*credential=[^"]*)">SPECIMEN Certificate/.exec(page)![1]!;
    const opened = await world.service.server.inject({ url: href.replaceAll('&amp;', '&'), headers: html });
    expect(opened.body).toContain('1 of 1 badges count');
    expect(await show(world.other)).toContain('No pathway published by this service asks for it.');
    expect(await show(world.revoked, 'fil')).toContain('Hindi ibinibilang');
  });
});

describe('the check stackability', () => {
  const check = async (body: object) => {
    const answer = await world.service.call<Report>('POST', '/v1/verifications', { body });
    expect(answer.status, answer.text).toBe(200);
    const stack = answer.body.checks.find((one) => one.check === 'stackability')!;
    return { ...stack, verdict: answer.body.verdict };
  };

  it('says whether the badge serves in the pathway that was named, and never touches the verdict', async () => {
    const pathway = world.url;
    const serves = await check({ url: world.units[0], pathway });
    expect([serves.result, serves.code, serves.verdict]).toEqual(['pass', 'serves', 'valid']);
    expect(serves.evidence.places).toMatchObject([{ node: 'units' }]);
    const other = await check({ url: world.other, pathway });
    expect([other.result, other.code, other.verdict]).toEqual(['fail', 'not_asked_for', 'valid']);
    const revoked = await check({ url: world.revoked, pathway });
    expect([revoked.result, revoked.code]).toEqual(['fail', 'does_not_count']);
    expect(revoked.evidence.reasons).toMatchObject([{ code: 'revoked' }]);
  });

  it('takes the document itself, and warns when it is not in effect', async () => {
    const { items } = (
      await world.service.call<{ items: { name: string; url: string }[] }>('GET', '/v1/pathways', { key: world.issuer })
    ).body;
    const past = items.find(({ name }) => name === 'SPECIMEN Of The Past')!;
    const pathway = JSON.parse(await world.text(past.url)) as JsonObject;
    const found = await check({ url: world.units[0], pathway });
    expect([found.result, found.code]).toEqual(['warning', 'serves_not_in_effect']);
  });

  it('is unknown when the pathway cannot be had or relied on, or the badge is not genuine', async () => {
    const gone = await check({ url: world.units[0], pathway: `${world.service.publicUrl}/pathways/${'0'.repeat(26)}` });
    expect([gone.result, gone.code, gone.verdict]).toEqual(['unknown', 'pathway_not_had', 'valid']);
    const signed = JSON.parse(await world.text(world.url)) as JsonObject;
    const forged = await check({ url: world.units[0], pathway: { ...signed, validFrom: '2020-01-01T00:00:00Z' } });
    expect([forged.result, forged.code]).toEqual(['unknown', 'pathway_not_relied_on']);
    const badge = JSON.parse(await world.text(world.units[0]!)) as JsonObject;
    const fake = await check({ credential: { ...badge, name: 'SPECIMEN Forged' }, pathway: world.url });
    expect([fake.result, fake.code]).toEqual(['unknown', 'not_checked']);
  });

  it('refuses what is no pathway, with its pointer; without one it is as before', async () => {
    for (const pathway of [world.units[0], 'hello', { type: 'x' }]) {
      const { status, text } = await world.service.call('POST', '/v1/verifications', {
        body: { url: world.units[0], pathway },
      });
      expect([status, JSON.parse(text).pointer]).toEqual([400, '/pathway']);
    }
    expect(await check({ url: world.units[0] })).toMatchObject({ result: 'not_applicable', code: 'not_asked' });
  });
});
