export { type Begun, type Consumer, createConsumer, mayOf } from './consumer.ts';
export * from './ports.ts';
export { createSeal } from './seal.ts';
export { createTokens } from './tokens.ts';
export { REFUSALS as HOST_REFUSALS, TRANSFER_WORDS } from './words.ts';
export { type ConsumerWorker, createConsumerWorker } from './worker.ts';
