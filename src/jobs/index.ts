export { type BatchDeps, type Batches, type BatchInput, type BatchPreview, createBatches } from './batches.ts';
export { COLUMNS, type Column, columnOf } from './columns.ts';
export * from './ports.ts';
export type { Notice } from './preview.ts';
export type { Worker } from './worker.ts';
export { csvCell, csvLine, csvTemplate } from './write-csv.ts';
