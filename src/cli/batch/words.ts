import type { FieldError, Text } from '#kernel';
import { visible } from '../failure.ts';

/** As the API shows it. */
export interface Batch {
  batchId: string;
  state: string;
  rows: number;
  invalidRows: number;
  issuedRows: number;
  failedRows: number;
}

export interface Preview extends Batch {
  invalid: { row: number; errors?: FieldError[] }[];
  notices: { code: string; message: Text }[];
}

/** What the check of a list found, by row and column. */
export function previewWords({ batchId, rows, invalidRows, invalid, notices }: Preview): string {
  const lines = invalid.flatMap(({ row, errors = [] }) =>
    errors.map(({ pointer, detail }) => `  row ${row}${columnOf(pointer)}: ${detail}`),
  );
  const more = invalidRows - invalid.length;
  return visible(
    [
      `batch ${batchId}: ${rows} rows, ${invalidRows} invalid`,
      ...lines,
      ...(more > 0 ? [`  and ${more} more rows`] : []),
      ...notices.map(({ message }) => `note: ${message.en}`),
      '',
    ].join('\n'),
  );
}

const columnOf = (pointer: string): string => (pointer === '' ? '' : `, ${pointer.slice(1)}`);
