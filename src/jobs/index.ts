export { type BatchDeps, type Batches, type BatchInput, type BatchPreview, createBatches } from './batches.ts';
export { startCheckpoints } from './checkpoints.ts';
export type { OffersOfBatches, OffersOfRows } from './deliver.ts';
export * from './ports.ts';
export type { Notice } from './preview.ts';
export { oneAfterAnother, startLoop, type Work, type Worker } from './worker.ts';
export { csvCell, csvTemplate, rowState } from './write-csv.ts';
