import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256Hex } from '#kernel';
import { type DecidingWorld, decidingWorld, node, type Shown, TODAY } from './support/world.ts';

let on: DecidingWorld;
let badge: string;
const needs = (achievement: string) => node('requireAll', 'course', { items: [{ achievement }] });
const names = (...decisions: string[]) => node('equivalence', 'named', { decisions });
const of = (...decidedBy: string[]) => node('equivalence', 'panel', { decidedBy });

beforeAll(async () => {
  on = await decidingWorld();
  badge = await on.award();
}, 60_000);
afterAll(() => on.service.close());

const codes = (report: { decisions: { code: string; verdict: string }[] }) =>
  report.decisions.map(({ verdict, code }) => `${verdict} ${code}`);
const withdraw = (shown: Shown, more: object = {}) =>
  on.post(`/v1/equivalences/${shown.id}/events`, { type: 'withdrawn', reason: 'The course was revised', ...more });

describe('a decided equivalence', () => {
  it('makes an award of another institution count as the course', async () => {
    const pathway = await on.pathway(needs(on.course), names((await on.decide()).url));
    const report = await on.evaluate({ pathway, credentials: [badge] });
    expect(report.outcome).toBe('met');
    expect(codes(report)).toEqual(['valid in_force']);
    expect(report.decisions[0]).toMatchObject({ decidedBy: on.university.did, accepted: true });
    expect(report.evaluation!.placements).toMatchObject([{ holding: badge, guise: report.decisions[0]!.id }]);
  });

  it('is needed: without it the same award does not count', async () => {
    const report = await on.evaluate({ pathway: await on.pathway(needs(on.course)), credentials: [badge] });
    expect([report.outcome, report.decisions]).toEqual(['unmet', []]);
  });

  it('is not used before it is decided, and nothing is unmet for that', async () => {
    const draft = await on.draft();
    const pathway = await on.pathway(needs(on.course), names(draft.url));
    const before = await on.evaluate({ pathway, credentials: [badge] });
    expect(before.outcome).toBe('pending');
    expect(codes(before)).toEqual(['undetermined http_status']);
    expect(before.evaluation!.waitingFor).toMatchObject([
      { decision: draft.url, reasons: [{ code: 'decision_unknown' }] },
    ]);
    await on.post(`/v1/equivalences/${draft.id}/decision`, { revision: 1 });
    expect((await on.evaluate({ pathway, credentials: [badge] })).outcome).toBe('met');
  });

  it('is not used after it was withdrawn; a stored evaluation keeps it', async () => {
    const decided = await on.decide();
    const pathway = await on.pathway(needs(on.course), names(decided.url));
    const old = (await on.service.call('GET', `${decided.url}.json`)).text;
    expect((await withdraw(decided)).status).toBe(201);
    const report = await on.evaluate({ pathway, credentials: [badge] });
    expect(report.outcome).toBe('unmet');
    expect(codes(report)).toEqual(['valid no_longer_in_force']);
    expect(report.decisions[0]!.validUntil).toBe('2026-06-14');
    // On a day on which it was in force it is what it was.
    expect((await on.evaluate({ pathway, credentials: [badge], date: '2026-06-15' })).outcome).toBe('unmet');
    // The old form, handed over, only says where to look.
    const again = await on.evaluate({ pathway, credentials: [badge], decisions: [old] });
    expect([again.outcome, codes(again)]).toEqual(['unmet', ['valid no_longer_in_force']]);
  });

  it('is used within its days only', async () => {
    const decided = await on.decide({ validFrom: TODAY, validUntil: '2026-12-31' });
    const pathway = await on.pathway(needs(on.course), names(decided.url));
    const at = async (date: string) => {
      const report = await on.evaluate({ pathway, credentials: [badge], date });
      return [report.outcome, codes(report)[0]];
    };
    expect(await at(TODAY)).toEqual(['met', 'valid in_force']);
    expect(await at('2026-12-31')).toEqual(['met', 'valid in_force']);
    expect(await at('2027-01-01')).toEqual(['unmet', 'valid no_longer_in_force']);
    expect((await at('2026-06-14'))[1]).toBe('valid not_yet_in_force');
  });

  it('gives no more credit than its cap', async () => {
    const free = {
      to: { mode: 'unspecified' as const, category: 'Elective' },
      credit: { system: 'HE-UNIT-16', value: '2' },
    };
    const capped = await on.decide({ ...free, cap: '3' });
    const open = await on.decide(free);
    const slot = node('creditMin', 'electives', {
      ...{ system: 'HE-UNIT-16', min: '4', select: { category: ['Elective'] } },
      repeatable: true,
    });
    const credentials = [badge, await on.award()];
    const under = async (url: string) =>
      (await on.evaluate({ pathway: await on.pathway(slot, names(url)), credentials })).outcome;
    expect(await under(capped.url)).toBe('unmet');
    expect(await under(open.url)).toBe('met');
  });

  it('that the pathway does not name is used where it accepts the body that decided', async () => {
    const decided = await on.decide();
    const pathway = await on.pathway(needs(on.course), of(on.university.did));
    const without = await on.evaluate({ pathway, credentials: [badge] });
    expect([without.outcome, without.decisions]).toEqual(['unmet', []]);
    for (const given of [decided.url, JSON.stringify(decided.credential), decided.credential!]) {
      const report = await on.evaluate({ pathway, credentials: [badge], decisions: [given] });
      expect([report.outcome, codes(report)]).toEqual(['met', ['valid in_force']]);
      expect(report.decisions[0]!.index).toBe(0);
    }
    const other = await on.pathway(needs(on.course), of(on.college.did));
    const refused = await on.evaluate({ pathway: other, credentials: [badge], decisions: [decided.url] });
    expect([refused.outcome, codes(refused)]).toEqual(['unmet', ['valid not_accepted']]);
    const both = await on.pathway(
      needs(on.course),
      node('equivalence', 'both', { decisions: [decided.url], decidedBy: [on.college.did] }),
    );
    expect((await on.evaluate({ pathway: both, credentials: [badge] })).outcome).toBe('unmet');
    const none = await on.pathway(needs(on.course));
    const unasked = await on.evaluate({ pathway: none, credentials: [badge], decisions: [decided.url] });
    expect([unasked.outcome, codes(unasked)]).toEqual(['unmet', ['undetermined not_asked']]);
  });

  it('that was changed or signed by somebody else is not used, and says so', async () => {
    const { credential } = await on.decide({ cap: '3' });
    const pathway = await on.pathway(needs(on.course), of(on.university.did));
    const given = async (change: (subject: Record<string, unknown>) => unknown) => {
      const copy = structuredClone(credential!);
      change(copy.credentialSubject as never);
      const report = await on.evaluate({ pathway, credentials: [badge], decisions: [copy] });
      return [report.outcome, ...codes(report)];
    };
    expect(await given((subject) => Object.assign(subject, { cap: '6' }))).toEqual([
      'unmet',
      'invalid signature_invalid',
    ]);
    expect(await given((subject) => delete subject.cap)).toEqual(['unmet', 'invalid signature_invalid']);
    expect(await given((subject) => Object.assign(subject, { decidedBy: on.college.did }))).toEqual([
      'unmet',
      'invalid other_decider',
    ]);
    const forged = structuredClone(credential!);
    Object.assign(forged, { issuer: on.college.did });
    forged.credentialSubject.decidedBy = on.college.did;
    const report = await on.evaluate({ pathway, credentials: [badge], decisions: [forged] });
    expect([report.outcome, ...codes(report)]).toEqual(['unmet', 'invalid method_not_issuer']);
  });

  it('that cannot be reached makes it pending, never met and never unmet', async () => {
    const address = 'https://127.0.0.1:9/equivalences/1';
    const pathway = await on.pathway(needs(on.course), names(address, 'a decision without address'));
    const report = await on.evaluate({ pathway, credentials: [badge] });
    expect(report.outcome).toBe('pending');
    expect(report.decisions.map(({ verdict }) => verdict)).toEqual(['undetermined', 'undetermined']);
    expect(report.decisions.map(({ sentence }) => sentence.fil.length > 0)).toEqual([true, true]);
    expect(report.evaluation!.nodes[0]!.state).toBe('pending');
    // Where another way is enough, it does not matter.
    const met = await on.evaluate({ pathway, credentials: [badge, await on.award(on.course)] });
    expect(met.outcome).toBe('met');
  });

  it.each([
    ['text that is no JSON', '{"a":', 'malformed-json'],
    ['a badge', () => badge, undefined],
    ['another document', { type: ['VerifiableCredential'] }, 'invalid-request'],
    ['an empty object', {}, 'invalid-request'],
    ['a token', 'eyJhbGciOiJFZERTQSJ9.eyJhIjoxfQ.c2ln', 'invalid-request'],
  ])('is not %s', async (_, given, kind) => {
    const pathway = await on.pathway(needs(on.course), of(on.university.did));
    const one = typeof given === 'function' ? given() : given;
    const { status, body } = await on.post<Record<string, unknown>>('/v1/evaluations', {
      ...{ pathway, credentials: [badge], decisions: [one] },
    });
    if (kind === undefined) {
      expect([status, (body as unknown as { outcome: string }).outcome]).toEqual([200, 'pending']);
      return;
    }
    expect([status, body.type, body.pointer]).toEqual([400, `urn:tatak:problem:${kind}`, '/decisions/0']);
  });
});

