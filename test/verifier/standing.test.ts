import { beforeEach, describe, expect, it } from 'vitest';
import type { JsonObject } from '#kernel';
import type { Report } from '#verifier';
import {
  type Actor,
  actor,
  badge,
  grant,
  publishDefinition,
  register,
  registerUrl,
  type World,
  world,
} from './world.ts';

let anchor: Actor;
let authority: Actor;
let school: Actor;
let on: World;

const of = (report: Report, name: string) => report.checks.find((one) => one.check === name)!;

async function verify(more: JsonObject = {}, achievement: JsonObject = {}, definition: JsonObject | false = {}) {
  const document = await on.sign(school, badge(school, more, achievement));
  if (definition) publishDefinition(on, document, definition);
  return on.verifier.verify({ document });
}

beforeEach(() => {
  [anchor, authority, school] = [actor('anchor'), actor('authority'), actor('school')];
  on = world([anchor]);
  on.join(authority);
  on.join(school);
});

const event = (of: JsonObject, type: string, effectiveAt: string): JsonObject => ({
  grant: of.id!,
  type,
  effectiveAt,
  recordedAt: `${effectiveAt}T00:00:00Z`,
  reason: 'for the test',
});

describe('accreditation', () => {
  it('through a chain of two registers', async () => {
    await register(on, anchor, [await grant(on, { by: anchor, to: authority, role: 'Accredit' })]);
    await register(on, authority, [await grant(on, { by: authority, to: school })]);
    const report = await verify();
    expect([report.verdict, report.recognition]).toEqual(['valid', 'recognised']);
    expect(of(report, 'issuer')).toMatchObject({ result: 'pass', code: 'in_register' });
    expect(of(report, 'accreditation').evidence).toMatchObject({ accreditedAtAward: 'yes', accreditedNow: 'yes' });
  });

  it('genuine, but awarded while suspended', async () => {
    const given = await grant(on, { by: anchor, to: school });
    const events = [event(given, 'suspended', '2026-06-01'), event(given, 'reinstated', '2026-07-01')];
    await register(on, anchor, [given], { events });
    const report = await verify();
    expect([report.verdict, report.recognition]).toEqual(['valid', 'not_recognised']);
    expect(of(report, 'accreditation')).toMatchObject({ result: 'fail', code: 'accredited_now_not_then' });
    expect(report.sentence.en).toBe('Genuine, but the issuer was not accredited for this award when it was made.');
  });

  it('says why it was not accredited, where that is one thing', async () => {
    const given = await grant(on, { by: anchor, to: school, validUntil: '2026-01-31T15:59:59Z' });
    await register(on, anchor, [given]);
    const why = async () => of(await verify({ awardedDate: '2026-03-14T00:00:00Z' }), 'accreditation').message;
    expect((await why()).en).toContain('Its accreditation had ended.');
    expect((await why()).fil).toContain('Natapos na ang akreditasyon nito.');
    const other = await grant(on, { by: anchor, to: school });
    await register(on, anchor, [given, other], { events: [event(other, 'suspended', '2026-02-01')] });
    expect((await why()).en).toBe('On the award day the issuer was not accredited to award this.');
  });

  it('withdrawn after the award: still recognised, and both answers are shown', async () => {
    const given = await grant(on, { by: anchor, to: school });
    await register(on, anchor, [given], { events: [event(given, 'withdrawn', '2026-09-01')] });
    const report = await verify();
    expect(report.recognition).toBe('recognised');
    expect(of(report, 'accreditation')).toMatchObject({ code: 'accredited_then_not_now' });
    expect(of(report, 'accreditation').message.en).toContain(
      'today it no longer is. The award keeps its standing. It was withdrawn.',
    );
    expect(report.sentence.en).toContain('though today it no longer is');
  });

  it.each<[string, string, string]>([
    ['2025-12-31T15:59:59Z', '2025-12-31', 'not_recognised'],
    ['2025-12-31T16:00:00Z', '2026-01-01', 'recognised'],
    ['2026-06-30T15:59:59Z', '2026-06-30', 'recognised'],
    ['2026-06-30T16:00:00Z', '2026-07-01', 'not_recognised'],
  ])('an award at %s is of %s in Manila: %s', async (awardedDate, day, recognition) => {
    await register(on, anchor, [await grant(on, { by: anchor, to: school, validUntil: '2026-06-30T15:59:59Z' })]);
    const report = await verify({ awardedDate });
    expect(of(report, 'accreditation').evidence).toMatchObject({ awardDay: day });
    expect(report.recognition).toBe(recognition);
  });

  it('the award date counts, not the date of a re-issue', async () => {
    await register(on, anchor, [await grant(on, { by: anchor, to: school, validUntil: '2026-06-30T15:59:59Z' })]);
    expect((await verify({ validFrom: '2026-09-01T00:00:00Z' })).recognition).toBe('recognised');
  });

  it('nobody we trust covers it', async () => {
    await register(on, anchor, []);
    const report = await verify();
    expect([report.verdict, report.recognition]).toEqual(['valid', 'not_shown']);
    expect(report.sentence.en).toBe('Genuine, but no register we trust covers this award.');
    expect(of(report, 'issuer')).toMatchObject({ result: 'warning', code: 'self_claimed' });
  });

  it('a register of one’s own does not help', async () => {
    await register(on, anchor, []);
    await register(on, school, [await grant(on, { by: school, to: school })]);
    expect((await verify()).recognition).toBe('not_shown');
  });

  const broken: [string, () => Promise<void> | void, string][] = [
    ['unreachable', () => {}, 'register_unreachable'],
    [
      'signed by somebody else',
      async () => register(on, anchor, [await grant(on, { by: anchor, to: school })], { signedBy: school }),
      'register_proof_fail',
    ],
    [
      'speaking for somebody else',
      async () => register(on, anchor, [], { signedBy: school, accreditor: school.did }),
      'register_other_accreditor',
    ],
    [
      'expired',
      async () => register(on, anchor, [await grant(on, { by: anchor, to: school })], { at: '2026-11-22T00:00:00Z' }),
      'register_expired',
    ],
    [
      'with an event nobody knows',
      async () => {
        const given = await grant(on, { by: anchor, to: school });
        await register(on, anchor, [given], { events: [event(given, 'blessed', '2026-01-01')] });
      },
      'register_malformed',
    ],
    [
      'a web page',
      () => void on.pages.set(registerUrl(anchor.did), { body: '<html>', contentType: 'text/html' }),
      'register_not_json',
    ],
  ];
  it.each(broken)('a register %s is unknown, never yes and never no', async (_name, arrange, code) => {
    await arrange();
    const report = await verify();
    expect([report.verdict, report.recognition]).toEqual(['valid', 'not_shown']);
    expect(of(report, 'accreditation')).toMatchObject({ result: 'unknown', code: 'register_unanswered' });
    expect(of(report, 'accreditation').evidence.unanswered).toMatchObject([{ accreditor: anchor.did, code }]);
  });

  it('a tampered grant inside a register breaks the register', async () => {
    await register(on, anchor, [await grant(on, { by: anchor, to: school, scope: [{ awardType: ['License'] }] })]);
    const url = registerUrl(anchor.did);
    const text = on.pages.get(url)!.body as string;
    on.pages.set(url, { body: text.replace('License', 'TvetMicroCredential') });
    expect(of(await verify(), 'accreditation').result).toBe('unknown');
  });

  it('a grant of another authority inside a register grants nothing', async () => {
    await register(on, anchor, [await grant(on, { by: school, to: school })]);
    expect((await verify()).recognition).toBe('not_shown');
  });

  it('kind and level come from the definition when the badge has no extension', async () => {
    await register(on, anchor, [await grant(on, { by: anchor, to: school })]);
    const plain = badge(school);
    const { '@context': contexts, awardId: _, ...rest } = plain;
    const achievement = { ...((rest.credentialSubject as JsonObject).achievement as JsonObject) };
    const { awardType, pqfLevel, ...native } = achievement;
    native.type = ['Achievement'];
    const document = await on.sign(school, {
      '@context': (contexts as string[]).slice(0, 2),
      ...rest,
      type: ['VerifiableCredential', 'OpenBadgeCredential'],
      credentialSubject: { ...(rest.credentialSubject as JsonObject), achievement: native },
    });
    publishDefinition(on, document, { awardType: awardType!, pqfLevel: pqfLevel! });
    expect((await on.verifier.verify({ document })).recognition).toBe('recognised');
    publishDefinition(on, document, { awardType: 'License' });
    expect((await on.verifier.verify({ document })).recognition).toBe('not_recognised');
  });

  it('under TESDA rules the assessment centre is asked about too', async () => {
    const centre = on.join(actor('centre'));
    const own = await grant(on, { by: anchor, to: school });
    const source = { id: centre.did, type: ['Profile'], name: 'Specimen Assessment Centre' };
    const base = badge(school, {}, { regime: 'TESDA' });
    (base.credentialSubject as JsonObject).source = source;
    const document = await on.sign(school, base);
    publishDefinition(on, document);
    const ask = async () => {
      const report = await on.verifier.verify({ document });
      return [report.recognition, of(report, 'accreditation').code];
    };
    await register(on, anchor, [own]);
    expect(await ask()).toEqual(['not_shown', 'centre_not_shown']);
    await register(on, anchor, [own, await grant(on, { by: anchor, to: centre, role: 'Train' })]);
    expect(await ask()).toEqual(['not_recognised', 'centre_not_accredited']);
    await register(on, anchor, [own, await grant(on, { by: anchor, to: centre, role: 'Assess' })]);
    expect(await ask()).toEqual(['recognised', 'accredited']);
    // A list of one has the same signature; it must not take the question away.
    await register(on, anchor, [own]);
    ((document.credentialSubject as JsonObject).achievement as JsonObject).regime = ['TESDA'];
    expect(await ask()).toEqual(['not_shown', 'centre_not_shown']);
  });
});

