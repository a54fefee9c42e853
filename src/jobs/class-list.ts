import { type Json, LIMITS, Problem, sha256Hex } from '#kernel';
import type { RowInput } from './columns.ts';
import { readCsv } from './read-csv.ts';
import { readJsonRows, readNdjson } from './read-rows.ts';
import { type UploadSource, uploadText } from './upload-text.ts';

/** What a batch is made from: one of these. */
export interface ListInput {
  /** A class list as CSV. */
  csv?: UploadSource;
  /** One JSON object of texts a line, with the same columns. */
  ndjson?: UploadSource;
  /** The same objects in a list that is in memory already. */
  rows?: Json;
}

/** The rows of a list in their order, one at a time. */
export interface ClassList {
  /** Once. @throws Problem `invalid-csv`, `invalid-request`, `malformed-json`, `payload-too-large` */
  rows: AsyncIterable<RowInput>;
  /** Digest of what was sent, after the last row. */
  sha256(): string;
}

/** @throws Problem `invalid-request` unless there is exactly one */
export function classListOf({ csv, ndjson, rows }: ListInput): ClassList {
  if ([csv, ndjson, rows].filter((one) => one !== undefined).length !== 1) {
    throw new Problem('invalid-request', 'give either a CSV file or rows');
  }
  if (rows !== undefined) return { rows: readJsonRows(rows), sha256: () => sha256Hex(JSON.stringify(rows)) };
  const text = uploadText((csv ?? ndjson)!);
  const read = csv === undefined ? readNdjson(text.pieces) : readCsv(text.pieces);
  return { rows: atMost(read), sha256: text.sha256 };
}

async function* atMost(rows: AsyncIterable<RowInput>): AsyncGenerator<RowInput> {
  let count = 0;
  for await (const row of rows) {
    if (++count > LIMITS.batchRows) {
      throw new Problem('payload-too-large', `more than ${LIMITS.batchRows} rows: use several batches`);
    }
    yield row;
  }
}
