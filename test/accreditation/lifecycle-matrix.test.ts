import { describe, expect, it } from 'vitest';
import {
  type AccreditationScope,
  type AwardFacts,
  type ChainReason,
  DIMENSIONS,
  type Grant,
  type GrantEvent,
  type Register,
  type Standing,
  type Succession,
} from '#accreditation';
import { ANCHOR, AUTHORITY, at, delegate, event, grant, judged, register, SCHOOL, shift } from './support/build.ts';
import { DIMENSION_NAMES, reasonOf, SAMPLES } from './support/scopes.ts';

const [FROM, X, Y, END] = ['2026-01-01', '2026-03-01', '2026-05-01', '2026-07-01'];
const LATER = at('2026-11-24');

interface Life {
  provisional?: true;
  events?: [type: GrantEvent['type'], from: string][];
  closed?: string;
  /** Written by hand: around each boundary, standing one second before, at the second, one second after. */
  table: [boundary: string, before: Standing, at: Standing, after: Standing][];
}

const LIVES: Record<string, Life> = {
  'granted provisionally': {
    provisional: true,
    table: [
      [FROM, 'not_yet', 'provisional', 'provisional'],
      [END, 'provisional', 'expired', 'expired'],
    ],
  },
  active: {
    provisional: true,
    events: [['activated', X]],
    table: [
      [FROM, 'not_yet', 'provisional', 'provisional'],
      [X, 'provisional', 'active', 'active'],
      [END, 'active', 'expired', 'expired'],
    ],
  },
  suspended: {
    events: [['suspended', X]],
    table: [
      [FROM, 'not_yet', 'active', 'active'],
      [X, 'active', 'suspended', 'suspended'],
      [END, 'suspended', 'expired', 'expired'],
    ],
  },
  reinstated: {
    events: [
      ['suspended', X],
      ['reinstated', Y],
    ],
    table: [
      [X, 'active', 'suspended', 'suspended'],
      [Y, 'suspended', 'active', 'active'],
      [END, 'active', 'expired', 'expired'],
    ],
  },
  'expired by end': {
    table: [
      [FROM, 'not_yet', 'active', 'active'],
      [END, 'active', 'expired', 'expired'],
    ],
  },
  'expired by event': {
    events: [['expired', X]],
    table: [
      [X, 'active', 'expired', 'expired'],
      [END, 'expired', 'expired', 'expired'],
    ],
  },
  withdrawn: {
    events: [['withdrawn', X]],
    table: [
      [X, 'active', 'withdrawn', 'withdrawn'],
      [END, 'withdrawn', 'withdrawn', 'withdrawn'],
    ],
  },
  superseded: {
    events: [['superseded', X]],
    table: [
      [X, 'active', 'superseded', 'superseded'],
      [END, 'superseded', 'superseded', 'superseded'],
    ],
  },
  'annulled from the start': {
    events: [['annulled', FROM]],
    table: [
      [FROM, 'not_yet', 'annulled', 'annulled'],
      [X, 'annulled', 'annulled', 'annulled'],
      [END, 'annulled', 'annulled', 'annulled'],
    ],
  },
  'annulled from a date': {
    events: [['annulled', X]],
    table: [
      [FROM, 'not_yet', 'active', 'active'],
      [X, 'active', 'annulled', 'annulled'],
      [END, 'annulled', 'annulled', 'annulled'],
    ],
  },
  'closed by succession': {
    closed: X,
    table: [
      [FROM, 'not_yet', 'active', 'active'],
      [X, 'active', 'closed', 'closed'],
      [END, 'closed', 'expired', 'expired'],
    ],
  },
};
const ENTITLED: ReadonlySet<Standing> = new Set<Standing>(['active', 'provisional']);

/** The grant (or the delegation above it) lives this life; everything else is in force all the time. */
function registers(life: Life, ofParent: boolean, scope: AccreditationScope[]): Register[] {
  const lived: Partial<Grant> = { scope, validFrom: FROM, validUntil: END, provisional: life.provisional ?? false };
  const always: Partial<Grant> = { scope, validFrom: '2025-01-01' };
  const top = delegate(ANCHOR, AUTHORITY, ofParent ? lived : always);
  const leaf = grant(AUTHORITY, SCHOOL, ofParent ? always : lived);
  const of = ofParent ? top : leaf;
  const events = (life.events ?? []).map(([type, from]) => event(of, type, from));
  const closing: Succession[] = life.closed
    ? [
        {
          ...{ predecessor: of.accredited, kind: 'Closure', mayAward: false, reason: 'closed' },
          ...{ effectiveAt: at(life.closed), recordedAt: at(life.closed) },
        },
      ]
    : [];
  return [
    register(ANCHOR, [top], ofParent ? events : [], ofParent ? closing : []),
    register(AUTHORITY, [leaf], ofParent ? [] : events, ofParent ? [] : closing),
  ];
}

/** Deny by default: the scope is looked at only of what is in force, and then the reason is the dimension. */
function expected(state: Standing, ofParent: boolean, fits: boolean, dimension: string): ChainReason | 'yes' {
  const holds = ENTITLED.has(state);
  if (ofParent) return fits ? (holds ? 'yes' : (`parent_${state}` as ChainReason)) : (dimension as ChainReason);
  return holds ? (fits ? 'yes' : (dimension as ChainReason)) : (state as ChainReason);
}

describe('IS-10, RG-1: life cycle x scope x award instant', () => {
  it('knows every dimension there is', () => {
    expect(DIMENSIONS.map(({ name }) => name).sort()).toEqual([...DIMENSION_NAMES].sort());
  });

  it('has the answer of the table in every cell, and no false yes', () => {
    let cells = 0;
    let yes = 0;
    let falseYes = 0;
    for (const [name, life] of Object.entries(LIVES)) {
      for (const ofParent of [false, true]) {
        for (const dimension of DIMENSION_NAMES) {
          const { limit, in: inside, out } = SAMPLES[dimension];
          const known = registers(life, ofParent, [{ [dimension]: limit }]);
          const awards: [string, AwardFacts, boolean][] = [
            ['matching', inside, true],
            ['not matching', out, false],
            ['not stated', {}, false],
          ];
          for (const [how, facts, fits] of awards) {
            for (const [boundary, ...states] of life.table) {
              for (const [offset, state] of states.entries()) {
                const instant = shift(at(boundary), offset - 1);
                const question = { role: 'Award' as const, at: instant, knownAt: LATER, facts };
                const { matched, rejected } = judged(known, question);
                const answer = matched.length > 0 ? 'yes' : rejected[0]!.reason;
                const wanted = expected(state, ofParent, fits, reasonOf(dimension));
                expect(answer, `${name}${ofParent ? ' (parent)' : ''} ${dimension} ${how} ${instant}`).toBe(wanted);
                cells++;
                if (answer === 'yes') yes++;
                if (answer === 'yes' && wanted !== 'yes') falseYes++;
              }
            }
          }
        }
      }
    }
    console.log(`life cycle matrix: ${cells} cells, ${yes} yes, ${falseYes} false yes`);
    expect({ cells, yes, falseYes }).toEqual({ cells: 7_056, yes: 784, falseYes: 0 });
  });
});
