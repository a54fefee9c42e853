import fc from 'fast-check';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readDecision } from '#equivalences';
import { type JsonObject, Problem, sha256Hex } from '#kernel';
import { evaluate } from '#pathways';
import { CREDENTIALS_V2, OPEN_BADGES_3_0_3 } from '#proofs';
import { type Actor, actor, badge, PH, publishDefinition, type World, world } from './world.ts';

const DECISION = 'https://university.example/equivalences/1';
const PATHWAY = 'https://university.example/pathways/1';
const COURSE = 'https://university.example/achievements/course';
const TEXT = { en: 'x', fil: 'x' };

let university: Actor;
let college: Actor;
let on: World;
let held: string;

beforeEach(async () => {
  on = world([]);
  university = on.join(actor('university'));
  college = on.join(actor('college'));
  const signed = await on.sign(college, badge(college));
  publishDefinition(on, signed);
  held = signed.id as string;
  await pathway({ decisions: [DECISION] });
});

const node = (kind: string, id: string, more: object): JsonObject =>
  ({ id, kind, text: TEXT, source: 'x', binding: 'Mandatory', realism: 'Illustrative', ...more }) as JsonObject;

async function pathway(...equivalences: object[]) {
  const children = [
    node('requireAll', 'course', { items: [{ achievement: COURSE }] }),
    ...equivalences.map((one, index) => node('equivalence', `e${index}`, one)),
  ];
  const signed = await on.sign(university, {
    '@context': [CREDENTIALS_V2, OPEN_BADGES_3_0_3, PH],
    type: ['VerifiableCredential', 'PhPathwayCredential'],
    issuer: university.did,
    validFrom: '2026-01-01T00:00:00Z',
    credentialSubject: {
      ...{ id: PATHWAY, type: ['PhQualification'], name: 'Certificate', conferrer: university.did, version: '1' },
      stackingRule: node('allOf', 'root', { children }),
    },
  });
  on.publish(PATHWAY, signed);
}

const unsigned = (subject: JsonObject = {}, more: JsonObject = {}): JsonObject => ({
  '@context': [CREDENTIALS_V2, OPEN_BADGES_3_0_3, PH],
  id: `${DECISION}?edition=1`,
  type: ['VerifiableCredential', 'PhEquivalenceCredential'],
  issuer: university.did,
  validFrom: '2026-01-01T00:00:00Z',
  credentialSubject: {
    ...{ id: DECISION, type: ['PhEquivalenceDecision'], edition: 1, decidedBy: university.did, mode: 'Specified' },
    from: [{ type: ['PhAwardedAchievement'], achievement: 'https://college.example/achievements/1', version: ['1'] }],
    to: [{ type: ['PhAwardedAchievement'], achievement: COURSE }],
    credit: { type: ['PhCredit'], system: 'HE-UNIT-16', value: '3' },
    ...{ cap: '3', inForceFrom: '2026-01-01', inForceUntil: '2026-12-31', appeal: 'Write.' },
    outcomeMatching: [{ type: ['PhOutcomeMatch'], from: 'A', to: 'B', match: 'Full' }],
    ...subject,
  },
  ...more,
});

async function publish(document = unsigned(), by = university, change?: (signed: JsonObject) => void) {
  const signed = await on.sign(by, document);
  change?.(signed);
  on.publish(DECISION, signed);
  return signed;
}

const subjectOf = (document: JsonObject) => document.credentialSubject as JsonObject;
const stack = async (more: object = {}) => on.verifier.stack({ pathway: PATHWAY, credentials: [held], ...more });
async function answer(more: object = {}) {
  const { report } = await stack(more);
  return [report.outcome, ...report.decisions.map(({ verdict, code }) => `${verdict} ${code}`)];
}

