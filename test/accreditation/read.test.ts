import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contradiction, EVENT_TYPES, type GrantEvent, IN_FORCE, readEntries, standing } from '#accreditation';
import { ANCHOR, at, event, grant, SCHOOL } from './support/build.ts';
import { instant, runs } from './support/chains.ts';

const GRANT = grant(ANCHOR, SCHOOL, { validUntil: '2026-09-01' });
const KNOWN = at('2026-12-01');
const written = event(GRANT, 'suspended', '2026-03-01');

describe('entries of a register or of a part', () => {
  it.each<[string, object]>([
    ['an event nobody knows', { events: [{ ...written, type: 'blessed' }] }],
    ['an event without offset', { events: [{ ...written, effectiveAt: '2026-03-01T00:00:00' }] }],
    ['an event about nothing', { events: [{ ...written, grant: undefined }] }],
    ['a succession nobody knows', { successions: [{ kind: 'Takeover' }] }],
    ['no list of events', { events: {} }],
    ['no list of grants', { grants: undefined }],
  ])('%s refuse the whole: it may be what matters', (_name, change) => {
    const whole = { grants: [], events: [{ ...written }], successions: [] };
    expect(readEntries(whole as never, ANCHOR)?.events).toHaveLength(1);
    expect(readEntries({ ...whole, ...change } as never, ANCHOR)).toBeUndefined();
  });
});

describe('events that can all be true (generated)', () => {
  const some = fc.array(
    fc
      .record({ type: fc.constantFrom(...EVENT_TYPES), effectiveAt: instant })
      .map(({ type, effectiveAt }): GrantEvent => ({ grant: GRANT.id, type, effectiveAt, recordedAt: KNOWN })),
    { maxLength: 6 },
  );

  it('are admitted one by one, and after an end there is nothing in force, ever', () => {
    let ended = 0;
    fc.assert(
      fc.property(some, instant, (tried, when) => {
        const admitted: GrantEvent[] = [];
        for (const one of tried) if (!contradiction(GRANT, [...admitted, one])) admitted.push(one);
        expect(contradiction(GRANT, admitted)).toBeUndefined();
        const ends = admitted.filter(({ type }) => type === 'expired' || type === 'withdrawn' || type === 'superseded');
        expect(ends.length).toBeLessThan(2);
        if (ends[0] && ends[0].effectiveAt <= when) {
          ended++;
          expect(IN_FORCE[standing(GRANT, admitted, when, KNOWN)]).toBe(false);
        }
      }),
      runs(0.1),
    );
    expect(ended).toBeGreaterThan(50);
  });
});
