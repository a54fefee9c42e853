/** Where a parameter goes: into the path, the query, or a header. */
type Place = 'path' | 'query' | 'header';

/** As much of an operation of openapi.yaml as a call needs. */
export interface Operation {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With `{names}`. */
  path: string;
  parameters: Readonly<Record<string, Place>>;
  /** Names that are not optional. */
  required: readonly string[];
  /** Media types of the body, the preferred first; absent where there is none. */
  body?: readonly string[];
  /** Media types of the answer, the preferred first. */
  accept: readonly string[];
  /** Takes `Idempotency-Key`: the same call twice is done once. */
  idempotent?: true;
  /** A list in pages of `items`, with `next`. */
  paged?: true;
}

/** By operationId. */
export type Operations = Readonly<Record<string, Operation>>;
