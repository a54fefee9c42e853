import { type FieldError, isObject, type JsonObject, pointerToken } from '#kernel';

/** By address: DID documents, status lists, definitions, registers. Nothing else is ever looked up. */
export type Documents = Readonly<Record<string, JsonObject>>;

export function checkDocuments(value: unknown): FieldError[] {
  if (!isObject(value)) return [{ pointer: '', detail: 'must be an object: addresses and their documents' }];
  return Object.entries(value).flatMap(([url, document]) =>
    isObject(document) ? [] : [{ pointer: `/${pointerToken(url)}`, detail: 'must be a document' }],
  );
}
