export {
  type Brought,
  createImports,
  IMPORTS_AN_HOUR,
  type Imports,
  type ImportsDeps,
  type TakeInput,
  type Taken,
  type TakeOutcome,
} from './imports.ts';
export { sentenceOf } from './keepable.ts';
export { belongsTo, keepersOf, keyOf, type Proven } from './keeper.ts';
export * from './ports.ts';
export { type CountedImport, credentialOf } from './stack.ts';
