export * from './offers.ts';
export * from './ports.ts';
