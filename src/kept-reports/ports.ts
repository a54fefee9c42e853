/** A report that a visitor asked to keep. Without `content` it was forgotten, and only that there was one is still known. */
export interface KeptReportRecord {
  /** Opens it: 128 random bits. */
  reportId: string;
  keptAt: string;
  /** From then on nobody sees it. */
  endsAt: string;
  /** JSON text of `KeptContent`. */
  content?: string;
}

export interface KeptReportReader {
  keptReport(reportId: string): Promise<KeptReportRecord | undefined>;
}

export type KeptReportWrite =
  | { op: 'keptReport.insert'; row: KeptReportRecord }
  /** Takes away what every report says that is over at `at`, and after `forgetBefore` that there was one. */
  | { op: 'keptReport.sweep'; at: string; forgetBefore: string };
