import { type FieldError, isObject, type Json, LIMITS, Problem, parseStrictJson } from '#kernel';
import { columnOf, type RowInput } from './columns.ts';
import { tooLong } from './read-csv.ts';

const SHOWN = 100;

/** Rows that came in a JSON body. @throws Problem `invalid-request` with pointers such as `/rows/3/name` */
export async function* readJsonRows(rows: Json): AsyncGenerator<RowInput> {
  if (!Array.isArray(rows) || rows.length === 0 || rows.length > LIMITS.batchRows) {
    throw new Problem('invalid-request', 'rows must be a list', {
      errors: [{ pointer: '/rows', detail: `must be a list of 1 to ${LIMITS.batchRows} rows` }],
    });
  }
  const errors = rows.flatMap((row, at) => rowFaults(row, `/rows/${at}`));
  if (errors.length > 0) {
    throw new Problem('invalid-request', 'some rows are not acceptable', { errors: errors.slice(0, SHOWN) });
  }
  for (const row of rows) yield rowOf(row);
}

/**
 * One JSON object a line (NDJSON), as the lines stream in; empty lines are passed over.
 * @throws Problem `invalid-request` at the first bad line, `/rows/N` counted from 1; what `pieces` throws
 */
export async function* readNdjson(pieces: AsyncIterable<string>): AsyncGenerator<RowInput> {
  let number = 0;
  for await (const line of linesOf(pieces)) {
    if (line.trim() === '') continue;
    number++;
    if (Buffer.byteLength(line) > LIMITS.batchRowBytes) throw tooLong(number);
    const pointer = `/rows/${number}`;
    const row = parseLine(line, pointer);
    const errors = rowFaults(row, pointer);
    if (errors.length > 0) throw new Problem('invalid-request', `row ${number} is not acceptable`, { errors });
    yield rowOf(row);
  }
  if (number === 0) throw new Problem('invalid-request', 'the file has no rows');
}

async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let rest = '';
  let first = true;
  for await (const piece of pieces) {
    const lines = (first ? (rest + piece).replace(/^\ufeff/, '') : rest + piece).split('\n');
    first = false;
    rest = lines.pop()!;
    yield* lines;
    // A line without an end is refused before it fills memory; one character has at most four bytes.
    if (rest.length > LIMITS.batchRowBytes) yield rest;
  }
  if (rest !== '') yield rest;
}

function parseLine(line: string, pointer: string): Json {
  try {
    return parseStrictJson(line);
  } catch (cause) {
    if (!(cause instanceof Problem)) throw cause;
    throw new Problem(cause.kind, cause.message, { errors: [{ pointer, detail: cause.message }], cause });
  }
}

function rowFaults(row: Json, pointer: string): FieldError[] {
  if (!isObject(row)) return [{ pointer, detail: 'must be an object' }];
  return Object.entries(row).flatMap(([key, value]) => [
    ...(columnOf(key) === key ? [] : [{ pointer: `${pointer}/${key}`, detail: 'is not a column' }]),
    ...(typeof value === 'string' ? [] : [{ pointer: `${pointer}/${key}`, detail: 'must be text' }]),
  ]);
}

const rowOf = (row: Json): RowInput =>
  Object.fromEntries(Object.entries(row as RowInput).filter(([, cell]) => cell !== ''));
