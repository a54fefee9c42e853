// Small sets of values, so that holdings collide and ties are frequent.
import type { Direction } from '../../../src/pathways/model.ts';

export const ACHIEVEMENTS = ['urn:a:A', 'urn:a:B', 'urn:a:C', 'urn:a:D'];
export const VERSIONS = ['1', '2'];
export const CODES = ['K1', 'K2', 'K3'];
export const SYSTEMS = ['UNIT', 'NOTIONAL-HOUR'];
export const BODIES = ['did:web:p.example', 'did:web:q.example'];
export const CATEGORIES = ['core', 'elective'];
export const SECTORS = ['S1', 'S2'];
export const ROUTES = ['R1', 'R2'];
export const AWARD_TYPES = ['T1', 'T2'];
export const LEVELS = [4, 5, 6];
export const AMOUNTS = ['1', '1.5', '2', '3', '3', '4.5'];
export const TARGETS = ['urn:t:1', 'urn:t:2'];
export const PERIODS = ['P1Y', 'P6M', 'P1M', 'P1Y6M', 'P30D'];
export const DATES = ['2026-02-28', '2024-02-29', '2025-03-31', '2026-06-30'];
export const SCALES: { scale: string; direction: Direction; values: string[] }[] = [
  { scale: 'GWA', direction: 'LowerBetter', values: ['1', '1.75', '2', '2.5'] },
  { scale: 'PERCENT', direction: 'HigherBetter', values: ['75', '80', '85', '90'] },
];
