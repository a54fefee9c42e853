import { isObject } from '#kernel';
import type { FetchBudget } from '#net';
import { jwkForm, keyForm } from './key-form.ts';
import { findInSet, methodOf } from './key-set.ts';
import { refused, unknown } from './outcome.ts';
import type { DocumentResolution, JoseKeyReference, MethodResolution, Relationship } from './ports.ts';

/** What finding a key of a token asks others for. */
export interface JoseLookups {
  resolve(id: string, budget?: FetchBudget): Promise<DocumentResolution>;
  resolveMethod(id: string, relationship: Relationship, budget?: FetchBudget): Promise<MethodResolution>;
  /** A JWK or a JWK set. @param again not from memory, should it be older than a few seconds */
  keys(url: string, budget?: FetchBudget, again?: boolean): Promise<DocumentResolution>;
}

interface Asked {
  issuer: string;
  relationship: Relationship;
  budget: FetchBudget | undefined;
  look: JoseLookups;
}

const NOT_LISTED = unknown('key_not_listed', 'the issuer does not list this key');
const MAX_KID_CHARS = 2_048;

export async function resolveJoseKey(
  { kid, jwk }: JoseKeyReference,
  issuer: string,
  relationship: Relationship,
  look: JoseLookups,
  budget?: FetchBudget,
): Promise<MethodResolution> {
  const asked = { issuer, relationship, budget, look };
  if (kid === undefined && jwk === undefined) return refused('key_missing', 'the token names no key');
  if (kid !== undefined && (kid === '' || kid.length > MAX_KID_CHARS)) {
    return refused('method_malformed', 'the name of the key is empty or too long');
  }
  if (jwk === undefined) return byName(kid!, asked);
  const form = jwkForm(jwk);
  if (form.outcome !== 'ok') return form;
  if (kid === undefined) return byKey(form.key.multibase, asked);
  // Both: the name is looked up, and the key beside it must be the one found.
  const found = await byName(kid, asked);
  if (found.outcome === 'ok' && found.method.publicKeyMultibase !== form.key.multibase) {
    return refused('key_mismatch', 'the key in the token is not the one it names');
  }
  return found;
}

async function byName(kid: string, asked: Asked): Promise<MethodResolution> {
  const { issuer, relationship, budget, look } = asked;
  if (kid.startsWith('did:')) {
    // A DID names its own keys only, so no other document is even asked.
    if (kid.split('#', 1)[0] !== issuer) return notIssuers(kid, issuer);
    return look.resolveMethod(kid, relationship, budget);
  }
  if (kid.startsWith('https://')) return byAddress(kid, asked);
  // RFC 3986 5: only a fragment, or only the name of one, is of the issuer's own document.
  if (issuer.startsWith('did:')) {
    return look.resolveMethod(kid.startsWith('#') ? `${issuer}${kid}` : `${issuer}#${kid}`, relationship, budget);
  }
  return inSet(asked, (key) => key.kid === kid, kid);
}

