import {
  fieldProblem,
  isObject,
  type JsonObject,
  LIMITS,
  Problem,
  parseStrictJson,
  parseStrictJsonBytes,
} from '#kernel';
import type { GuardedFetch } from '#net';
import type { Budget } from './budget.ts';
import { ACCEPT_CREDENTIAL } from './session.ts';

/** Exactly one way to say what is to be verified. */
export type CredentialInput =
  | { url: string }
  /** Pasted: JSON, or an address by itself. */
  | { text: string }
  /** A file. */
  | { bytes: Uint8Array }
  /** Already read by the strict parser. */
  | { document: JsonObject };

/** Forms a badge may have that are recognised and honestly not read. */
export type UnreadForm = 'jwt' | 'png' | 'svg' | 'pdf';

export type Loaded =
  | {
      kind: 'document';
      document: JsonObject;
      /** Exactly as it was fetched, pasted or uploaded; a document that came parsed is written out. */
      text: () => string;
      fetched?: { url: string; fetchedAt: string };
    }
  | { kind: 'unread'; form: UnreadForm };

/**
 * Gets the document. What is not a badge in any form is the caller's mistake and throws.
 * @throws Problem `invalid-request`, `malformed-json`, `payload-too-large`, `fetch-refused`, `fetch-failed`
 */
export async function loadInput(input: CredentialInput, fetch: GuardedFetch, budget: Budget): Promise<Loaded> {
  if ('document' in input) return document(input.document, () => JSON.stringify(input.document));
  if ('url' in input) return fromUrl(input.url.trim(), fetch, budget);
  if ('bytes' in input) return fromBytes(input.bytes);
  const text = input.text.trim();
  if (/^https?:\/\/\S+$/i.test(text)) return fromUrl(text, fetch, budget);
  return fromText(text);
}

async function fromUrl(url: string, fetch: GuardedFetch, budget: Budget): Promise<Loaded> {
  if (Buffer.byteLength(url) > LIMITS.urlBytes || !URL.canParse(url) || !/^https?:/i.test(url)) {
    throw fieldProblem('invalid-request', '/url', 'must be a web address');
  }
  const got = await budget.slot(() => fetch(url, { accept: ACCEPT_CREDENTIAL, budget }));
  if (got.status < 200 || got.status > 299) {
    throw new Problem('fetch-failed', `the address answered with status ${got.status}`, {
      extensions: { code: 'http-status' },
    });
  }
  const loaded = fromBytes(got.bytes);
  return loaded.kind === 'document' ? { ...loaded, fetched: { url: got.url, fetchedAt: got.fetchedAt } } : loaded;
}

function fromBytes(bytes: Uint8Array): Loaded {
  const form = formOf(Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 2048)).toString('latin1'));
  if (form) return { kind: 'unread', form };
  return document(parseStrictJsonBytes(bytes), () => Buffer.from(bytes).toString('utf8'));
}

function fromText(text: string): Loaded {
  if (text === '') throw fieldProblem('invalid-request', '/text', 'must not be empty');
  const form = formOf(text.slice(0, 2048));
  if (form) return { kind: 'unread', form };
  return document(parseStrictJson(text), () => text);
}

function document(value: unknown, text: () => string): Loaded {
  if (!isObject(value)) throw fieldProblem('malformed-json', '', 'a badge must be a JSON object');
  return { kind: 'document', document: value, text };
}

/** By how it begins. @throws Problem for a web page, which is the most common mistake */
function formOf(head: string): UnreadForm | undefined {
  if (head.startsWith('\x89PNG')) return 'png';
  if (head.startsWith('%PDF-')) return 'pdf';
  const start = head.trimStart();
  if (/^<(?:!doctype\s+html|html)\b/i.test(start)) {
    throw new Problem('fetch-failed', 'this is a web page, not a badge; look on it for a link to the badge itself', {
      extensions: { code: 'html' },
    });
  }
  if (start.startsWith('<') && /<svg\b/i.test(start)) return 'svg';
  return /^[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{2,}(?:\.[A-Za-z0-9_-]*)?(?:~|\.|$)/.test(start) ? 'jwt' : undefined;
}

/** Says which item of the request it was. */
export async function at<T>(pointer: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof Problem) || error.errors[0]?.pointer === pointer) throw error;
    const { kind, message, extensions } = error;
    throw new Problem(kind, message, { errors: [{ pointer, detail: message }], cause: error, extensions });
  }
}
