export { createIdentifiers } from './identifiers.ts';
export { jwkForm } from './key-form.ts';
export * from './ports.ts';
export { didWebUrl } from './web.ts';
