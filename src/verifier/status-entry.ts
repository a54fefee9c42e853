import { isObject, type JsonObject } from '#kernel';
import { isAbsoluteIri } from './document-schema.ts';

/** A `BitstringStatusListEntry` that satisfies its model (Bitstring Status List 1.0, 2.1). */
export interface BitstringEntry {
  purpose: string;
  index: number;
  /** Bits of each entry. */
  size: number;
  /** Address of the list. */
  list: string;
  /** What the values mean, where the entry says so. By value, never by place: a signature does not fix the order. */
  messages?: ReadonlyMap<number, string>;
}

const INDEX = /^(?:0|[1-9]\d{0,9})$/;
const VALUE = /^0x([0-9a-fA-F]{1,4})$/;
/** Each value needs a message of its own, so a document within its limits has no room for more. */
const MAX_SIZE = 12;

/**
 * Reads an entry by its model. A member of another type than the standard's is no entry, however clear its meaning: two
 * readers must not see two indexes.
 * @returns undefined when it breaks the model; nothing is fetched for it
 */
export function readBitstringEntry(entry: JsonObject): BitstringEntry | undefined {
  const { id, statusPurpose: purpose, statusListIndex: index, statusListCredential: list } = entry;
  const size = entry.statusSize ?? 1;
  if (typeof purpose !== 'string' || purpose === '') return undefined;
  if (typeof index !== 'string' || !INDEX.test(index)) return undefined;
  if (typeof list !== 'string' || !isAbsoluteIri(list)) return undefined;
  // The id names the entry, so it cannot be that of the list.
  if (id !== undefined && (typeof id !== 'string' || !isAbsoluteIri(id) || id === list)) return undefined;
  if (typeof size !== 'number' || !Number.isInteger(size) || size < 1 || size > MAX_SIZE) return undefined;
  const messages = entry.statusMessage === undefined ? undefined : readMessages(entry, 2 ** size);
  // One bit may go without messages; more of them mean nothing without.
  if (!messages && (entry.statusMessage !== undefined || size > 1)) return undefined;
  return { purpose, index: Number(index), size, list, ...(messages ? { messages } : {}) };
}

/** Exactly one message for each value. */
function readMessages({ statusMessage }: JsonObject, count: number): Map<number, string> | undefined {
  if (!Array.isArray(statusMessage) || statusMessage.length !== count) return undefined;
  const messages = new Map<number, string>();
  for (const one of statusMessage) {
    const value = isObject(one) && typeof one.status === 'string' ? VALUE.exec(one.status)?.[1] : undefined;
    if (value === undefined || !isObject(one) || typeof one.message !== 'string') return undefined;
    messages.set(Number.parseInt(value, 16), one.message);
  }
  return messages.size === count && Math.max(...messages.keys()) < count ? messages : undefined;
}
