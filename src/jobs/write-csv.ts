import { COLUMNS } from './columns.ts';
import type { BatchReader } from './ports.ts';

const PAGE = 200;
/** A spreadsheet reads a cell that begins so as a formula, or as a separator of cells. */
const LIVE = /^[=+\-@\t\r]/;

/** One cell: always quoted, and never a formula (a leading apostrophe makes it text). */
export function csvCell(value: string | number | undefined): string {
  const text = value === undefined ? '' : String(value);
  return `"${(LIVE.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}

const csvLine = (cells: readonly (string | number | undefined)[]): string => `${cells.map(csvCell).join(',')}\r\n`;

/** An empty class list with all columns. */
export const csvTemplate = (): string => `${COLUMNS.join(',')}\r\n`;

/** The result of a batch, row by row, in constant memory. */
export async function* exportRows(
  reader: BatchReader,
  tenant: string,
  batchId: string,
  publicUrl: string,
): AsyncGenerator<string> {
  yield csvLine(['row', 'state', 'credential', 'errors', ...COLUMNS]);
  let cursor: string | undefined;
  do {
    const page = await reader.batchRows(tenant, batchId, { limit: PAGE, ...(cursor ? { cursor } : {}) });
    for (const { row, state, credentialId, errors, input } of page.items) {
      yield csvLine([
        row,
        state,
        credentialId && `${publicUrl}/credentials/${credentialId}`,
        errors?.map(({ pointer, detail }) => `${pointer.slice(1)} ${detail}`.trim()).join('; '),
        ...COLUMNS.map((column) => input[column]),
      ]);
    }
    cursor = page.next;
  } while (cursor);
}
