export * from './envelope.ts';
export * from './vocabulary.ts';
