import { type RegisterHead, readRegister } from '#accreditation';
import { didWebUrl } from '#identifiers';
import {
  fieldProblem,
  formatInstant,
  isObject,
  type Json,
  type JsonObject,
  Problem,
  parseStrictJson,
  sha256Hex,
} from '#kernel';
import type { GuardedFetch } from '#net';
import { registerUrl } from '#verifier';

/** What a verifier would have fetched, brought by the caller. It is checked as what is fetched is. */
export interface Material {
  /** As `/registry/{slug}/snapshot` answers: the signed register, its parts, the DID documents of its parties. */
  registers?: readonly (string | JsonObject)[];
  /** Signed status lists; each is known by its `id`. */
  statusLists?: readonly (string | JsonObject)[];
  /** Anything else by its address: definitions, DID documents at their https address, lists of other kinds. */
  documents?: Readonly<Record<string, string | JsonObject | Uint8Array>>;
  /** Told each address that would have been fetched and is not among what was brought. */
  onMissing?: (url: string) => void;
}

/** A snapshot as it was brought. */
export interface Snapshot {
  head: RegisterHead;
  register: JsonObject;
  parts: readonly string[];
  didDocuments: JsonObject;
}

/** A register with its parts and the documents of all parties. */
const BUDGET = { bytes: 64 * 1024 * 1024, keys: 2_000_000 };

/** The snapshots, the oldest first. @throws Problem `invalid-request` for what is none */
export function readSnapshots(registers: Material['registers'] = []): Snapshot[] {
  const read = registers.map((one, index): Snapshot => {
    const file = asObject(one, `/registers/${index}`);
    const { register, parts = [], didDocuments = {} } = file;
    const head = isObject(register) ? readRegister(register) : undefined;
    const texts = Array.isArray(parts) && parts.every((part) => typeof part === 'string');
    if (!head || !isObject(register) || !texts || !isObject(didDocuments)) {
      throw fieldProblem('invalid-request', `/registers/${index}`, 'is not a register snapshot that can be read');
    }
    return { head, register, parts: parts as string[], didDocuments };
  });
  const at = ({ head }: Snapshot) => Date.parse(head.published);
  return read.sort((a, b) => at(a) - at(b));
}

/** The only port to anywhere: it opens no connection, and says so. */
export function fetchFrom(material: Material, snapshots: readonly Snapshot[], now: Date): GuardedFetch {
  const named = new Map(Object.entries(material.documents ?? {}).map(([url, one]) => [url, bytesOf(one)]));
  const [signed, keys] = [signedOf(material, snapshots), keysOf(snapshots)];
  return async (url, { accept, budget, maxBytes }) => {
    const over = (code: string) => new Problem('fetch-failed', `${code}: ${url}`, { extensions: { code } });
    if (budget && !budget.take()) throw over('budget');
    // Each is only what it was brought as: a list that says it is somebody's DID document is not asked for keys.
    const asKeys = accept.startsWith('application/did') ? keys.get(url) : undefined;
    const asSigned = accept.startsWith('application/vc') ? signed.get(url) : undefined;
    const bytes = named.get(url) ?? asKeys ?? asSigned;
    if (!bytes) {
      material.onMissing?.(url);
      throw new Problem('fetch-refused', `not asked, offline: ${url}`);
    }
    if (maxBytes !== undefined && bytes.length > maxBytes) throw over('too-large');
    return { url, status: 200, contentType: 'application/json', bytes, fetchedAt: formatInstant(now) };
  };
}

/** What its signature, or a digest that is signed, makes good wherever it comes from; what is newer goes before what is older. */
function signedOf({ statusLists = [] }: Material, snapshots: readonly Snapshot[]): Map<string, Uint8Array> {
  const pages = new Map<string, Uint8Array>();
  for (const [index, list] of statusLists.entries()) {
    const { id } = asObject(list, `/statusLists/${index}`);
    if (typeof id !== 'string')
      throw fieldProblem('invalid-request', `/statusLists/${index}/id`, 'must be its address');
    pages.set(id, bytesOf(list));
  }
  for (const { head, register, parts, didDocuments } of snapshots) {
    const owner = didDocuments[head.accreditor];
    // Where its accreditor says it is, which is where a verifier asks; a mirror may have given it another address.
    for (const url of [head.url, isObject(owner) ? registerUrl(owner) : undefined]) {
      if (url !== undefined) pages.set(url, bytesOf(register));
    }
    for (const part of parts) if (head.parts) pages.set(`${head.parts.url}${sha256Hex(part)}`, bytesOf(part));
  }
  return pages;
}

/** DID documents of the snapshots. Nobody signs them: whoever brings a snapshot believes it; of itself an accreditor knows best. */
function keysOf(snapshots: readonly Snapshot[]): Map<string, Uint8Array> {
  const others = snapshots.flatMap(({ didDocuments }) => Object.entries(didDocuments));
  const own = snapshots.flatMap(({ head: { accreditor }, didDocuments }): [string, Json][] => {
    const document = didDocuments[accreditor];
    return document === undefined ? [] : [[accreditor, document]];
  });
  const pages = new Map<string, Uint8Array>();
  for (const [did, document] of [...others, ...own]) {
    const url = did.startsWith('https://') ? did : didWebUrl(did);
    if (url !== undefined && isObject(document)) pages.set(url, bytesOf(document));
  }
  return pages;
}

const bytesOf = (one: string | JsonObject | Uint8Array): Uint8Array =>
  one instanceof Uint8Array ? one : Buffer.from(typeof one === 'string' ? one : JSON.stringify(one));

function asObject(one: string | JsonObject, pointer: string): JsonObject {
  const value: Json = parsed(one, pointer);
  if (isObject(value)) return value;
  throw fieldProblem('invalid-request', pointer, 'must be a JSON object');
}

/** Whoever calls may hold anything: it is read as text from a stranger is. */
function parsed(one: string | JsonObject, pointer: string): Json {
  try {
    return parseStrictJson(typeof one === 'string' ? one : JSON.stringify(one), BUDGET);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw fieldProblem('invalid-request', pointer, error.message);
  }
}
