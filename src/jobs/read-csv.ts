import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { LIMITS, Problem } from '#kernel';
import { type Column, columnOf, ERRORS_COLUMN, type RowInput } from './columns.ts';
import { unquoted } from './write-csv.ts';

/**
 * Reads a class list as it streams in. Cells that look like formulas are data; empty cells are absent; white space around
 * a cell is not part of it. The first line names the columns.
 * @throws Problem `invalid-csv` (with the line in `detail` and `/rows/N` as pointer), and what `pieces` throws
 */
export async function* readCsv(pieces: AsyncIterable<string>): AsyncGenerator<RowInput> {
  const parser = parse({
    bom: true,
    trim: true,
    skip_empty_lines: true,
    max_record_size: LIMITS.batchRowBytes,
    record_delimiter: ['\r\n', '\n', '\r'],
  });
  // Either end that breaks off ends the other; what was wrong is thrown where the records are read.
  pipeline(Readable.from(pieces), parser, () => undefined);
  let columns: (Column | typeof ERRORS_COLUMN)[] | undefined;
  let rows = 0;
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      // The parser's own limit counts only while a record is unfinished.
      if (Buffer.byteLength(record.join()) > LIMITS.batchRowBytes) throw tooLong(rows + 1);
      if (!columns) columns = readHeader(record);
      else {
        rows++;
        yield readRow(columns, record);
      }
    }
  } catch (error) {
    if (error instanceof CsvError) throw csvProblem(error);
    throw error;
  }
  if (!columns) throw new Problem('invalid-csv', 'the file is empty');
  if (rows === 0) throw new Problem('invalid-csv', 'the file has a header and no rows');
}

function readHeader(headers: readonly string[]): (Column | typeof ERRORS_COLUMN)[] {
  const errors: { pointer: string; detail: string; code: string }[] = [];
  const columns = headers.map((header, index) => {
    if (header === ERRORS_COLUMN && index === headers.length - 1) return ERRORS_COLUMN;
    const column = columnOf(header);
    if (!column) {
      errors.push({ pointer: `/columns/${index}`, detail: `there is no column "${header}"`, code: 'unknown_column' });
    } else if (headers.findIndex((other) => columnOf(other) === column) !== index) {
      errors.push({ pointer: `/columns/${index}`, detail: `"${header}" occurs twice`, code: 'repeated_column' });
    }
    return column;
  });
  if (errors.length > 0) throw new Problem('invalid-csv', 'the first line does not name known columns', { errors });
  return columns as (Column | typeof ERRORS_COLUMN)[];
}

/** In a list that this service wrote, an apostrophe that keeps a cell from being a formula is none of its text. */
function readRow(columns: readonly (Column | typeof ERRORS_COLUMN)[], cells: readonly string[]): RowInput {
  const row: RowInput = {};
  const ours = columns.at(-1) === ERRORS_COLUMN;
  for (const [at, column] of columns.entries()) {
    const cell = cells[at];
    if (cell && column !== ERRORS_COLUMN) row[column] = ours ? unquoted(cell) : cell;
  }
  return row;
}

export function tooLong(row: number): Problem {
  const detail = `is longer than ${LIMITS.batchRowBytes} bytes`;
  return new Problem('invalid-csv', `row ${row} ${detail}`, { errors: [{ pointer: `/rows/${row}`, detail }] });
}

/** The parser has read further than its records were taken: it knows where it was, the header counted. */
function csvProblem(error: CsvError): Problem {
  const row = Math.max(1, Number((error as { records?: number }).records ?? 1));
  const detail = `${error.message.slice(0, 200)}`;
  return new Problem('invalid-csv', `row ${row}: ${detail}`, {
    cause: error,
    errors: [{ pointer: `/rows/${row}`, detail, code: error.code.toLowerCase() }],
  });
}
