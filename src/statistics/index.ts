export * from './ports.ts';
export * from './statistics.ts';
export type { Shown } from './suppress.ts';
