export { type ApiKeys, type ApiKeysDeps, type ApiKeyView, type CreateApiKey, createApiKeys } from './api-keys.ts';
export { hashSecret, matchesHash } from './key-text.ts';
export { authorize, type OperationId, PERMISSIONS } from './permissions.ts';
export { canonicalPerson, isPerson } from './person.ts';
export * from './ports.ts';
export { actingTenant, actorOf, keyIdOf, type Principal, SYSTEM_TENANT } from './principal.ts';
