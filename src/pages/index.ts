export * from './assets.ts';
export * from './credential.ts';
export * from './definitions.ts';
export * from './docs.ts';
export * from './home.ts';
export * from './institutions.ts';
export type { Lang, Site } from './layout.ts';
export * from './report.ts';
export * from './verify.ts';
