import { createRequire } from 'node:module';

/** Loaded when it is first asked for: threads that canonicalise, check or write hold nothing against a schema. */
export const loadAjv = () => createRequire(import.meta.url)('ajv/dist/2020.js') as typeof import('ajv/dist/2020.js');