async function byAddress(kid: string, asked: Asked): Promise<MethodResolution> {
  const { issuer, relationship, budget, look } = asked;
  const [base = '', fragment] = kid.split('#', 2);
  if (kid.split('#').length > 2 || !URL.canParse(base)) return refused('method_malformed', 'not the address of a key');
  if (base === issuer && fragment) return look.resolveMethod(kid, relationship, budget);
  const authority = authorityOf(issuer);
  // Whoever else serves it, only the issuer can say that it is its own.
  if (!authority || new URL(base).host !== authority) return inSet(asked, (key) => key.kid === kid, kid);
  const got = await look.keys(base, budget);
  if (got.outcome !== 'ok') return got;
  const { document, fetchedAt } = got;
  const dated = fetchedAt === undefined ? {} : { fetchedAt };
  if (Array.isArray(document.keys)) {
    const named = (key: Record<string, unknown>) => key.kid === kid || (fragment !== undefined && key.kid === fragment);
    const found = findInSet(document, issuer, named, kid);
    if (found.outcome !== 'ok') return found;
    if (issuer.startsWith('did:')) return byKey(found.method.publicKeyMultibase, asked);
    return { ...found, document, ...dated };
  }
  if ('kty' in document) {
    if (document.iss !== undefined && document.iss !== issuer) return notIssuers(kid, issuer);
    if (document.kid !== undefined && document.kid !== kid && document.kid !== fragment) {
      return refused('method_malformed', 'the key at the address has another name');
    }
    const form = jwkForm(document);
    if (form.outcome !== 'ok') return form;
    // For a DID its document is the only list, wherever a copy of the key lies.
    if (issuer.startsWith('did:')) return byKey(form.key.multibase, asked);
    // Anybody with a corner of a large host could put a key there: without `iss` or a list this is said in the report.
    const found = methodOf(document, form.key.multibase, kid, issuer, 'address');
    return found.outcome === 'ok' ? { ...found, document, ...dated } : found;
  }
  // A verification method or a document of its own: only as Data Integrity takes it, and only of this issuer.
  const found = await look.resolveMethod(kid, relationship, budget);
  return found.outcome === 'ok' && found.method.controller !== issuer ? notIssuers(kid, issuer) : found;
}

/** The same key in the issuer's document, for the same use; for an https issuer also in the key set of its authority. */
async function byKey(multibase: string, asked: Asked): Promise<MethodResolution> {
  const { issuer, relationship, budget, look } = asked;
  const own = await look.resolve(issuer, budget);
  if (own.outcome === 'ok') {
    for (const id of methodsOf(own.document, multibase)) {
      const found = await look.resolveMethod(id, relationship, budget);
      if (found.outcome === 'ok' && found.method.publicKeyMultibase === multibase) return found;
    }
    if (issuer.startsWith('did:')) return NOT_LISTED;
  } else if (issuer.startsWith('did:')) return own;
  return inSet(asked, (_, listed) => listed === multibase);
}

/** Ids of the methods of a document that hold this key. */
function methodsOf(document: Record<string, unknown>, multibase: string): string[] {
  return ['verificationMethod', 'assertionMethod', 'authentication']
    .flatMap((name) => document[name] ?? [])
    .filter(isObject)
    .flatMap((method) => {
      const form = keyForm(method);
      const same = form.outcome === 'ok' && form.key.multibase === multibase;
      return same && typeof method.id === 'string' ? [method.id] : [];
    });
}

/** Open Badges 3.0, 8.2.4: `https://{authority}/.well-known/jwks.json`. For a DID its document is the only list. */
async function inSet(
  { issuer, budget, look }: Asked,
  matches: (key: Record<string, unknown>, multibase: string) => boolean,
  kid?: string,
): Promise<MethodResolution> {
  const authority = issuer.startsWith('https://') ? authorityOf(issuer) : undefined;
  if (!authority) return NOT_LISTED;
  const url = `https://${authority}/.well-known/jwks.json`;
  for (const again of [false, true]) {
    const got = await look.keys(url, budget, again);
    // Nobody has to publish a set: without one the key is not listed.
    if (got.outcome !== 'ok') return got.code === 'did_unreachable' ? NOT_LISTED : got;
    const found = findInSet(got.document, issuer, matches, kid ?? url);
    const dated = got.fetchedAt === undefined ? {} : { fetchedAt: got.fetchedAt };
    if (found.outcome === 'ok') return { ...found, document: got.document, ...dated };
    // A key that was published a moment ago is not in the set that is remembered.
    if (found.code !== 'key_not_listed' || again) return found;
  }
  return NOT_LISTED;
}

function authorityOf(issuer: string): string | undefined {
  if (issuer.startsWith('https://')) return URL.parse(issuer)?.host;
  const host = /^did:web:([^:]+)/.exec(issuer)?.[1];
  return host?.replace(/%3a/i, ':').toLowerCase();
}

function notIssuers(kid: string, issuer: string): MethodResolution {
  return refused('method_not_issuer', `${kid.slice(0, 200)} is not a key of ${issuer.slice(0, 200)}`);
}
