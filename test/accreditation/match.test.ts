import { describe, expect, it } from 'vitest';
import {
  type Grant,
  type GrantEvent,
  IN_FORCE,
  type Question,
  type Standing,
  scopeContains,
  standing,
} from '#accreditation';
import { ANCHOR, AWARD, at, event as eventOf, grant, judged, register, SCHOOL } from './support/build.ts';

const GRANT = grant(ANCHOR, SCHOOL, {
  scope: [{ awardType: ['TvetMicroCredential'], pqfLevelRange: { from: 1, to: 3 } }],
  validUntil: '2027-01-01',
});
const LATER = at('2099-01-01');
const event = (type: GrantEvent['type'], effectiveAt: string, recordedAt?: string) =>
  eventOf(GRANT, type, effectiveAt, recordedAt);
const reasonOf = (of: Grant, events: readonly GrantEvent[], question: Question) => {
  const { matched, rejected } = judged([register(ANCHOR, [of], events)], question);
  return matched.length > 0 ? undefined : rejected[0]!.reason;
};

describe('standing of a grant', () => {
  const cases: [string, GrantEvent[], string, Standing][] = [
    ['the day before it begins', [], '2025-12-31', 'not_yet'],
    ['its first day', [], '2026-01-01', 'active'],
    ['its last day', [], '2026-12-31', 'active'],
    ['the day it ends', [], '2027-01-01', 'expired'],
    ['the day before a suspension', [event('suspended', '2026-03-01')], '2026-02-28', 'active'],
    ['the day of a suspension', [event('suspended', '2026-03-01')], '2026-03-01', 'suspended'],
    [
      'the last day of a lifted suspension',
      [event('suspended', '2026-03-01'), event('reinstated', '2026-04-01')],
      '2026-03-31',
      'suspended',
    ],
    [
      'the day of reinstatement',
      [event('suspended', '2026-03-01'), event('reinstated', '2026-04-01')],
      '2026-04-01',
      'active',
    ],
    ['the day before a withdrawal', [event('withdrawn', '2026-03-01')], '2026-02-28', 'active'],
    ['the day of a withdrawal', [event('withdrawn', '2026-03-01')], '2026-03-01', 'withdrawn'],
    [
      'reinstated after a withdrawal: a withdrawal is final',
      [event('withdrawn', '2026-03-01'), event('reinstated', '2026-04-01')],
      '2026-05-01',
      'withdrawn',
    ],
    [
      'written down late: the legal day decides',
      [event('suspended', '2026-03-01', '2026-09-01T00:00:00Z')],
      '2026-03-05',
      'suspended',
    ],
    [
      'two events of one day: the one written last',
      [event('reinstated', '2026-03-01', '2026-03-02T00:00:00Z'), event('suspended', '2026-03-01')],
      '2026-03-01',
      'active',
    ],
  ];
  it.each(cases)('%s', (_name, events, day, expected) => {
    expect(standing(GRANT, events, at(day), LATER)).toBe(expected);
    expect(IN_FORCE[expected]).toBe(expected === 'active');
  });

  it('does not throw without an end date, and ignores events of other grants', () => {
    const { validUntil: _, ...open } = GRANT;
    const foreign = { ...event('withdrawn', '2026-01-02'), grant: 'https://registry.example/accreditations/2' };
    expect(standing(open, [foreign], LATER, LATER)).toBe('active');
  });
});

describe('matching', () => {
  it('every cell of status x scope x verb x role: only one is an allow', () => {
    const scopes: [string, Grant['scope'], boolean][] = [
      ['match', GRANT.scope, true],
      ['second of two', [{ awardType: ['License'] }, { awardType: ['TvetMicroCredential'] }], true],
      ['no dimension limits nothing', [{}], true],
      ['empty', [], false],
      ['other type', [{ awardType: ['License'] }], false],
      ['empty list', [{ awardType: [] }], false],
      ['level', [{ pqfLevelRange: { from: 3, to: 5 } }], false],
      [
        'type matches but level does not',
        [{ awardType: ['TvetMicroCredential'], pqfLevelRange: { from: 3, to: 3 } }],
        false,
      ],
      ['achievement not asked about', [{ achievement: ['https://school.example/achievements/1'] }], false],
    ];
    let allows = 0;
    for (const [name, scope, fits] of scopes) {
      for (const verb of ['list', 'approve', 'accredit', 'endorse'] as const) {
        for (const role of ['Train', 'Assess', 'Award', 'Accredit'] as const) {
          for (const day of ['2025-12-31', '2026-02-15', '2026-03-15', '2027-01-01']) {
            const events = [event('suspended', '2026-03-01'), event('reinstated', '2026-04-01')];
            const expected = fits && verb === 'accredit' && role === 'Award' && day === '2026-02-15';
            const question = { ...AWARD, at: at(day), knownAt: LATER };
            const matched = reasonOf({ ...GRANT, scope, verb, role }, events, question) === undefined;
            expect(matched, `${name} ${verb} ${role} ${day}`).toBe(expected);
            if (matched) allows++;
          }
        }
      }
    }
    expect(allows).toBe(3);
  });

  it('an unstated fact does not satisfy a stated dimension', () => {
    const { awardType, pqfLevel } = AWARD.facts;
    expect(reasonOf(GRANT, [], { ...AWARD, facts: { pqfLevel: pqfLevel! } })).toBe('scope_award_type');
    expect(reasonOf(GRANT, [], { ...AWARD, facts: { awardType: awardType! } })).toBe('scope_pqf_level');
  });
});

describe('narrowing', () => {
  const outer = { awardType: ['A', 'B'], pqfLevelRange: { from: 2, to: 4 } };
  it.each([
    [{ awardType: ['A'], pqfLevelRange: { from: 2, to: 3 } }, true],
    [{ awardType: ['A'], pqfLevelRange: { from: 2, to: 4 }, achievement: ['urn:x'] }, true],
    [{ awardType: ['A', 'C'], pqfLevelRange: { from: 2, to: 3 } }, false],
    [{ awardType: ['A'], pqfLevelRange: { from: 1, to: 3 } }, false],
    [{ awardType: ['A'], pqfLevelRange: { from: 2, to: 5 } }, false],
    [{ awardType: ['A'] }, false],
    [{ pqfLevelRange: { from: 2, to: 3 } }, false],
    [{}, false],
  ])('%j inside the wider item: %s', (inner, expected) => expect(scopeContains(outer, inner)).toBe(expected));
});
