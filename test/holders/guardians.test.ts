import { describe, expect, it } from 'vitest';
import { actingEmail, guardianOn } from '#credentials';
import {
  createGuardians,
  createPrivacy,
  createReleases,
  type HolderBadge,
  type HolderIdentifier,
  NOTHING_CHOSEN,
  wardIdOf,
} from '#holders';
import { createOfferedBadge } from '../../src/app/offered-badge.ts';
import { badgesOf } from '../../src/holders/badges.ts';
import { standingOf } from '../../src/holders/wards.ts';
import { problem } from '../credentials/support/problem.ts';

const until = '2027-03-01';
const provenAt = '2026-11-24T03:00:00Z';
const by = (value: string, kind: HolderIdentifier['kind'] = 'email'): HolderIdentifier => ({ kind, value, provenAt });
const ANA = { subjectId: 'urn:uuid:ana', name: 'Ana', email: 'Ana@X.example', studentNumber: '7' };
const GUARDED = { ...ANA, guardianEmail: 'Parent@Home.example', guardianUntil: until };
const award = (recipient: typeof ANA | object, more: object = {}) => ({
  ...{ tenant: 'uno', credentialId: 'c1', awardId: 'a1', edition: 1, state: 'active' as const, issuedAt: provenAt },
  ...{ subjectId: 'urn:uuid:ana', recipient: { subjectId: 'urn:uuid:ana', ...recipient } },
  ...more,
});

describe('who acts', () => {
  it('is the guardian to the last day, and the learner from the first of their own', () => {
    expect(guardianOn(GUARDED, '2027-02-28')).toEqual({ email: 'Parent@Home.example', until });
    expect(guardianOn(GUARDED, until)).toBeUndefined();
    expect(guardianOn(ANA, '2027-02-28')).toBeUndefined();
    expect([actingEmail(GUARDED, '2027-02-28'), actingEmail(GUARDED, until)]).toEqual([
      'Parent@Home.example',
      'Ana@X.example',
    ]);
    const { email: _, ...withoutAddress } = GUARDED;
    expect([actingEmail(withoutAddress, '2027-02-28'), actingEmail(withoutAddress, until)]).toEqual([
      'Parent@Home.example',
      undefined,
    ]);
  });

  it.each([
    ['parent@home.example', 'email', '2027-02-28', 'guardian'],
    ['parent@home.example', 'email', until, undefined],
    ['ana@x.example', 'email', '2027-02-28', 'minor'],
    ['ana@x.example', 'email', until, 'learner'],
    ['7', 'studentNumber', '2027-02-28', 'minor'],
    ['7', 'studentNumber', until, 'learner'],
    ['did:key:z1', 'did', '2027-02-28', 'minor'],
    ['did:key:z1', 'did', until, 'learner'],
  ] as const)('%s (%s) on %s: %s', (value, kind, day, as) => {
    expect(standingOf(award(GUARDED), by(value, kind), day)?.as).toBe(as);
  });

  it('is the guardian in a session that has shown both addresses, whichever came first', async () => {
    const reader = { credentialsOfIdentifier: async () => [award(GUARDED)] } as unknown as Parameters<
      typeof badgesOf
    >[0];
    const both = [by('ana@x.example'), by('parent@home.example')];
    for (const identifiers of [both, both.toReversed()]) {
      const [badge] = await badgesOf(reader, identifiers, '2026-12-01');
      expect(badge).toMatchObject({ as: 'guardian', boundBy: { value: 'parent@home.example' }, ward: { until } });
    }
  });

  it('tells wards apart by address, else by number at the institution, else by award', () => {
    const ids = [
      wardIdOf({ email: 'a@x.example', studentNumber: '7' }, 'uno', 'a1'),
      wardIdOf({ email: 'A@X.example' }, 'dos', 'a2'),
      wardIdOf({ studentNumber: '7' }, 'uno', 'a1'),
      wardIdOf({ studentNumber: '7' }, 'dos', 'a1'),
      wardIdOf({}, 'uno', 'a1'),
      wardIdOf({}, 'uno', 'a2'),
    ];
    expect(ids[0]).toBe(ids[1]);
    expect(new Set(ids).size).toBe(5);
  });
});

/** What each act would commit; badges of a session as they are given. */
function acts(badges: Partial<HolderBadge>[], over: { tenant: string; object: string }[][] = []) {
  const committed: { op: string; [name: string]: unknown }[][] = [];
  let now = '2027-02-28T15:59:59Z';
  const deps = {
    holders: {
      badges: async () => badges as HolderBadge[],
      session: async () => ({ identifiers: [by('p@x.example')] }),
    },
    reader: {
      guardiansOver: async () => over.shift() ?? [],
      offers: async () => ({ items: [] }),
      releaseChoice: async () => undefined,
      personalData: async () => [],
      institution: async () => undefined,
    },
    offers: { isOpen: () => true, renewed: async () => ({ op: 'offer.renew' }) },
    transactor: { commit: async (writes: never) => void committed.push(writes) },
    clock: { now: () => new Date(now) },
  };
  return {
    committed,
    guardians: createGuardians(deps as never),
    releases: createReleases(deps as never),
    privacy: createPrivacy(deps as never),
    set: (to: string) => {
      now = to;
    },
  };
}

