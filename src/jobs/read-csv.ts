import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { LIMITS, Problem } from '#kernel';
import { type Column, columnOf, type RowInput } from './columns.ts';

export type CsvSource = string | Uint8Array | AsyncIterable<Uint8Array>;

export interface CsvRows {
  rows: RowInput[];
  /** Of the bytes as received. */
  sha256: string;
}

/**
 * Reads a class list as it streams in. Cells that look like formulas are data; empty cells are absent; white space around
 * a cell is not part of it. The first line names the columns.
 * @throws Problem `invalid-csv` (with the line in `detail` and `/rows/N` as pointer), `payload-too-large`
 */
export async function readCsv(source: CsvSource): Promise<CsvRows> {
  const hash = createHash('sha256');
  const parser = parse({
    bom: true,
    trim: true,
    skip_empty_lines: true,
    max_record_size: LIMITS.batchRowBytes,
    record_delimiter: ['\r\n', '\n', '\r'],
  });
  const rows: RowInput[] = [];
  let columns: Column[] | undefined;
  try {
    await pipeline(Readable.from(decoded(source, hash)), parser, async (records: AsyncIterable<string[]>) => {
      for await (const record of records) {
        // The parser's own limit counts only while a record is unfinished.
        if (Buffer.byteLength(record.join()) > LIMITS.batchRowBytes) throw tooLong(rows.length + 1);
        if (!columns) columns = readHeader(record);
        else rows.push(readRow(columns, record));
        if (rows.length > LIMITS.batchRows) {
          throw new Problem('payload-too-large', `more than ${LIMITS.batchRows} rows: use several batches`);
        }
      }
    });
  } catch (error) {
    if (error instanceof CsvError) throw csvProblem(error, rows.length + 1);
    throw error;
  }
  if (!columns) throw new Problem('invalid-csv', 'the file is empty');
  if (rows.length === 0) throw new Problem('invalid-csv', 'the file has a header and no rows');
  return { rows, sha256: hash.digest('hex') };
}

async function* decoded(source: CsvSource, hash: ReturnType<typeof createHash>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  const whole = typeof source === 'string' ? Buffer.from(source, 'utf8') : source;
  let bytes = 0;
  for await (const chunk of whole instanceof Uint8Array ? [whole] : whole) {
    bytes += chunk.byteLength;
    if (bytes > LIMITS.batchBytes) {
      throw new Problem('payload-too-large', `the file is larger than ${LIMITS.batchBytes} bytes`);
    }
    hash.update(chunk);
    yield decode(decoder, chunk);
  }
  yield decode(decoder);
}

function decode(decoder: InstanceType<typeof TextDecoder>, chunk?: Uint8Array): string {
  try {
    return chunk ? decoder.decode(chunk, { stream: true }) : decoder.decode();
  } catch (cause) {
    throw new Problem('invalid-csv', 'the file is not UTF-8: save it as "CSV UTF-8"', { cause });
  }
}

function readHeader(headers: readonly string[]): Column[] {
  const errors: { pointer: string; detail: string; code: string }[] = [];
  const columns = headers.map((header, index) => {
    const column = columnOf(header);
    if (!column) {
      errors.push({ pointer: `/columns/${index}`, detail: `there is no column "${header}"`, code: 'unknown_column' });
    } else if (headers.findIndex((other) => columnOf(other) === column) !== index) {
      errors.push({ pointer: `/columns/${index}`, detail: `"${header}" occurs twice`, code: 'repeated_column' });
    }
    return column;
  });
  if (errors.length > 0) throw new Problem('invalid-csv', 'the first line does not name known columns', { errors });
  return columns as Column[];
}

const readRow = (columns: readonly Column[], cells: readonly string[]): RowInput =>
  Object.fromEntries(columns.map((column, at) => [column, cells[at]] as const).filter(([, cell]) => cell)) as RowInput;

function tooLong(row: number): Problem {
  const detail = `is longer than ${LIMITS.batchRowBytes} bytes`;
  return new Problem('invalid-csv', `row ${row} ${detail}`, { errors: [{ pointer: `/rows/${row}`, detail }] });
}

function csvProblem(error: CsvError, row: number): Problem {
  const detail = `${error.message.slice(0, 200)}`;
  return new Problem('invalid-csv', `row ${row}: ${detail}`, {
    cause: error,
    errors: [{ pointer: `/rows/${row}`, detail, code: error.code.toLowerCase() }],
  });
}
