import { describe, expect, it } from 'vitest';
import { type RegisterAnswer, walkRegisters } from '#accreditation';
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

describe('two answers', () => {
  it('yes and yes, with the chain', async () => {
    const [top, leaf] = [delegate(ANCHOR, AUTHORITY), grant(AUTHORITY, SCHOOL)];
    const result = await walk([register(ANCHOR, [top]), register(AUTHORITY, [leaf])]);
    expect(result.answers).toEqual(['yes', 'yes']);
    expect(result.atAward.matched).toEqual([
      {
        ...{ grant: leaf.id, accreditor: AUTHORITY, standing: 'active', anchor: ANCHOR, chain: [top.id, leaf.id] },
        ...{ validFrom: leaf.validFrom, legalInstrument: [] },
      },
    ]);
  });

  it('withdrawn after the award: then yes, now no', async () => {
    const leaf = grant(ANCHOR, SCHOOL);
    const result = await walk([register(ANCHOR, [leaf], [event(leaf, 'withdrawn', '2026-09-01')])]);
    expect(result.answers).toEqual(['yes', 'no']);
    expect(result.now.rejected).toEqual([
      { grant: leaf.id, accreditor: ANCHOR, verb: 'accredit', role: 'Award', reason: 'withdrawn' },
    ]);
  });

  it('accredited only after the award: then no, now yes', async () => {
    const result = await walk([register(ANCHOR, [grant(ANCHOR, SCHOOL, { validFrom: '2026-07-01' })])]);
    expect(result.answers).toEqual(['no', 'yes']);
  });

  it('suspended on the award day and reinstated since', async () => {
    const leaf = grant(ANCHOR, SCHOOL);
    const events = [event(leaf, 'suspended', '2026-06-01'), event(leaf, 'reinstated', '2026-07-01')];
    expect((await walk([register(ANCHOR, [leaf], events)])).answers).toEqual(['no', 'yes']);
  });

  it('asked later about the same day, the answer is the same', async () => {
    const leaf = grant(ANCHOR, SCHOOL);
    const before = await walk([register(ANCHOR, [leaf])]);
    const after = await walk([register(ANCHOR, [leaf], [event(leaf, 'withdrawn', '2026-06-16')])]);
    expect(after.atAward).toEqual(before.atAward);
  });
});

describe('no, unknown and not covered are three things', () => {
  it('listed but out of scope: no', async () => {
    const result = await walk([register(ANCHOR, [grant(ANCHOR, SCHOOL, { scope: [{ awardType: ['License'] }] })])]);
    expect(result.answers).toEqual(['no', 'no']);
    expect(result.atAward.rejected[0]!.reason).toBe('scope_award_type');
  });

  it('listed only below an authority for something else: no', async () => {
    const other = { scope: [{ awardType: ['License'] }] };
    const result = await walk([
      register(ANCHOR, [delegate(ANCHOR, AUTHORITY, other)]),
      register(AUTHORITY, [grant(AUTHORITY, SCHOOL, other)]),
    ]);
    expect(result.answers).toEqual(['no', 'no']);
  });

  it('in no register: not covered', async () => {
    expect((await walk([register(ANCHOR, [])])).answers).toEqual(['not_covered', 'not_covered']);
  });

  it('anchor down: unknown', async () => {
    const result = await walk([], {});
    expect(result.answers).toEqual(['unknown', 'unknown']);
    expect(result.unanswered).toEqual([{ accreditor: ANCHOR, code: 'register_unreachable', detail: ANCHOR }]);
  });

  it('a register below is down: unknown, unless a yes was found elsewhere', async () => {
    const top = delegate(ANCHOR, AUTHORITY);
    expect((await walk([register(ANCHOR, [top])])).answers).toEqual(['unknown', 'unknown']);
    const both = [register(ANCHOR, [top, grant(ANCHOR, SCHOOL)])];
    expect((await walk(both)).answers).toEqual(['yes', 'yes']);
  });

  it('a register that could not have said yes does not make a no unknown', async () => {
    const result = await walk([
      register(ANCHOR, [
        delegate(ANCHOR, AUTHORITY, { scope: [{ awardType: ['License'] }] }),
        grant(ANCHOR, SCHOOL, { validFrom: '2026-12-01' }),
      ]),
    ]);
    expect(result.answers).toEqual(['no', 'no']);
  });

  it('a register that speaks for somebody else is not an answer', async () => {
    const answer: RegisterAnswer = { outcome: 'ok', register: register(SCHOOL, [grant(SCHOOL, SCHOOL)]) };
    const input = { policy: POLICY, source: async () => answer, party: SCHOOL, question: AWARD };
    expect((await walkRegisters(input)).atAward.answer).toBe('unknown');
  });
});

