export { createHost, type Host, type HostCredential, type HostDeps } from './host.ts';
export * from './ports.ts';
export type { UpsertOutcome } from './upsert.ts';
