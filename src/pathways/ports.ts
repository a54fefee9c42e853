import type { Page, PageRequest } from '#kernel';
import type { AuditWrite } from '#observability';

/** One version of a pathway: the signed text is authoritative and never edited. */
export interface PathwayRecord {
  tenant: string;
  pathwayId: string;
  version: number;
  /** The signed pathway credential, exactly as served. */
  signed: string;
  sha256: string;
  createdAt: string;
}

export interface PathwayReader {
  /** Latest when `version` is absent. */
  pathway(pathwayId: string, version?: number): Promise<PathwayRecord | undefined>;
  /** All of them, oldest first. */
  pathwayVersions(pathwayId: string): Promise<PathwayRecord[]>;
  pathways(tenant: string | undefined, page: PageRequest): Promise<Page<PathwayRecord>>;
}

export type PathwayWrite = { op: 'pathway.insert'; row: PathwayRecord } | AuditWrite;
