import { type Cited, cite, type Usable, usable } from './cited.ts';

export interface CpdRenewal extends Cited {
  /** Day of the renewal, first day in. */
  from: string;
  /** First day out; absent when no end was announced. */
  until?: string;
  /** Credit units for one renewal, decimal text. */
  units: string;
  /** Years looked back from the renewal. */
  years: number;
}

/**
 * Renewal of a professional licence: the number changed twice within twelve months. Both reports say "per year"; read here
 * as "for a renewal made in that year".
 */
export const CPD_RENEWALS: readonly CpdRenewal[] = [
  { from: '2024-01-01', until: '2024-12-17', units: '15', years: 6, ...cite('V2', 'S44') },
  { from: '2024-12-17', until: '2026-01-01', units: '15', years: 3, ...cite('V2', 'S45') },
  // Announced in 2023; whether they are in force was not found.
  { from: '2026-01-01', until: '2027-01-01', units: '30', years: 6, ...cite('U', 'S44') },
  { from: '2027-01-01', units: '45', years: 6, ...cite('U', 'S44') },
];

/** Parameters for a renewal on a day (`YYYY-MM-DD`); undefined where none is known for certain enough. */
export function cpdRenewalOn(day: string): Usable<CpdRenewal> | undefined {
  return usable(CPD_RENEWALS).find(({ from, until }) => from <= day && (until === undefined || day < until));
}
