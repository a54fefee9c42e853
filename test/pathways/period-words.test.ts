import { describe, expect, it } from 'vitest';
import { periodWords } from '../../src/pathways/period-words.ts';

describe('a period in words', () => {
  it.each([
    ['P3Y', '3 years', '3 taon'],
    ['P1Y', '1 year', '1 taon'],
    ['P1Y6M', '1 year and 6 months', '1 taon at 6 buwan'],
    ['P0Y30D', '30 days', '30 araw'],
  ])('%s is %s', (period, en, fil) => {
    expect(periodWords(period)).toEqual({ en, fil });
  });
});
