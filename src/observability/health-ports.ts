/** What a store tells of itself, for whoever watches. */
export interface HealthReader {
  /** Whether the schema is at least the one this process was made for. */
  schemaReady(): Promise<boolean>;
  /**
   * ISO instant of the oldest change of a status that is later than the publication of its list; undefined when there is
   * none among the newest few hundred changes.
   */
  oldestUnpublishedChange(): Promise<string | undefined>;
}

/** Changes nothing that anybody reads: that it is durable shows that the store can be written. */
export type HealthWrite = { op: 'health.beat'; at: string };