describe('a decision at the address that the pathway names', () => {
  it('is used, and the evaluation can be made again from what it rested on', async () => {
    await publish();
    const { report, input, sources } = await stack();
    expect(report.outcome).toBe('met');
    expect(evaluate(input!)).toEqual(report.evaluation);
    const { body } = on.pages.get(DECISION)!;
    const again = await stack({ decisions: sources.decisions.map(({ document }) => document) });
    expect(again.input).toEqual(input);
    expect(sources.decisions).toEqual([{ id: DECISION, document: body, sha256: sha256Hex(body) }]);
  });

  it.each([
    [
      'changed after it was signed',
      () => publish(unsigned(), university, (one) => Object.assign(subjectOf(one), { cap: '9' })),
      'invalid signature_invalid',
    ],
    ['signed by somebody else', () => publish(unsigned(), college), 'invalid method_not_issuer'],
    [
      'of another body than it says',
      () => publish(unsigned({}, { issuer: college.did }), college),
      'invalid other_decider',
    ],
    ['of another address', () => publish(unsigned({ id: `${DECISION}0` })), 'invalid other_address'],
    ['a pathway', async () => on.pages.set(DECISION, on.pages.get(PATHWAY)!), 'invalid not_a_decision'],
    ['not there', async () => on.pages.set(DECISION, { status: 404, body: '{}' }), 'undetermined http_status'],
    ['not answered', async () => on.pages.delete(DECISION), 'undetermined unreachable'],
    [
      'a web page',
      async () => on.pages.set(DECISION, { contentType: 'text/html', body: '<html>' }),
      'undetermined not_json',
    ],
    [
      'refused',
      async () => on.pages.set(DECISION, { body: '', problem: new Problem('fetch-refused', 'no') }),
      'undetermined refused',
    ],
    ['too much', async () => on.pages.set(DECISION, { body: `"${'a'.repeat(300_000)}"` }), 'undetermined malformed'],
    [
      'signed before its time',
      () => publish(unsigned({}, { validFrom: '2027-01-01T00:00:00Z' })),
      'invalid not_yet_valid',
    ],
    [
      'of a body whose key cannot be had',
      async () => {
        await publish();
        await pathway({ decisions: [DECISION] });
        const stranger = actor('stranger');
        await publish(unsigned({ decidedBy: stranger.did }, { issuer: stranger.did }), stranger);
      },
      'undetermined did_unreachable',
    ],
  ])('that is %s is not used, and nothing is unmet for that', async (_, make, expected) => {
    await make();
    expect(await answer()).toEqual(['pending', expected]);
    const { report, input, sources } = await stack();
    expect(sources.decisions).toEqual([]);
    expect(input).toMatchObject({ decisions: [], unknownDecisions: [DECISION] });
    expect(evaluate(input!)).toEqual(report.evaluation);
  });

  it('that has ended, or is of another body than the pathway accepts, is known not to help', async () => {
    await publish(unsigned({ inForceUntil: '2026-11-23' }));
    expect(await answer()).toEqual(['unmet', 'valid no_longer_in_force']);
    await publish(unsigned({}, { validUntil: '2026-11-23T15:59:59Z' }));
    expect(await answer()).toEqual(['unmet', 'valid no_longer_in_force']);
    await pathway({ decisions: [DECISION], decidedBy: [college.did] });
    await publish();
    expect(await answer()).toEqual(['unmet', 'valid not_accepted']);
  });

  it('is asked for once, and not at all when the pathway does not hold', async () => {
    await publish();
    await pathway({ decisions: [DECISION] }, { decidedBy: [university.did] });
    on.asked.length = 0;
    expect(await answer({ decisions: [DECISION, DECISION, on.pages.get(DECISION)!.body] })).toEqual([
      'met',
      'valid in_force',
    ]);
    expect(on.asked.filter((url) => url === DECISION)).toHaveLength(1);
    const forged = JSON.parse(on.pages.get(PATHWAY)!.body as string) as JsonObject;
    subjectOf(forged).name = 'Easier';
    on.asked.length = 0;
    const { report } = await stack({ pathway: forged });
    expect([report.outcome, report.decisions]).toEqual(['undetermined', []]);
    expect(on.asked).not.toContain(DECISION);
  });

  it('beyond the most that are looked up is left unknown', async () => {
    const many = Array.from({ length: 60 }, (_, index) => `https://university.example/equivalences/n${index}`);
    await pathway({ decisions: many });
    on.asked.length = 0;
    const { report } = await stack();
    expect(report.outcome).toBe('pending');
    expect(report.decisions.filter(({ code }) => code === 'budget')).toHaveLength(10);
    expect(on.asked.filter((url) => url.includes('/equivalences/'))).toHaveLength(50);
    await expect(stack({ decisions: many })).rejects.toMatchObject({ errors: [{ pointer: '/decisions' }] });
  });

  it('is not waited for where nobody holds anything that could count', async () => {
    const early = await on.sign(college, { ...badge(college), validFrom: '2027-01-01T00:00:00Z' });
    publishDefinition(on, early);
    const { report } = await stack({ credentials: [early.id] });
    expect([report.outcome, report.decisions[0]!.code]).toEqual(['unmet', 'unreachable']);
  });
});

