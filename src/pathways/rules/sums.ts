import { parseAmount } from '#kernel';
import { type Candidate, creditOf } from '../candidates.ts';
import type { Form } from './rule.ts';

/** Credit of a candidate in one system, when it belongs to the part; whole credentials, exact. */
export const sumIn =
  (system: string, belongs: (candidate: Candidate) => boolean = () => true) =>
  (candidate: Candidate): bigint =>
    belongs(candidate) ? BigInt(creditOf(candidate, system)) : 0n;

export const add = (counted: readonly Candidate[], of: (candidate: Candidate) => bigint): number =>
  Number(counted.reduce((sum, candidate) => sum + of(candidate), 0n));

/** 100 %, in 1/10,000 of a per cent. */
const WHOLE = 1_000_000n;

export interface ShareTerms {
  system: string;
  percent: string;
  total?: string;
}

/**
 * Part >= (or <=) percent of T by cross-multiplication, never by division (A1). T is the declared total if there is one,
 * else the counted sum (A9.11); a least share needs T > 0.
 */
export function shareForms(
  terms: ShareTerms,
  belongs: (candidate: Candidate) => boolean,
  compare: 'min' | 'max',
): Form[] {
  const { system } = terms;
  const percent = BigInt(parseAmount(terms.percent));
  const sign = compare === 'min' ? 1n : -1n;
  const part = sumIn(system, belongs);
  const whole = sumIn(system);
  if (terms.total !== undefined) {
    const share = percent * BigInt(parseAmount(terms.total));
    return [{ of: (one) => sign * WHOLE * part(one), atLeast: sign * share }];
  }
  const form: Form = { of: (one) => sign * (WHOLE * part(one) - percent * whole(one)), atLeast: 0n };
  return compare === 'min' ? [form, { of: whole, atLeast: 1n }] : [form];
}

/** How much of the part there is, and how much the share comes to; rounded up, for people only. */
export function shareAmounts(
  terms: ShareTerms,
  belongs: (candidate: Candidate) => boolean,
  counted: readonly Candidate[],
): { have: number; need: number } {
  const total = terms.total === undefined ? add(counted, sumIn(terms.system)) : parseAmount(terms.total);
  const share = BigInt(parseAmount(terms.percent)) * BigInt(total);
  return { have: add(counted, sumIn(terms.system, belongs)), need: Number((share + WHOLE - 1n) / WHOLE) };
}
