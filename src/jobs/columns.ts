import { type JsonObject, present } from '#kernel';

/** Columns of a class list, in the order of the template and of the result. */
export const COLUMNS = [
  'name',
  'email',
  'studentNumber',
  'guardianEmail',
  'guardianUntil',
  'subjectId',
  'awardedDate',
  'validFrom',
  'validUntil',
  'certificateNumber',
  'trainingProvider',
  'assessor',
  'learningRoute',
  'result',
  'resultDescription',
  'sourceId',
  'sourceName',
  'evidenceUrl',
  'evidenceName',
  'evidenceNarrative',
  'evidenceType',
  'lang',
] as const;

/** What the list of errors adds to them. Read past, so that a mended list is uploaded as it is. */
export const ERRORS_COLUMN = 'errors';

export type Column = (typeof COLUMNS)[number];

const plain = (header: string): string => header.toLowerCase().replace(/[\s_-]+/g, '');
const BY_HEADER = new Map<string, Column>([
  ...COLUMNS.map((column): [string, Column] => [plain(column), column]),
  ['fullname', 'name'],
  ['pangalan', 'name'],
  ['emailaddress', 'email'],
  ['studentno', 'studentNumber'],
  ['studentid', 'studentNumber'],
  ['grade', 'result'],
  ['marka', 'result'],
  ['language', 'lang'],
  ['wika', 'lang'],
]);

/** The column a header means, blind to case, spaces, hyphens and underscores; undefined for anything else. */
export const columnOf = (header: string): Column | undefined => BY_HEADER.get(plain(header));

export type RowInput = Partial<Record<Column, string>>;

/** Columns whose value stands in a recipient under another name; for pointing errors back. */
const PLACES: [RegExp, Column][] = [
  [/^\/result\/0\/value/, 'result'],
  [/^\/result\/0\/resultDescription/, 'resultDescription'],
  [/^\/result/, 'result'],
  [/^\/source\/id/, 'sourceId'],
  [/^\/source/, 'sourceName'],
  [/^\/evidence\/0\/id/, 'evidenceUrl'],
  [/^\/evidence\/0\/narrative/, 'evidenceNarrative'],
  [/^\/evidence\/0\/evidenceType/, 'evidenceType'],
  [/^\/evidence/, 'evidenceName'],
];

/**
 * One row as a recipient of an issuing request. Members of the row win over the options of the batch.
 * @param onlyResult id of the result description, when the achievement has exactly one
 */
export function toRecipient(input: RowInput, options: JsonObject, onlyResult: string | undefined): JsonObject {
  const { result, resultDescription = onlyResult, sourceId, sourceName, evidenceUrl, evidenceName, ...rest } = input;
  // The language is for mail; nothing of it is signed.
  const { evidenceNarrative, evidenceType, lang: _, ...flat } = rest;
  const recipient: JsonObject = { ...options, ...flat };
  if (result !== undefined || input.resultDescription !== undefined) {
    recipient.result = [present({ resultDescription, value: result })];
  }
  if (sourceId !== undefined || sourceName !== undefined)
    recipient.source = present({ id: sourceId, name: sourceName });
  const evidence: JsonObject = present({
    id: evidenceUrl,
    name: evidenceName,
    narrative: evidenceNarrative,
    evidenceType,
  });
  if (Object.keys(evidence).length > 0) recipient.evidence = [evidence];
  return recipient;
}

/** Pointer into a recipient -> pointer into the row: `/source/id` -> `/sourceId`. */
export function toRowPointer(pointer: string): string {
  const place = PLACES.find(([pattern]) => pattern.test(pointer));
  return place ? `/${place[1]}` : pointer;
}