describe('a limit of a decision', () => {
  /** Other forms of a document that mean the same to JSON-LD, so that the proof holds. */
  const forms: [string, (subject: JsonObject) => unknown][] = [
    ['cap in a list', (subject) => (subject.cap = [subject.cap!])],
    ['last day in a list', (subject) => (subject.inForceUntil = [subject.inForceUntil!])],
    ['mode in a list', (subject) => (subject.mode = [subject.mode!])],
    ['credit in a list', (subject) => (subject.credit = [subject.credit!])],
    [
      'appeal under its long name',
      (subject) => {
        subject['https://w3id.org/tatak/ph/v1#appeal'] = subject.appeal!;
        delete subject.appeal;
      },
    ],
    [
      'version under its long name',
      (subject) => {
        const [from] = subject.from as JsonObject[];
        from!['ph:version'] = from!.version!;
        delete from!.version;
      },
    ],
    ['an empty list more', (subject) => (subject.legalInstrument = [])],
    ['a null more', (subject) => (subject.evidence = null)],
  ];

  it.each(forms)('cannot be hidden: %s', async (_, change) => {
    const signed = await publish();
    change(subjectOf(signed));
    on.publish(DECISION, signed);
    const [outcome, code] = await answer();
    // Either nobody is fooled, or it still says the same.
    if (outcome === 'met') expect(readDecision(signed)).toEqual(readDecision(await on.sign(university, unsigned())));
    else expect([outcome, code]).toEqual(['pending', 'invalid not_a_decision']);
  });
});

describe('any document', () => {
  let good: JsonObject;
  beforeAll(() => {
    university = actor('university');
    good = unsigned();
  });

  it('is read as a decision only when it is one, whatever else it holds', () => {
    expect(readDecision(good)).toBeDefined();
    const members = Object.keys(subjectOf(good));
    fc.assert(
      fc.property(fc.constantFrom(...members, 'extra'), fc.jsonValue(), (member, value) => {
        const changed = structuredClone(good);
        subjectOf(changed)[member] = value as never;
        const read = readDecision(changed);
        if (!read) return;
        const { credit, validFrom, to } = read.decision;
        expect(typeof validFrom).toBe('string');
        expect(Number(credit.value)).toBeGreaterThan(0);
        expect(['specified', 'block', 'unspecified']).toContain(to.mode);
        expect(member).not.toBe('extra');
      }),
      { numRuns: 2_000 },
    );
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(readDecision({ ...good, credentialSubject: value as never })).toBeUndefined();
        expect(readDecision({ ...good, type: value as never })).toBeUndefined();
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['a cap below one value', { cap: '2' }],
    ['no credit', { credit: { type: ['PhCredit'], system: 'HE-UNIT-16', value: '0' } }],
    ['credit of no system', { credit: { type: ['PhCredit'], system: 'NONE', value: '3' } }],
    ['unspecified credit with a target', { mode: 'Unspecified' }],
    ['a block of nothing', { mode: 'Block', to: [] }],
    ['two targets', { to: [1, 2].map((n) => ({ type: ['PhAwardedAchievement'], achievement: `urn:a:${n}` })) }],
    ['two sources', { from: [1, 2].map((n) => ({ type: ['PhAwardedAchievement'], achievement: `urn:a:${n}` })) }],
  ])('with %s is none', (_, change) => {
    expect(readDecision(unsigned(change as JsonObject))).toBeUndefined();
  });
});