describe('the achievement', () => {
  beforeEach(async () => {
    await register(on, anchor, [await grant(on, { by: anchor, to: school })]);
  });
  it.each<[string, JsonObject | false, string, string, string]>([
    ['permitted', {}, 'pass', 'permitted', 'recognised'],
    ['not permitted', { permittedIssuers: ['did:web:other.example'] }, 'fail', 'not_permitted', 'not_recognised'],
    ['nobody permitted', { permittedIssuers: [] }, 'fail', 'not_permitted', 'not_recognised'],
    ['unreachable', false, 'unknown', 'definition_unreachable', 'not_shown'],
    ['another definition', { id: 'https://school.example/achievements/2' }, 'unknown', 'definition_other', 'not_shown'],
    ['another level in the same version', { pqfLevel: 3 }, 'warning', 'definition_differs', 'not_shown'],
    [
      'credit the badge does not claim',
      { credit: [{ system: 'HE-UNIT-18', value: '1' }] },
      'pass',
      'permitted',
      'recognised',
    ],
    ['only another version', { version: '2', pqfLevel: 3 }, 'unknown', 'definition_other_version', 'not_shown'],
  ])('%s', async (_name, definition, result, code, recognition) => {
    const report = await verify({}, {}, definition);
    expect(of(report, 'achievement')).toMatchObject({ result, code });
    expect(report.verdict).toBe('valid');
    expect(report.recognition).toBe(recognition);
  });

  const published = () => achievementOf(badge(school)).id as string;

  it('an earlier version is compared with that version', async () => {
    const document = await on.sign(school, badge(school));
    publishDefinition(on, document, { version: '2', pqfLevel: 3, permittedIssuers: [] });
    on.publish(`${published()}?version=1`, { ...achievementOf(document), permittedIssuers: [school.did] });
    const report = await on.verifier.verify({ document });
    expect([of(report, 'achievement').code, report.recognition]).toEqual(['permitted', 'recognised']);
  });

  it.each<[string, JsonObject, JsonObject]>([
    ['a version that was never published', { version: '99', pqfLevel: 8 }, {}],
    [
      'more credit than was published',
      { credit: [{ type: ['PhCredit'], system: 'HE-UNIT-18', value: '100' }] },
      { credit: [{ type: ['PhCredit'], system: 'HE-UNIT-18', value: '3' }] },
    ],
    [
      'units that were not published',
      { unitOfCompetency: [{ type: ['PhUnitOfCompetency'], code: 'ELC724331', title: 'Unit' }] },
      {},
    ],
  ])('a permitted issuer cannot add %s', async (_name, claimed, definition) => {
    const document = await on.sign(school, badge(school, {}, claimed));
    const creator = { id: authority.did, type: ['Profile'] };
    const mine = achievementOf(badge(school));
    on.publish(published(), { ...mine, creator, permittedIssuers: [school.did], ...definition });
    expect((await on.verifier.verify({ document })).recognition).toBe('not_shown');
  });
});

