export * from './exchanges.ts';
export * from './ports.ts';