const ward = { wardId: '0123456789abcdef', until, hasAddress: true };
const guarded = { ...award(GUARDED), as: 'guardian' as const, boundBy: by('parent@home.example'), ward };

describe('acts of a session', () => {
  it('are refused to the learner while a guardian acts', async () => {
    const { releases, committed } = acts([{ ...guarded, as: 'minor', boundBy: by('ana@x.example') }]);
    const choosing = releases.choose({ token: 't', credentialId: 'c1', release: NOTHING_CHOSEN });
    expect(await problem(choosing)).toMatchObject({ kind: 'forbidden', extensions: { code: 'guardian_decides' } });
    expect(committed).toEqual([]);
  });

  it('are refused for a learner whom the session does not act for', async () => {
    for (const badges of [[], [{ ...guarded, as: 'minor' as const }], [{ ...guarded, as: 'learner' as const }]]) {
      const { guardians, privacy, committed } = acts(badges);
      const refused = [
        guardians.letActAlone({ token: 't', ward: ward.wardId }),
        privacy.export('t', ward.wardId),
        privacy.plan('t', ward.wardId),
        privacy.erase({ token: 't', confirmation: 'x', ward: ward.wardId }),
      ];
      for (const one of refused) expect((await problem(one)).kind).toBe('not-found');
      expect(committed).toEqual([]);
    }
  });

  it('do not leave an award to a learner who could not sign in', async () => {
    const { guardians, committed } = acts([{ ...guarded, ward: { ...ward, hasAddress: false } }]);
    expect((await problem(guardians.letActAlone({ token: 't', ward: ward.wardId }))).kind).toBe('conflict');
    expect(committed).toEqual([]);
  });

  it('are of a guardian in the log, by a digest that is the same for the same learner and no other', async () => {
    const actorOf = async (badge: object) => {
      const { releases, committed } = acts([badge]);
      await releases.choose({ token: 't', credentialId: 'c1', release: NOTHING_CHOSEN });
      return committed[0]!.find(({ op }) => op === 'audit.append')!.actor;
    };
    const one = await actorOf(guarded);
    expect(one).toMatch(/^guardian:[0-9a-f]{16}$/);
    expect(await actorOf(guarded)).toBe(one);
    expect(await actorOf({ ...guarded, ward: { ...ward, wardId: 'f'.repeat(16) } })).not.toBe(one);
    expect(await actorOf({ ...guarded, as: 'learner' })).toMatch(/^holder:/);
  });
});

it('a wallet gets the badge where the guardian agrees, and the learner from the day', async () => {
  let now = '2027-02-28T15:59:59Z';
  const badgeOf = createOfferedBadge({
    reader: { credential: async () => ({ ...award(GUARDED), signed: '{"name":"SPECIMEN"}' }) as never },
    institutions: { get: async () => ({ profile: { name: 'Specimen College' } }) as never },
    clock: { now: () => new Date(now) },
  });
  const asked = async () => (await badgeOf({ credentialId: 'c1', tenant: 'uno' } as never))?.email;
  expect(await asked()).toBe('Parent@Home.example');
  now = '2027-02-28T16:00:00Z';
  expect(await asked()).toBe('Ana@X.example');
});

describe('guardians of learners who are of age', () => {
  it('are forgotten once a day, all of them', async () => {
    const many = Array.from({ length: 100 }, (_, n) => ({ tenant: 'uno', object: `c${n}` }));
    const { guardians, committed, set } = acts([], [many, [{ tenant: 'dos', object: 'b1/2' }], [], [many[0]!]]);
    expect(await guardians.sweepOnce()).toBe(true);
    expect(await guardians.sweepOnce()).toBe(false);
    expect(committed.map((writes) => writes.length)).toEqual([200, 2]);
    expect(committed[1]).toEqual([
      expect.objectContaining({
        op: 'personal.erase',
        row: expect.objectContaining({ kind: 'guardian', object: 'b1/2' }),
      }),
      expect.objectContaining({
        op: 'audit.append',
        actor: 'system',
        operation: 'guardian.end',
        detail: { by: 'day' },
      }),
    ]);
    expect(await guardians.sweepOnce()).toBe(false);
    set('2027-02-28T16:00:00Z');
    await guardians.sweepOnce();
    expect(committed).toHaveLength(2);
    set('2027-03-01T16:00:00Z');
    await guardians.sweepOnce();
    expect(committed).toHaveLength(3);
  });
});
