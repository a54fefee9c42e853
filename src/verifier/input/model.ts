import type { JsonObject } from '#kernel';
import type { OpenedJwt } from '#proofs';

/** Exactly one way to say what is to be verified. */
export type CredentialInput =
  | { url: string }
  /** Pasted: JSON, a compact token, a `data:` address, or an address by itself. */
  | { text: string }
  /** A file: JSON, a compact token, a picture or a page that carries or names a badge. */
  | { bytes: Uint8Array }
  /** Already read by the strict parser. */
  | { document: JsonObject };

/** Forms a badge may have that are recognised and honestly not read. */
export type UnreadForm = 'open-badges-2' | 'cose';

/** Where the badge was and what it was wrapped in; shown as evidence. */
export interface Origin {
  /** What carried it, outermost first: `page`, `png`, `svg`, `pdf`, `data-url`, `envelope`. */
  carriers?: string[];
  /** The address whose answer holds it. */
  url?: string;
  /** Whole-second UTC instant. */
  fetchedAt?: string;
  /** The page that led to `url`. */
  page?: string;
}

/** The answer of an address that a badge was fetched from, as it came. */
export interface FetchedFile {
  bytes: Uint8Array;
  /** As `FetchedDocument`. */
  contentType: string;
  url: string;
}

export type Loaded = { origin: Origin; fetched?: FetchedFile } & (
  | {
      kind: 'document';
      document: JsonObject;
      /** Exactly as it was fetched, pasted or uploaded; a document that came parsed is written out. */
      text: () => string;
    }
  /** Secured as a whole; `document` is the credential in it. */
  | { kind: 'jwt'; jwt: OpenedJwt; document: JsonObject; text: () => string }
  /** `document`: of an older Open Badge, where it could be read; nothing in it was checked. */
  | { kind: 'unread'; form: UnreadForm; document?: JsonObject }
);

/** A badge that can be looked at. */
export type Readable = Exclude<Loaded, { kind: 'unread' }>;

/** A page is no badge, but may lead to one. */
export type Read = Loaded | { kind: 'page'; text: string; origin: Origin };
