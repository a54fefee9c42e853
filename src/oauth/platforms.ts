import { type JsonObject, textFault } from '#kernel';
import { OB_SCOPES, type ObScope, OFFLINE_ACCESS } from './names.ts';
import type { PlatformMetadata, PlatformReader } from './ports.ts';
import { RegistrationRefusal } from './wallets.ts';

/** Ids of platforms begin so; no wallet's and no system's does. */
const PLATFORM_CLIENT = /^tatak-platform-[0-9a-hjkmnp-tv-z]{26}$/;

export const platformIdOf = (id: string): string => `tatak-platform-${id}`;
export const isPlatformId = (clientId: unknown): boolean =>
  typeof clientId === 'string' && PLATFORM_CLIENT.test(clientId);

const GRANT_TYPES = ['authorization_code', 'refresh_token'];
const ALL_SCOPES: readonly string[] = Object.values(OB_SCOPES);
const NAME_CHARS = 100;
const URL_CHARS = 1_000;
const URIS = 5;

/** What kind of text each required member is (OB 3.0, 7.1.1.2). */
const TEXTS = ['client_name', 'software_id', 'software_version'] as const;
const ADDRESSES = ['client_uri', 'logo_uri', 'tos_uri', 'policy_uri'] as const;

const refuse = (detail: string) => new RegistrationRefusal('invalid_client_metadata', detail);

/**
 * The rules of OB 3.0, 7.1.1.2, for what a platform says of itself: all of the required members; https addresses on one host,
 * so that whoever is named is whoever gets the badges; a secret by Basic; the code and refresh grants and no other. Members
 * that are not known are ignored (RFC 7591, 2).
 * @throws RegistrationRefusal
 */
export function readPlatform(body: unknown): PlatformMetadata {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw refuse('must be a JSON object');
  const given = body as JsonObject;
  const texts = Object.fromEntries(TEXTS.map((name) => [name, textOf(given, name)]));
  const addresses = Object.fromEntries(ADDRESSES.map((name) => [name, addressOf(given[name], name)]));
  const redirectUris = redirectUrisOf(given.redirect_uris);
  const hosts = new Set([...Object.values(addresses), ...redirectUris].map((url) => new URL(url).hostname));
  if (hosts.size > 1) {
    throw new RegistrationRefusal('invalid_redirect_uri', 'all addresses must have the same host name');
  }
  const contacts = given.contacts === undefined ? undefined : contactsOf(given.contacts);
  return {
    ...(texts as Pick<PlatformMetadata, (typeof TEXTS)[number]>),
    ...(addresses as Pick<PlatformMetadata, (typeof ADDRESSES)[number]>),
    redirect_uris: redirectUris,
    token_endpoint_auth_method: methodOf(given.token_endpoint_auth_method),
    grant_types: grantTypesOf(given.grant_types),
    response_types: responseTypesOf(given.response_types),
    scope: scopeOf(given.scope),
    ...(contacts === undefined ? {} : { contacts }),
  };
}

function textOf(given: JsonObject, name: string): string {
  const value = given[name];
  if (value === undefined) throw refuse(`${name}: is required`);
  const fault = typeof value === 'string' ? textFault(value, NAME_CHARS) : 'must be a text';
  if (fault) throw refuse(`${name}: ${fault}`);
  return value as string;
}

function addressOf(value: unknown, name: string): string {
  if (value === undefined) throw refuse(`${name}: is required`);
  const fault = addressFault(value);
  if (fault) throw refuse(`${name}: ${fault}`);
  return value as string;
}

function redirectUrisOf(value: unknown): string[] {
  const bad = (detail: string) => new RegistrationRefusal('invalid_redirect_uri', `redirect_uris: ${detail}`);
  if (!isList(value) || value.length === 0 || value.length > URIS) throw bad(`must be a list of 1 to ${URIS}`);
  for (const uri of value) {
    const fault = addressFault(uri) ?? (uri.includes('#') ? 'must have no fragment' : undefined);
    if (fault) throw bad(fault);
  }
  return value;
}

function addressFault(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > URL_CHARS || !/^[\x21-\x7e]+$/.test(value))
    return 'must be an address';
  const url = URL.parse(value);
  if (!url) return 'must be a whole address';
  if (url.protocol !== 'https:') return 'must be https';
  if (url.username !== '' || url.password !== '') return 'must have no user name';
  return undefined;
}

function methodOf(value: unknown = 'client_secret_basic'): 'client_secret_basic' {
  if (value !== 'client_secret_basic') throw refuse('token_endpoint_auth_method: must be client_secret_basic');
  return value;
}

function grantTypesOf(value: unknown = ['authorization_code']): string[] {
  if (!isList(value) || !value.every((one) => GRANT_TYPES.includes(one)) || !value.includes('authorization_code')) {
    throw refuse('grant_types: must be authorization_code, or that and refresh_token');
  }
  return value;
}

function responseTypesOf(value: unknown = ['code']): ['code'] {
  if (!isList(value) || value.length !== 1 || value[0] !== 'code') throw refuse('response_types: must be code');
  return ['code'];
}

function scopeOf(value: unknown): string {
  if (typeof value !== 'string') throw refuse('scope: is required');
  const scopes = value.split(' ');
  const unknown = scopes.find((one) => !ALL_SCOPES.includes(one) && one !== OFFLINE_ACCESS);
  if (unknown !== undefined) throw refuse('scope: must be among those of the service description');
  if (obScopesOf(value).length === 0) throw refuse('scope: names nothing that can be allowed');
  return value;
}

function contactsOf(value: unknown): string[] {
  const right = isList(value) && value.length <= URIS && value.every((one) => textFault(one, NAME_CHARS) === undefined);
  if (!right) throw refuse(`contacts: must be a list of at most ${URIS} texts`);
  return value;
}

function isList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

/** Of a `scope` parameter, what the Open Badges API knows, each once. */
export function obScopesOf(scope: unknown): ObScope[] {
  const asked = typeof scope === 'string' ? scope.split(' ') : [];
  return Object.values(OB_SCOPES).filter((one) => asked.includes(one));
}

/** As the library wants it. What of its scopes is asked is checked with the request, and not by the library. */
export async function platformClient(
  reader: Pick<PlatformReader, 'platform'>,
  clientId: string,
): Promise<JsonObject | undefined> {
  const platform = isPlatformId(clientId) ? await reader.platform(clientId) : undefined;
  if (!platform) return undefined;
  const { client_name, redirect_uris, grant_types, response_types, token_endpoint_auth_method } = platform.metadata;
  return {
    client_id: clientId,
    client_secret: platform.secretSha256,
    ...{ client_name, redirect_uris, grant_types, response_types, token_endpoint_auth_method },
  };
}