describe('defects seen in other verifiers', () => {
  it('the accredited party is compared, not the accreditor', async () => {
    const result = await walk([register(ANCHOR, [grant(ANCHOR, SCHOOL)])], { issuer: ANCHOR });
    expect(result.answers).toEqual(['not_covered', 'not_covered']);
  });

  it('a failed scope is not outvoted by a valid outer result', async () => {
    const result = await walk([
      register(ANCHOR, [delegate(ANCHOR, AUTHORITY)]),
      register(AUTHORITY, [grant(AUTHORITY, SCHOOL, { scope: [{ awardType: ['License'] }] })]),
    ]);
    expect(result.answers).toEqual(['no', 'no']);
  });

  it('one matching dimension is not enough', async () => {
    const scope = [{ awardType: ['TvetMicroCredential'], pqfLevelRange: { from: 5, to: 5 } }];
    expect((await walk([register(ANCHOR, [grant(ANCHOR, SCHOOL, { scope })])])).answers).toEqual(['no', 'no']);
  });

  it('an endorsement is not an accreditation', async () => {
    const result = await walk([register(ANCHOR, [grant(ANCHOR, SCHOOL, { verb: 'endorse' })])]);
    expect(result.atAward.rejected[0]!.reason).toBe('verb');
    expect(result.answers).toEqual(['no', 'no']);
  });
});

