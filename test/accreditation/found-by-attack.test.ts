import { describe, expect, it } from 'vitest';
import { judge, legalInstant, type Register, readGrant, type Succession, walkRegisters } from '#accreditation';
import {
  ANCHOR,
  AUTHORITY,
  AWARD,
  at,
  delegate,
  event,
  grant,
  POLICY,
  register,
  SCHOOL,
  SUB,
  walk,
} from './support/build.ts';

const asked = (registers: Register[], policy = POLICY) => {
  const known = new Map(registers.map((one) => [one.accreditor, one]));
  return judge(known, policy, SCHOOL, AWARD);
};

describe('instants', () => {
  it.each([
    ['9999-12-31T23:59:59-05:00', undefined],
    ['0001-01-01T00:00:00+08:00', undefined],
    ['0001-01-01', undefined],
    ['9999-12-31', '9999-12-30T16:00:00Z'],
    ['2026-01-01T00:00:00', undefined],
    ['2026-01-01T00:00:00.5Z', undefined],
  ])('%s', (text, instant) => expect(legalInstant(text)).toBe(instant));

  it('a last second that has none after it is no end', () => {
    const document = {
      type: ['VerifiableCredential', 'PhAccreditationCredential'],
      id: 'urn:grant',
      issuer: ANCHOR,
      validFrom: '2026-01-01T00:00:00Z',
      validUntil: '9999-12-31T23:59:59Z',
      credentialSubject: {
        ...{ id: SCHOOL, accreditor: ANCHOR, accredited: SCHOOL, verb: 'accredit', role: 'Award' },
        ...{ scope: [{ awardType: ['HeiCourse'] }], recordedAt: '2026-01-01T00:00:00Z' },
      },
    };
    expect(readGrant(document)).not.toHaveProperty('validUntil');
  });
});

describe('an authority that has lost its delegation', () => {
  const top = delegate(ANCHOR, AUTHORITY);
  const ended = register(ANCHOR, [top], [event(top, 'withdrawn', '2026-07-01')]);

  it('cannot grant into the time when it had it', () => {
    const late = grant(AUTHORITY, SCHOOL, { recordedAt: at('2026-11-01') });
    const { matched, rejected } = asked([ended, register(AUTHORITY, [late])]);
    expect(matched).toEqual([]);
    expect(rejected[0]).toMatchObject({ reason: 'parent_withdrawn', link: top.id });
    const early = grant(AUTHORITY, SCHOOL, { recordedAt: at('2026-02-01') });
    expect(asked([ended, register(AUTHORITY, [early])]).matched).toHaveLength(1);
  });

  it('is not believed about who took whose place', async () => {
    const told = (recordedAt: string): Succession => ({
      ...{ predecessor: SUB, successor: SCHOOL, kind: 'Merger', mayAward: true, reason: 'merged' },
      ...{ effectiveAt: at('2026-01-01'), recordedAt: at(recordedAt) },
    });
    for (const [recordedAt, count] of [
      ['2026-11-01', 0],
      ['2026-02-01', 1],
    ] as const) {
      const registers = [ended, register(AUTHORITY, [], [], [told(recordedAt)])];
      expect((await walk(registers)).successions).toHaveLength(count);
    }
  });
});

describe('ids are what their signers wrote', () => {
  it('a copied id neither lends its chain nor spoils that of its owner', () => {
    const [honest, other] = [delegate(ANCHOR, AUTHORITY), delegate(ANCHOR, SUB, { maxDelegationDepth: 0 })];
    // SUB may not delegate; it gives a delegation of its own the id of the anchor's.
    const copy = { ...delegate(SUB, 'did:web:puppet.example'), id: honest.id };
    const leaf = grant(AUTHORITY, SCHOOL);
    const registers = [register(ANCHOR, [other, honest]), register(SUB, [copy]), register(AUTHORITY, [leaf])];
    const puppet = register('did:web:puppet.example', [grant('did:web:puppet.example', SCHOOL)]);
    for (const order of [
      [...registers, puppet],
      [puppet, ...registers.toReversed()],
    ]) {
      const { matched, rejected } = asked(order);
      expect(matched.map(({ accreditor }) => accreditor)).toEqual([AUTHORITY]);
      expect(rejected.map(({ accreditor }) => accreditor)).toEqual(['did:web:puppet.example']);
    }
  });
});

describe('who stands behind it', () => {
  it('nobody is accredited through a delegation of its own', () => {
    const deep = { ...POLICY, maxDepth: 5 };
    const puppet = 'did:web:puppet.example';
    const registers = [
      register(ANCHOR, [delegate(ANCHOR, SCHOOL, { maxDelegationDepth: 3 })]),
      register(SCHOOL, [delegate(SCHOOL, puppet)]),
      register(puppet, [grant(puppet, SCHOOL)]),
    ];
    const { matched, rejected } = asked(registers, deep);
    expect(matched).toEqual([]);
    expect(rejected.map(({ reason }) => reason)).toContain('self_granted');
  });

  it('an authority that is only endorsed makes no "no" by listing somebody', async () => {
    const endorsed = delegate(ANCHOR, AUTHORITY, { verb: 'endorse' });
    const source = async (did: string) => {
      const found = [register(ANCHOR, [endorsed]), register(AUTHORITY, [grant(AUTHORITY, SCHOOL)])].find(
        (one) => one.accreditor === did,
      );
      return found
        ? ({ outcome: 'ok', register: found } as const)
        : ({ outcome: 'unknown', code: 'x', detail: did } as const);
    };
    const { atAward } = await walkRegisters({ policy: POLICY, source, party: SCHOOL, question: AWARD });
    expect([atAward.answer, atAward.listedBy]).toEqual(['not_covered', []]);
  });
});
