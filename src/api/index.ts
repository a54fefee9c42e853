export type { ApiDeps } from './deps.ts';
export { loadOpenApi, type OpenApi, type Operation } from './http/openapi.ts';
export { OWN_ADDRESS, RATE_LIMITS, type RateLimits } from './http/rate.ts';
export type { SheddingLimits } from './http/shedding.ts';
export { createServer } from './server.ts';
