import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ChainReason, type Grant, type GrantEvent, judge, type Register, type TrustPolicy } from '#accreditation';
import { ANCHOR, AWARD, delegate, event, grant, register, SCHOOL, walk } from './support/build.ts';
import { SEED } from './support/chains.ts';

const NARROW = [{ awardType: ['TvetMicroCredential'], pqfLevelRange: { from: 1, to: 3 } }];
const node = (n: number) => (n === 0 ? ANCHOR : `did:web:node-${n}.example`);

/** A line of authorities from the anchor to the school, `length` delegations long. */
function line(length: number, change: (link: Grant, index: number) => Grant = (link) => link) {
  const links = Array.from({ length: length + 1 }, (_, n) => {
    const depth = length - n - 1;
    const link =
      n === length
        ? grant(node(n), SCHOOL, { scope: NARROW })
        : delegate(node(n), node(n + 1), { scope: NARROW, maxDelegationDepth: depth });
    return change(link, n);
  });
  return { links, policy: { anchors: [ANCHOR], maxDepth: length + 1 } satisfies TrustPolicy };
}

function registersOf(links: readonly Grant[], events: readonly GrantEvent[] = []): Register[] {
  return [...Map.groupBy(links, (link) => link.accreditor)].map(([did, own]) =>
    register(
      did,
      own,
      events.filter((one) => own.some(({ id }) => id === one.grant)),
    ),
  );
}

const ask = (registers: readonly Register[], policy: TrustPolicy) =>
  judge(new Map(registers.map((one) => [one.accreditor, one])), policy, SCHOOL, AWARD);

const flaws: Record<string, { reason: ChainReason; change?: (link: Grant) => Grant; event?: GrantEvent['type'] }> = {
  'an expired link': { reason: 'parent_expired', change: (link) => ({ ...link, validUntil: '2026-03-01T00:00:00Z' }) },
  'a link not yet begun': {
    reason: 'parent_not_yet',
    change: (link) => ({ ...link, validFrom: '2026-10-01T00:00:00Z' }),
  },
  'a suspended link': { reason: 'parent_suspended', event: 'suspended' },
  'a withdrawn link': { reason: 'parent_withdrawn', event: 'withdrawn' },
  'an annulled link': { reason: 'parent_annulled', event: 'annulled' },
  'a link that only endorses': { reason: 'parent_verb', change: (link) => ({ ...link, verb: 'endorse' }) },
  'a link narrower than what is below it': {
    reason: 'wider_than_parent',
    change: (link) => ({ ...link, scope: [{ ...NARROW[0]!, pqfLevelRange: { from: 1, to: 2 } }] }),
  },
  'a link for something else': {
    reason: 'wider_than_parent',
    change: (link) => ({ ...link, scope: [{ awardType: ['License'] }] }),
  },
};

describe('RG-1: generated chains with one flaw', () => {
  it.each(Object.entries(flaws))('%s is refused, with the reason and the id of the link', (_name, flaw) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.nat(), (length, pick) => {
        const bad = pick % length;
        const { links, policy } = line(length, (link, n) => (n === bad && flaw.change ? flaw.change(link) : link));
        const events = flaw.event ? [event(links[bad]!, flaw.event, '2026-03-01')] : [];
        const { matched, rejected } = ask(registersOf(links, events), policy);
        expect(matched).toEqual([]);
        expect(rejected).toMatchObject([{ grant: links.at(-1)!.id, reason: flaw.reason, link: links[bad]!.id }]);
      }),
      { numRuns: 150, seed: SEED },
    );
  });

  it('the same chains without a flaw hold, to the id', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 12 }), (length) => {
        const { links, policy } = line(length);
        expect(ask(registersOf(links), policy).matched).toMatchObject([{ chain: links.map(({ id }) => id) }]);
      }),
      { numRuns: 50, seed: SEED },
    );
  });

  it('a gap is refused: nobody above the authority', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.nat(), (length, pick) => {
        const { links, policy } = line(length);
        const left = links.filter((_, n) => n !== pick % length);
        expect(ask(registersOf(left), policy)).toMatchObject({ matched: [], rejected: [{ reason: 'no_parent' }] });
      }),
      { numRuns: 150, seed: SEED },
    );
  });

  it('a ring is refused as a loop, and a longer chain than may be as too deep', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 12 }), fc.nat(), (size, entry) => {
        const ring = Array.from({ length: size }, (_, n) =>
          delegate(node(n + 1), node(((n + 1) % size) + 1), { scope: NARROW, maxDelegationDepth: 5 }),
        );
        const leaf = grant(node((entry % size) + 1), SCHOOL, { scope: NARROW });
        const { matched, rejected } = ask(registersOf([...ring, leaf]), { anchors: [ANCHOR], maxDepth: 3 });
        expect([matched, rejected.map(({ grant: id, reason }) => [id, reason])]).toEqual([[], [[leaf.id, 'loop']]]);
      }),
      { numRuns: 150, seed: SEED },
    );
    const { links, policy } = line(4);
    const { rejected } = ask(registersOf(links), { ...policy, maxDepth: 4 });
    expect(rejected).toMatchObject([{ reason: 'too_deep' }]);
  });

  it('authority handed on further than it may be is refused at the link that forbids it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 12 }), fc.nat(), (length, pick) => {
        const bad = pick % (length - 1);
        const less = (link: Grant, n: number) =>
          n === bad ? { ...link, maxDelegationDepth: link.maxDelegationDepth - 1 } : link;
        const { links, policy } = line(length, less);
        const { rejected } = ask(registersOf(links), policy);
        expect(rejected).toMatchObject([{ reason: 'delegation_depth', link: links[bad]!.id }]);
      }),
      { numRuns: 150, seed: SEED },
    );
  });
});

