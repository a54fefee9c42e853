/** Awards in force of one definition and year; what is not stated is absent. Nothing of a person. */
export interface AwardCount {
  /** Of the ph context, e.g. `SUC`. */
  institutionType?: string;
  /** Of the institution, as its profile has it. */
  psgcCode?: string;
  awardType?: string;
  pqfLevel?: number;
  /** In Asia/Manila. */
  year: number;
  awards: number;
}

export interface StatisticsReader {
  /** Of all institutions, in one read. In force: issued, not revoked or suspended, not past its last day at `at`. */
  awardCounts(at: string): Promise<AwardCount[]>;
}
