/**
 * Instruments the grants rest on, as the framework data cites them: number and year only where a source gave them.
 * What was not verified has no number, and the grant says so.
 */
export interface Instrument {
  kind: string;
  number?: string;
  series?: string;
  date?: string;
}

/** PQF Act (S10, S11). */
export const PQF_ACT: Instrument = { kind: 'RA', number: '10968', date: '2018-01-16' };
/** Legal basis of programme registration, with the board resolution (S33). */
export const SKILLS_ACT: Instrument = { kind: 'RA', number: '7796' };
export const PROGRAMME_REGISTRATION: Instrument = { kind: 'TesdaBoardResolution', number: '98-03' };
/** Micro-credentials in higher education; only its title was confirmed (S6). */
export const HEI_MICROCREDENTIALS: Instrument = { kind: 'CMO', number: '1', series: '2025' };
/** CPD Act, and the resolution with approval after ten working days of silence (S20). */
export const CPD_ACT: Instrument = { kind: 'RA', number: '10912' };
export const CPD_RESOLUTION: Instrument = { kind: 'PrcResolution', number: '1146', series: '2019' };
/** Of a specimen: neither a charter nor a status order was verified. */
export const BOARD: Instrument = { kind: 'BorResolution' };
export const MEMO: Instrument = { kind: 'InstitutionalMemo' };
