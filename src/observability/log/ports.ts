import type { AuditEntry, AuditReader, AuditWrite } from '../ports.ts';

/** The key that signs checkpoints and nothing else. One log has one. */
export interface LogKeyRecord {
  keyId: string;
  /** Name of the log and of the key, fixed at the first start, e.g. `badges.example.edu/log`. */
  origin: string;
  publicKeyMultibase: string;
  wrappedPrivateKey: string;
  createdAt: string;
}

export interface CheckpointRecord {
  /** Entries covered: those with `seq` up to this. */
  size: number;
  /** Hex. */
  root: string;
  /** The signed note, as published. */
  note: string;
  keyId: string;
  signedAt: string;
}

/** The root (hex) of one full block of `BLOCK` entries, kept so that proofs need not read them all. */
export interface LogBlockRecord {
  /** Counted from 0. */
  block: number;
  root: string;
}

export interface LogReader extends Pick<AuditReader, 'lastAuditAt'> {
  logKey(): Promise<LogKeyRecord | undefined>;
  latestCheckpoint(): Promise<CheckpointRecord | undefined>;
  /** With `size` above `after`, ascending. */
  checkpoints(after: number, limit: number): Promise<CheckpointRecord[]>;
  /** Blocks `from` to before `to`, ascending. */
  logBlocks(from: number, to: number): Promise<LogBlockRecord[]>;
  /** Chain hashes (hex) of the leaves `from` to before `to`: leaf n is the entry with `seq` n + 1. */
  auditHashes(from: number, to: number): Promise<string[]>;
  /** Entries with `seq` above `after`, ascending. */
  auditAfter(after: number, limit: number): Promise<AuditEntry[]>;
  /** The first entry of this operation on this object. */
  auditOf(operation: string, object: string): Promise<AuditEntry | undefined>;
}

export type LogWrite =
  | { op: 'log.key'; row: LogKeyRecord }
  | { op: 'log.blocks'; rows: LogBlockRecord[] }
  /** Fails with `UniqueViolation('checkpoints')` unless it is larger than every one before. */
  | { op: 'log.checkpoint'; row: CheckpointRecord }
  | AuditWrite;
