import { isObject, type JsonObject, Problem, parseStrictJsonBytes } from '#kernel';
import type { GuardedFetch } from '#net';
import { withoutEndSlashes } from './address.ts';
import type { HostDescription } from './ports.ts';
import { cleaned, refuse } from './refusal.ts';
import { scopesOf, scopeToAsk } from './scopes.ts';

/** A description with schemas of everything is 100 to 300 KiB long. */
const MOST_BYTES = 1_024 * 1_024;
const MOST_KEYS = 100_000;
/** Of one address. */
const MOST_CHARS = 2_000;

/**
 * Asks a host what it can do, and where (OB 3.0, 6.3). Every address at which something is sent must be at the origin that was
 * asked: else a description could make this service give secrets of learners to whomever it names.
 * @throws Problem `invalid-request` with code `not_a_host` or `other_host`, naming the member; `fetch-refused`; `fetch-failed`
 */
export async function describeHost(fetch: GuardedFetch, discoveryUrl: string): Promise<HostDescription> {
  const call = { method: 'GET', headers: {} } as const;
  const { status, bytes } = await fetch(discoveryUrl, { accept: 'application/json', call, maxBytes: MOST_BYTES });
  if (status !== 200) throw refuse('not_a_host', `HTTP ${status}`);
  return readDescription(parsed(bytes), discoveryUrl);
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return parseStrictJsonBytes(Buffer.from(bytes), { bytes: MOST_BYTES, keys: MOST_KEYS });
  } catch (error) {
    if (error instanceof Problem) throw refuse('not_a_host', 'JSON');
    throw error;
  }
}

export function readDescription(document: unknown, discoveryUrl: string): HostDescription {
  const root = objectAt(document, '');
  if (typeof root.openapi !== 'string' || !root.openapi.startsWith('3.0')) throw refuse('not_a_host', '/openapi');
  const info = objectAt(root.info, '/info');
  const title = cleaned(info.title, 200);
  if (title === undefined) throw refuse('not_a_host', '/info/title');
  const schemes = objectAt(objectAt(root.components, '/components').securitySchemes, '/components/securitySchemes');
  const at = '/components/securitySchemes/OAuth2ACG';
  const scheme = objectAt(schemes.OAuth2ACG, at);
  if (scheme.type !== 'oauth2') throw refuse('not_a_host', `${at}/type`);
  const flow = objectAt(objectAt(scheme.flows, `${at}/flows`).authorizationCode, `${at}/flows/authorizationCode`);
  const { origin } = new URL(discoveryUrl);
  const here = (value: unknown, pointer: string): string => addressAt(value, pointer, origin);
  const tokenUrl = here(flow.tokenUrl, `${at}/flows/authorizationCode/tokenUrl`);
  const maybe = (value: unknown, pointer: string) => (value === undefined ? undefined : here(value, pointer));
  const revocationUrl = maybe(scheme['x-revocationUrl'], `${at}/x-revocationUrl`);
  // Pages for people are often elsewhere: nothing is sent there, and they are not shown.
  const shown = (value: unknown) => (isAt(value, origin) ? { url: value } : undefined);
  const terms = shown(info.termsOfService);
  const privacy = shown(scheme['x-imssf-privacyPolicyUrl'] ?? info['x-imssf-privacyPolicyUrl']);
  const server = Array.isArray(root.servers) ? objectAt(root.servers[0] ?? {}, '/servers/0').url : undefined;
  return {
    title,
    apiUrl: withoutEndSlashes(maybe(server, '/servers/0/url') ?? discoveryUrl.replace(/\/discovery$/, '')),
    registrationUrl: here(scheme['x-imssf-registrationUrl'], `${at}/x-imssf-registrationUrl`),
    authorizationUrl: here(flow.authorizationUrl, `${at}/flows/authorizationCode/authorizationUrl`),
    tokenUrl,
    refreshUrl: maybe(flow.refreshUrl, `${at}/flows/authorizationCode/refreshUrl`) ?? tokenUrl,
    ...(revocationUrl === undefined ? {} : { revocationUrl }),
    ...(terms && { termsUrl: terms.url }),
    ...(privacy && { privacyUrl: privacy.url }),
    // Of what else it offers nothing is asked for.
    scopes: scopesOf(scopeToAsk(Object.keys(isObject(flow.scopes) ? flow.scopes : {}))),
  };
}

function objectAt(value: unknown, pointer: string): JsonObject {
  if (isObject(value)) return value as JsonObject;
  throw refuse('not_a_host', pointer);
}

function addressAt(value: unknown, pointer: string, origin: string): string {
  const url = typeof value === 'string' && value.length <= MOST_CHARS ? URL.parse(value) : undefined;
  if (!url || url.username || url.password || url.hash) throw refuse('not_a_host', pointer);
  if (url.origin !== origin) throw refuse('other_host', `${pointer}: ${cleaned(url.host, 100)}`);
  return url.href;
}

function isAt(value: unknown, origin: string): value is string {
  return typeof value === 'string' && value.length <= MOST_CHARS && URL.parse(value)?.origin === origin;
}
