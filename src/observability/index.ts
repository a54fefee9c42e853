export * from './hash.ts';
export * from './ports.ts';
