import { isObject, type Json, type JsonObject, LIMITS, Problem, parseStrictJson } from '#kernel';
import type { CredentialQuery, DcqlQuery } from './dcql-query.ts';
import { refuse } from './refusal.ts';

/** One entry of a `vp_token`, of the form its query asks for; nothing in it is verified. */
export interface Presented {
  query: CredentialQuery;
  /** A Verifiable Presentation, else a bare credential. */
  bound: boolean;
  given: string | JsonObject;
}

/** A token that is signed; nothing else is taken for one, so that no address is ever fetched on a wallet's word. */
const COMPACT = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/;

/**
 * Reads `vp_token` (OpenID4VP 1.0, 8.1): an object with an array for each query that is answered; and holds it to what was
 * asked: known queries, no more presentations than each allows, of each set one option.
 * @throws Problem with the OAuth error `invalid_request`
 */
export function readVpToken(text: string, { credentials, credential_sets }: DcqlQuery): Presented[] {
  const token = parsed(text);
  if (!isObject(token)) throw refuse('vp_token must be a JSON object');
  const presented = Object.entries(token).flatMap(([id, entries]): Presented[] => {
    const query = credentials.find((one) => one.id === id);
    if (!query) throw refuse('vp_token answers a query that was not asked');
    if (!Array.isArray(entries) || entries.length === 0)
      throw refuse(`vp_token: ${id} must be an array of presentations`);
    if (entries.length > 1 && !query.multiple) throw refuse(`vp_token: ${id} asks for one presentation`);
    return entries.map((entry) => entryOf(query, entry));
  });
  if (presented.length > LIMITS.presentationCredentials) {
    throw refuse(`vp_token holds more than ${LIMITS.presentationCredentials} presentations`);
  }
  const answered = new Set(presented.map(({ query }) => query.id));
  for (const { options } of credential_sets) {
    const taken = options.flat().filter((id) => answered.has(id));
    if (taken.length === 0) throw refuse('vp_token leaves out a badge that was asked for');
    if (taken.length > 1) throw refuse(`vp_token answers ${taken.join(' and ')}, of which one was asked for`);
  }
  return presented;
}

function parsed(text: string): Json {
  try {
    return parseStrictJson(text);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw refuse(`vp_token cannot be read: ${error.message}`, error.kind);
  }
}

function entryOf(query: CredentialQuery, entry: Json): Presented {
  const bound = query.require_cryptographic_holder_binding !== false;
  const wrong = (what: string) => refuse(`vp_token: ${query.id} must hold ${what}`);
  if (query.format === 'jwt_vc_json') {
    if (typeof entry !== 'string' || !COMPACT.test(entry)) throw wrong('signed tokens');
    return { query, bound, given: entry };
  }
  if (!isObject(entry)) throw wrong('JSON objects');
  const isPresentation = [entry.type ?? []].flat().includes('VerifiablePresentation');
  if (isPresentation !== bound) throw wrong(bound ? 'Verifiable Presentations' : 'Verifiable Credentials');
  return { query, bound, given: entry };
}
