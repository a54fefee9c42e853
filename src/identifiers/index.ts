export { createIdentifiers } from './identifiers.ts';
export * from './ports.ts';
export { didWebUrl } from './web.ts';
