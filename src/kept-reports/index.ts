export * from './kept-reports.ts';
export type { KeptReportReader, KeptReportRecord, KeptReportWrite } from './ports.ts';
