export { createIdentifiers } from './identifiers.ts';
export { jwkForm } from './key-form.ts';
export * from './ports.ts';
export { SELF_CONTAINED } from './self-contained.ts';
export { didWebUrl } from './web.ts';
