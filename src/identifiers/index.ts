export { createIdentifiers, type IdentifiersOptions } from './identifiers.ts';
export * from './ports.ts';
export { didWebUrl } from './web.ts';
