import { createHash } from 'node:crypto';
import { isObject, type Json, type JsonObject, LIMITS, strictBase64url } from '#kernel';
import { strictJson } from './compact.ts';
import { refuse } from './refusal.ts';

/** Claims with the disclosed members in their places. */
export interface Disclosed {
  claims: JsonObject;
  /**
   * Digests that nothing was disclosed for, at the root and in every member of the root but those of `IN_PARTS`:
   * members, or decoys, that this reader cannot see. Of two status entries one could be hidden, of its types the one that counts.
   */
  hiddenAtRoot: number;
  /** The same anywhere. */
  hidden: number;
}

interface Disclosure {
  /** Absent for an array element. */
  name?: string;
  value: Json;
  used: boolean;
}

interface Walk {
  byDigest: Map<string, Disclosure>;
  seen: Set<string>;
  hiddenAtRoot: number;
  hidden: number;
  /** The member of the root that is looked at. */
  member?: string;
}

/** What of a credential a holder may show in parts. */
const IN_PARTS: ReadonlySet<string> = new Set(['credentialSubject', 'evidence', 'issuer']);

/**
 * RFC 9901, 7.1 step 3: every disclosure is placed where its digest stands, exactly once; a digest may stand only once;
 * a disclosure that stands nowhere is refused, as is one that would replace a member.
 * @param disclosures base64url texts as they came
 * @throws Problem `invalid-request`
 */
export function applyDisclosures(claims: JsonObject, disclosures: readonly string[]): Disclosed {
  if (disclosures.length > LIMITS.jwtDisclosures) {
    throw refuse('too_large', `more than ${LIMITS.jwtDisclosures} disclosures`);
  }
  const { _sd_alg: algorithm, ...signed } = claims;
  if (algorithm !== undefined && algorithm !== 'sha-256') {
    throw refuse('digest_algorithm', 'disclosures are read with the digest sha-256 only');
  }
  const byDigest = new Map<string, Disclosure>();
  for (const text of disclosures) {
    const digest = createHash('sha256').update(text, 'ascii').digest('base64url');
    if (byDigest.has(digest)) throw refuse('disclosure', 'one disclosure occurs twice');
    byDigest.set(digest, readDisclosure(text));
  }
  const walk: Walk = { byDigest, seen: new Set(), hiddenAtRoot: 0, hidden: 0 };
  const placed = placeIn(signed, walk, 0) as JsonObject;
  for (const { used } of byDigest.values()) {
    if (!used) throw refuse('disclosure', 'a disclosure belongs to nothing that is signed');
  }
  const { hiddenAtRoot, hidden } = walk;
  return { claims: placed, hiddenAtRoot, hidden };
}

function readDisclosure(text: string): Disclosure {
  const raw = strictBase64url(text);
  if (!raw) throw refuse('disclosure', 'a disclosure is not base64url in its only spelling');
  const parts = strictJson(raw, 'a disclosure', LIMITS.jsonBytes);
  if (!Array.isArray(parts) || typeof parts[0] !== 'string') {
    throw refuse('disclosure', 'a disclosure is a list that begins with a salt');
  }
  if (parts.length === 2) return { value: parts[1]!, used: false };
  const name = parts[1];
  if (parts.length !== 3 || typeof name !== 'string' || name === '_sd' || name === '...' || name === '_sd_alg') {
    throw refuse('disclosure', 'a disclosure is [salt, value] or [salt, name, value]');
  }
  return { name, value: parts[2]!, used: false };
}

/** Disclosed values may hold digests again, so the depth is that of the whole. */
function placeIn(value: Json, walk: Walk, depth: number): Json {
  if (depth > LIMITS.jsonDepth) throw refuse('disclosure', `nested deeper than ${LIMITS.jsonDepth} levels`);
  if (Array.isArray(value)) return value.flatMap((item) => element(item, walk, depth + 1));
  if (!isObject(value)) return value;
  if ('...' in value || '_sd_alg' in value) throw refuse('disclosure', 'a member of disclosures in the wrong place');
  const { _sd: digests, ...members } = value;
  const out: JsonObject = {};
  const within = (name: string, held: Json): Json => {
    if (depth === 0) walk.member = name;
    const placed = placeIn(held, walk, depth + 1);
    if (depth === 0) delete walk.member;
    return placed;
  };
  for (const [key, member] of Object.entries(members)) out[key] = within(key, member);
  if (digests === undefined) return out;
  if (!Array.isArray(digests)) throw refuse('disclosure', '"_sd" is not a list');
  for (const digest of digests) {
    const found = take(digest, walk);
    if (!found) continue;
    const { name } = found;
    if (name === undefined) throw refuse('disclosure', 'the disclosure of a list element stands for a member');
    if (Object.hasOwn(out, name)) throw refuse('disclosure', 'a disclosure would replace a member');
    out[name] = within(name, found.value);
  }
  return out;
}

/** `{"...": digest}` stands for one element or, not disclosed, for none. */
function element(item: Json, walk: Walk, depth: number): Json[] {
  if (!isObject(item) || !('...' in item)) return [placeIn(item, walk, depth)];
  if (Object.keys(item).length !== 1) throw refuse('disclosure', 'a hidden list element has other members');
  const found = take(item['...']!, walk);
  if (!found) return [];
  if (found.name !== undefined) throw refuse('disclosure', 'the disclosure of a member stands for a list element');
  return [placeIn(found.value, walk, depth)];
}

function take(digest: Json, walk: Walk): Disclosure | undefined {
  if (typeof digest !== 'string') throw refuse('disclosure', 'a digest is not a text');
  if (walk.seen.has(digest)) throw refuse('disclosure', 'one digest stands in two places');
  walk.seen.add(digest);
  const found = walk.byDigest.get(digest);
  if (found) found.used = true;
  else {
    walk.hidden++;
    if (walk.member === undefined || !IN_PARTS.has(walk.member)) walk.hiddenAtRoot++;
  }
  return found;
}
