import type { FieldError } from '#kernel';
import { type Offers, offerLinks } from '#offers';
import { COLUMNS, ERRORS_COLUMN } from './columns.ts';
import type { BatchReader, BatchRecord, BatchRowRecord } from './ports.ts';

const PAGE = 200;
/** After the credential: how its offer stands, and what opens it while it waits. */
const OFFER_COLUMNS = ['offer', 'claimUrl', 'txCode'];
/** A spreadsheet reads a cell that begins so as a formula, or as a separator of cells. */
const LIVE = /^[=+\-@\t\r]/;

/** One cell: always quoted, and never a formula (a leading apostrophe makes it text). */
export function csvCell(value: string | number | undefined): string {
  const text = value === undefined ? '' : String(value);
  return `"${(LIVE.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}

/** The text of a cell that `csvCell` wrote. */
export const unquoted = (cell: string): string => (cell[0] === "'" && LIVE.test(cell.slice(1)) ? cell.slice(1) : cell);

const csvLine = (cells: readonly (string | number | undefined)[]): string => `${cells.map(csvCell).join(',')}\r\n`;

/** An empty class list with all columns. */
export const csvTemplate = (): string => `${COLUMNS.join(',')}\r\n`;

/** What became of a row: of a cancelled batch, nothing will come of those that still wait. */
export const rowState = (
  state: BatchRowRecord['state'],
  batch: Pick<BatchRecord, 'state'>,
): BatchRowRecord['state'] | 'cancelled' => (state === 'valid' && batch.state === 'cancelled' ? 'cancelled' : state);

/** `/email required: is required: the link is sent there`; the code is left out where there is none. */
const errorText = ({ pointer, code, detail }: FieldError): string =>
  `${[pointer, code].filter(Boolean).join(' ')}: ${detail}`;

/** Where the result of a batch comes from. */
export interface ExportDeps {
  reader: BatchReader;
  /** Present: the result says how each offer stands, and what opens those that wait. */
  links?: Pick<Offers, 'ofAwards'>;
  publicUrl: string;
}

/** The result of a batch, row by row, in constant memory. */
export async function* exportRows(
  deps: ExportDeps,
  batch: Pick<BatchRecord, 'tenant' | 'batchId' | 'state'>,
): AsyncGenerator<string> {
  const { reader, links, publicUrl } = deps;
  const { tenant, batchId } = batch;
  yield csvLine(['row', 'state', 'credential', 'credentialId', ...(links ? OFFER_COLUMNS : []), 'errors', ...COLUMNS]);
  let cursor: string | undefined;
  do {
    const page = await reader.batchRows(tenant, batchId, { limit: PAGE, ...(cursor ? { cursor } : {}) });
    const ids = page.items.flatMap(({ credentialId }) => credentialId ?? []);
    const offers = await links?.ofAwards(tenant, ids);
    for (const { row, state, credentialId, errors, input } of page.items) {
      const offer = offers?.get(credentialId ?? '');
      const keys = offer?.keys;
      yield csvLine([
        row,
        rowState(state, batch),
        credentialId && `${publicUrl}/credentials/${credentialId}`,
        credentialId,
        ...(links ? [offer?.state, keys && offerLinks(publicUrl, tenant, keys.secret).claimUrl, keys?.txCode] : []),
        errors?.map(errorText).join('; '),
        ...COLUMNS.map((column) => input[column]),
      ]);
    }
    cursor = page.next;
  } while (cursor);
}

/** More would make rows longer than any that is read. */
const ERRORS_CHARS = 500;

/** The invalid rows of a batch with the columns of a class list and what is wrong, to be mended and uploaded again. */
export async function* exportErrors(
  reader: Pick<BatchReader, 'batchRowsIn'>,
  { tenant, batchId }: Pick<BatchRecord, 'tenant' | 'batchId'>,
): AsyncGenerator<string> {
  yield csvLine([...COLUMNS, ERRORS_COLUMN]);
  for (let after = 0; ; ) {
    const rows = await reader.batchRowsIn(tenant, batchId, 'invalid', { after, limit: PAGE });
    for (const { input, errors } of rows) {
      yield csvLine([
        ...COLUMNS.map((column) => input[column]),
        errors?.map(errorText).join('; ').slice(0, ERRORS_CHARS),
      ]);
    }
    if (rows.length < PAGE) return;
    after = rows.at(-1)!.row;
  }
}
