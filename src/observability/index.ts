export { createClockGuard } from './clock-guard.ts';
export * from './hash.ts';
export * from './ports.ts';
