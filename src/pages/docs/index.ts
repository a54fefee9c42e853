export { renderChanges } from './changes.ts';
export { type OpenApiView, rowsOf } from './model.ts';
export { renderOperation } from './operation.ts';
export { renderDocs } from './reference.ts';