describe('a stored evaluation', () => {
  it('rests on the decision byte for byte', async () => {
    const decided = await on.decide();
    const pathway = await on.pathway(needs(on.course), names(decided.url));
    const text = (await on.service.call('GET', `${decided.url}.json`)).text;
    const answer = await on.service.call('GET', `${decided.url}.json?edition=1`);
    expect(answer.text).toBe(text);
    const report = await on.evaluate({ pathway, credentials: [badge] });
    await withdraw(decided, { validUntil: '2026-06-14' });
    expect((await on.service.call('GET', `${decided.url}.json?edition=1`)).text).toBe(text);
    expect((await on.service.call('GET', `${decided.url}.json`)).text).not.toBe(text);
    expect(sha256Hex(text)).toHaveLength(64);
    expect(report.outcome).toBe('met');
  });
});

describe('carried credit', () => {
  const sum = (min: string) => [
    node('creditMin', 'units', { system: 'HE-UNIT-16', min, select: { category: ['Elective'] } }),
    node('creditMin', 'total', { system: 'HE-UNIT-16', min: '4' }),
    node('carryOver', 'carry', { system: 'HE-UNIT-16', max: '2' }),
  ];

  it('that is only stated decides nothing', async () => {
    const to = { mode: 'unspecified' as const, category: 'Elective' };
    const { url } = await on.decide({ to, credit: { system: 'HE-UNIT-16', value: '2' } });
    const pathway = await on.pathway(...sum('2'), names(url));
    const report = await on.evaluate({ pathway, credentials: [badge], carried: { 'HE-UNIT-16': '5' } });
    expect([report.outcome, report.carried]).toEqual(['pending', { 'HE-UNIT-16': '5' }]);
    expect(report.evaluation!.waitingFor).toMatchObject([{ reasons: [{ code: 'carried_stated' }] }]);
    const little = await on.evaluate({ pathway, credentials: [badge], carried: { 'HE-UNIT-16': '1' } });
    expect(little.outcome).toBe('unmet');
    const large = await on.decide({ to, credit: { system: 'HE-UNIT-16', value: '4' } });
    const met = await on.pathway(...sum('2'), names(large.url));
    expect((await on.evaluate({ pathway: met, credentials: [badge], carried: { 'HE-UNIT-16': '1' } })).outcome).toBe(
      'met',
    );
  });

  it.each([
    ['/carried/UNITS', { UNITS: '1' }],
    ['/carried/ECTS', { ECTS: '-1' }],
    ['/carried/ECTS', { ECTS: 3 }],
    ['/carried', {}],
    ['/carried', []],
  ])('is refused at %s', async (pointer, carried) => {
    const pathway = await on.pathway(...sum('2'));
    const { status, body } = await on.post<{ pointer: string }>('/v1/evaluations', {
      pathway,
      credentials: [badge],
      carried,
    });
    expect([status, body.pointer]).toEqual([400, pointer]);
  });
});