it('an award dated into a later accreditation was not made under it', async () => {
  await register(on, anchor, [await grant(on, { by: anchor, to: school, validFrom: '2027-01-01T00:00:00Z' })]);
  const report = await verify({ awardedDate: '2027-06-01T00:00:00Z' });
  expect(report.recognition).toBe('not_recognised');
});

function achievementOf(document: JsonObject): JsonObject {
  return (document.credentialSubject as JsonObject).achievement as JsonObject;
}

describe('endorsements', () => {
  const endorsement = (by: Actor, subject: string, more: JsonObject = {}): JsonObject => ({
    '@context': (badge(school)['@context'] as string[]).slice(0, 2),
    id: `https://${by.did.slice(8)}/endorsements/1`,
    type: ['VerifiableCredential', 'EndorsementCredential'],
    issuer: { id: by.did, type: ['Profile'], name: 'Specimen Industry Board' },
    validFrom: '2026-06-01T00:00:00Z',
    name: 'Endorsement',
    credentialSubject: { id: subject, type: ['EndorsementSubject'], endorsementComment: 'Well taught.' },
    ...more,
  });

  async function endorsed(subject: string, more: JsonObject = {}, change?: (one: JsonObject) => void) {
    const board = on.join(actor('board'));
    await register(on, anchor, []);
    const { '@context': _, ...one } = await on.sign(board, endorsement(board, subject, more));
    change?.(one);
    const base = badge(school);
    ((base.credentialSubject as JsonObject).achievement as JsonObject).endorsement = [one];
    return of(await on.verifier.verify({ document: await on.sign(school, base) }), 'endorsements');
  }
  const achievement = 'https://school.example/achievements/1';

  it('none', async () => expect(of(await verify(), 'endorsements').result).toBe('not_applicable'));
  it('a genuine one of the achievement', async () => {
    expect(await endorsed(achievement)).toMatchObject({ result: 'pass', code: 'endorsements_valid' });
  });
  it('of something else', async () => {
    const found = await endorsed('https://school.example/achievements/2');
    expect(found).toMatchObject({ result: 'warning', evidence: { endorsements: [{ code: 'other_subject' }] } });
  });
  it('expired', async () => {
    const found = await endorsed(achievement, { validUntil: '2026-07-01T00:00:00Z' });
    expect(found).toMatchObject({ result: 'warning', evidence: { endorsements: [{ code: 'expired' }] } });
  });
  it('changed', async () => {
    const found = await endorsed(achievement, {}, (one) => {
      (one.credentialSubject as JsonObject).endorsementComment = 'Badly taught.';
    });
    expect(found).toMatchObject({ result: 'warning', evidence: { endorsements: [{ code: 'signature_invalid' }] } });
  });
});