describe('RG-1: graphs of a thousand nodes', () => {
  const NODES = 1_000;
  const mesh = (last: readonly Grant[]): Register[] => {
    const links: Grant[] = [];
    // Everyone delegates to the seven after it, and to one far back: thick, deep and full of rings.
    for (let n = 0; n < NODES; n++) {
      for (const to of [1, 2, 3, 5, 8, 13, 21].map((step) => n + step)) {
        if (to < NODES)
          links.push({ ...delegate(node(n), node(to), { maxDelegationDepth: NODES }), id: `urn:${n}-${to}` });
      }
      links.push({ ...delegate(node(n), node(n >> 1), { maxDelegationDepth: NODES }), id: `urn:${n}-back` });
    }
    return registersOf([...links, ...last]);
  };

  it.each([
    ['a yes at the far end', 3, [grant(node(21 + 13), SCHOOL)], 'yes'],
    ['a no at the far end', 3, [grant(node(21 + 13), SCHOOL, { scope: [{ awardType: ['License'] }] })], 'no'],
    ['out of reach', 3, [grant(node(NODES - 1), SCHOOL)], 'not_covered'],
    ['any depth allowed', NODES, [grant(node(NODES - 1), SCHOOL)], 'yes'],
    [
      'any depth allowed, and nothing that fits',
      NODES,
      [grant(node(NODES - 1), SCHOOL, { scope: [{}, { awardType: ['A'] }] })],
      'no',
    ],
  ])('%s', async (name, maxDepth, last, expected) => {
    const registers = mesh(last);
    const times: number[] = [];
    let answer: string | undefined;
    for (let run = 0; run < 3; run++) {
      const from = performance.now();
      ({ answer } = (await walk(registers, { policy: { anchors: [ANCHOR], maxDepth } })).atAward);
      times.push(performance.now() - from);
    }
    const size = registers.reduce((sum, { grants }) => sum + grants.length, 0);
    console.log(
      `${name}: ${registers.length} nodes, ${size} grants, median ${times.sort((a, b) => a - b)[1]!.toFixed(1)} ms`,
    );
    expect(answer).toBe(expected);
  });

  it('a thousand authorities side by side, each with a way back to the anchor', async () => {
    const many = Array.from({ length: NODES - 1 }, (_, n) => node(n + 1));
    const last = many.at(-1)!;
    const registers = [
      register(
        ANCHOR,
        many.map((did) => delegate(ANCHOR, did)),
      ),
      ...many.map((did) => register(did, [did === last ? grant(did, SCHOOL) : delegate(did, ANCHOR)])),
    ];
    const times: number[] = [];
    for (let run = 0; run < 5; run++) {
      const from = performance.now();
      expect((await walk(registers)).answers).toEqual(['yes', 'yes']);
      times.push(performance.now() - from);
    }
    console.log(`side by side: ${registers.length} nodes, median ${times.sort((a, b) => a - b)[2]!.toFixed(1)} ms`);
  });
});
