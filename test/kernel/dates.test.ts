import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isDay, isSameJson, type Json, parseDateTimeStamp } from '#kernel';

describe('dates', () => {
  it('exist exactly when the calendar of the platform has them', () => {
    for (const year of [1, 4, 99, 100, 1900, 2000, 2024, 2026, 9999]) {
      for (let month = 0; month <= 13; month++) {
        for (let day = 0; day <= 32; day++) {
          const text = [
            String(year).padStart(4, '0'),
            ...[month, day].map((part) => String(part).padStart(2, '0')),
          ].join('-');
          const date = new Date(0);
          date.setUTCFullYear(year, month - 1, day);
          const exists = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
          expect(isDay(text), text).toBe(exists);
          expect(parseDateTimeStamp(`${text}T00:00:00Z`)?.getTime(), text).toBe(exists ? date.getTime() : undefined);
        }
      }
    }
    expect(isDay('0000-01-01')).toBe(false);
  });

  it('are read as the platform reads them, and no other text is', () => {
    const instants = fc.date({
      min: new Date('0001-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instants, fc.constantFrom('Z', '+08:00', '-11:30', '.5Z', '.123456789+00:00'), (instant, end) => {
        const text = `${instant.toISOString().slice(0, 19)}${end}`;
        expect(parseDateTimeStamp(text)?.getTime()).toBe(new Date(text).getTime());
      }),
    );
    const wrong = ['T24:00:00Z', 'T23:60:00Z', 'T23:59:60Z', 'T00:00:00', 'T00:00:00+15:00', 'T0:00:00Z', ' 00:00:00Z'];
    for (const end of wrong) expect(parseDateTimeStamp(`2026-11-02${end}`), end).toBeUndefined();
  });
});

describe('the same JSON', () => {
  it('is what has the same text', () => {
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof({ maxDepth: 3 }, fc.constantFrom<Json>(0, 1, '0', '', null, true, false), tie('list'), tie('map')),
      list: fc.array(tie('tree'), { maxLength: 2 }),
      map: fc.dictionary(fc.constantFrom('a', 'b', '0'), tie('tree'), { maxKeys: 2, noNullPrototype: true }),
    })) as { tree: fc.Arbitrary<Json> };
    fc.assert(
      fc.property(tree, tree, (one, other) => {
        expect(isSameJson(one, other)).toBe(JSON.stringify(one) === JSON.stringify(other));
        expect(isSameJson(one, structuredClone(one))).toBe(true);
      }),
      { numRuns: 1_000 },
    );
    expect(isSameJson({ a: 1, b: 2 }, { b: 2, a: 1 })).toBe(false);
  });
});
