import { isObject, type Json, Problem, parseStrictJson } from '#kernel';
import type { AuditEntry } from '../ports.ts';

/**
 * A log in a file: JSON Lines. A header, then the entries in order of `seq`, each checkpoint right after the last entry it
 * covers, so that a reader needs one pass and never more memory than one line.
 */
export interface ExportHeader {
  format: typeof FORMAT;
  version: 1;
  /** Name of the log. */
  origin: string;
  /** Its key as the exporting side tells it; whoever must not trust that side brings the key along. */
  key: string;
  /** Entries in the file; a checkpoint covers all of them. */
  size: number;
}

export type ExportLine = { header: ExportHeader } | { entry: AuditEntry } | { checkpoint: string };

const FORMAT = 'tatak-audit-log';

export function headerLine(origin: string, key: string, size: number): string {
  return JSON.stringify({ format: FORMAT, version: 1, origin, key, size } satisfies ExportHeader);
}

/** The members in the order in which the chain hashes them. */
export function entryLine(entry: AuditEntry): string {
  const { seq, at, tenant, actor, operation, object, objectSha256, detail, previousHash, hash } = entry;
  return JSON.stringify({ seq, at, tenant, actor, operation, object, objectSha256, detail, previousHash, hash });
}

export function checkpointLine(note: string): string {
  return JSON.stringify({ checkpoint: note });
}

/**
 * Reads a line written by the functions above and no other spelling of it: no unknown member, no other order, no white
 * space, so that not one byte of a file can be changed without being noticed.
 * @returns undefined for anything else
 */
export function readLine(text: string): ExportLine | undefined {
  let value: Json;
  try {
    value = parseStrictJson(text);
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
  if (!isObject(value)) return undefined;
  if (typeof value.checkpoint === 'string') {
    return checkpointLine(value.checkpoint) === text ? { checkpoint: value.checkpoint } : undefined;
  }
  if (value.format === FORMAT) {
    const { origin, key, size } = value;
    const fits = typeof origin === 'string' && typeof key === 'string' && isCount(size);
    if (!fits || headerLine(origin, key, size) !== text) return undefined;
    return { header: value as unknown as ExportHeader };
  }
  return isEntry(value) && entryLine(value) === text ? { entry: value } : undefined;
}

const TEXTS = ['at', 'tenant', 'actor', 'operation', 'object', 'previousHash', 'hash'];

function isEntry(value: object): value is AuditEntry {
  const { seq, objectSha256, detail, ...rest } = value as Record<string, unknown>;
  const texts = TEXTS.every((name) => typeof rest[name] === 'string');
  const details =
    detail === undefined || (isObject(detail) && Object.values(detail).every((one) => typeof one !== 'object'));
  return isCount(seq) && texts && details && (objectSha256 === undefined || typeof objectSha256 === 'string');
}

const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
