import type { Text } from '#kernel';
import { periodParts } from './days.ts';

const UNITS: readonly (readonly [one: string, more: string, fil: string])[] = [
  ['year', 'years', 'taon'],
  ['month', 'months', 'buwan'],
  ['day', 'days', 'araw'],
];

/** A period of ISO 8601 as people say it: `P1Y6M` is "1 year and 6 months". */
export function periodWords(period: string): Text {
  const said = periodParts(period).flatMap((count, at) => {
    const [one, more, fil] = UNITS[at]!;
    return count === 0 ? [] : [{ en: `${count} ${count === 1 ? one : more}`, fil: `${count} ${fil}` }];
  });
  return { en: said.map(({ en }) => en).join(' and '), fil: said.map(({ fil }) => fil).join(' at ') };
}