describe('chains', () => {
  it('a loop ends, and gives nothing', async () => {
    const result = await walk([
      register(ANCHOR, []),
      register(AUTHORITY, [delegate(AUTHORITY, SUB), grant(AUTHORITY, SCHOOL)]),
      register(SUB, [delegate(SUB, AUTHORITY)]),
    ]);
    expect(result.answers).toEqual(['not_covered', 'not_covered']);
    const reached = await walk([
      register(ANCHOR, [delegate(ANCHOR, AUTHORITY)]),
      register(AUTHORITY, [delegate(AUTHORITY, SUB)]),
      register(SUB, [delegate(SUB, AUTHORITY), delegate(SUB, ANCHOR)]),
    ]);
    expect(reached.asked.sort()).toEqual([ANCHOR, AUTHORITY, SUB].sort());
  });

  it('scope only narrows', async () => {
    const wide = { scope: [{ awardType: ['TvetMicroCredential', 'License'] }] };
    const result = await walk([
      register(ANCHOR, [delegate(ANCHOR, AUTHORITY)]),
      register(AUTHORITY, [grant(AUTHORITY, SCHOOL, wide)]),
    ]);
    expect(result.atAward.rejected[0]!.reason).toBe('wider_than_parent');
    expect(result.answers).toEqual(['no', 'no']);
  });

  it.each([
    ['suspended', 'parent_suspended'],
    ['withdrawn', 'parent_withdrawn'],
  ] as const)('a parent %s before the award takes the children with it', async (type, reason) => {
    const top = delegate(ANCHOR, AUTHORITY);
    const result = await walk([
      register(ANCHOR, [top], [event(top, type, '2026-06-01')]),
      register(AUTHORITY, [grant(AUTHORITY, SCHOOL)]),
    ]);
    expect(result.atAward.rejected[0]!.reason).toBe(reason);
    expect(result.answers).toEqual(['no', 'no']);
  });

  it('a parent lost after the award leaves the award what it was', async () => {
    const top = delegate(ANCHOR, AUTHORITY);
    const result = await walk([
      register(ANCHOR, [top], [event(top, 'withdrawn', '2026-06-16')]),
      register(AUTHORITY, [grant(AUTHORITY, SCHOOL)]),
    ]);
    expect(result.answers).toEqual(['yes', 'no']);
  });

  it('three registers deep is allowed, four is not', async () => {
    const deep = [
      register(ANCHOR, [delegate(ANCHOR, AUTHORITY)]),
      register(AUTHORITY, [delegate(AUTHORITY, SUB)]),
      register(SUB, [grant(SUB, SCHOOL), delegate(SUB, 'did:web:deep.example')]),
      register('did:web:deep.example', [grant('did:web:deep.example', 'did:web:far.example')]),
    ];
    expect((await walk(deep)).answers).toEqual(['yes', 'yes']);
    expect((await walk(deep, { policy: { ...POLICY, maxDepth: 2 } })).answers).toEqual(['not_covered', 'not_covered']);
    const far = await walk(deep, { issuer: 'did:web:far.example' });
    expect(far.answers).toEqual(['not_covered', 'not_covered']);
    expect(far.asked).not.toContain('did:web:deep.example');
  });

  it('nobody accredits itself, except an anchor', async () => {
    const self = await walk(
      [register(ANCHOR, [delegate(ANCHOR, AUTHORITY)]), register(AUTHORITY, [grant(AUTHORITY, AUTHORITY)])],
      { issuer: AUTHORITY },
    );
    expect(self.atAward.rejected.map(({ reason }) => reason)).toContain('self_granted');
    expect((await walk([register(ANCHOR, [grant(ANCHOR, ANCHOR)])], { issuer: ANCHOR })).answers).toEqual([
      'yes',
      'yes',
    ]);
  });

  it('a thousand authorities are walked once each', async () => {
    const many = Array.from({ length: 1_000 }, (_, n) => `did:web:a${n}.example`);
    const registers = [
      register(
        ANCHOR,
        many.map((did) => delegate(ANCHOR, did)),
      ),
      ...many.map((did) => register(did, did === many[999] ? [grant(did, SCHOOL)] : [delegate(did, ANCHOR)])),
    ];
    const result = await walk(registers);
    expect(result.answers).toEqual(['yes', 'yes']);
    expect(result.asked).toHaveLength(1_001);
  });
});

describe('matrix of status x scope x date x depth', () => {
  it('has no false allow', async () => {
    const days = { before: '2025-12-31', inside: '2026-06-15', suspended: '2026-03-15', after: '2027-01-01' };
    for (const depth of [1, 2, 3]) {
      for (const fits of [true, false]) {
        for (const state of ['active', 'suspended', 'withdrawn'] as const) {
          for (const [when, day] of Object.entries(days)) {
            for (const level of Array.from({ length: depth }, (_, index) => index)) {
              const path = [ANCHOR, AUTHORITY, SUB].slice(0, depth);
              // The flaw sits on one link of the chain, each in turn.
              const links = path.map((from, index) => {
                const scope = [{ awardType: index === level && !fits ? ['License'] : ['TvetMicroCredential'] }];
                const to = path[index + 1];
                const more = { scope, validUntil: '2027-01-01' };
                return to ? delegate(from, to, more) : grant(from, SCHOOL, more);
              });
              const registers = links.map((link, index) => {
                const flaw = state === 'active' || index !== level ? [] : [event(link, state, '2026-03-01')];
                const lifted =
                  flaw.length > 0 && state === 'suspended' ? [event(link, 'reinstated', '2026-04-01')] : [];
                return register(path[index]!, [link], [...flaw, ...lifted]);
              });
              const result = await walk(registers, { question: { ...AWARD, at: at(day) } });
              const held = when === 'inside' || when === 'suspended';
              const alive = state === 'active' || (state === 'suspended' && when === 'inside');
              const expected = fits && held && alive ? 'yes' : 'no';
              expect(result.atAward.answer, JSON.stringify({ depth, fits, state, when, level })).toBe(expected);
            }
          }
        }
      }
    }
  });
});
