import { createHmac, timingSafeEqual } from 'node:crypto';
import { type JsonObject, textFault } from '#kernel';
import { OPENID_CREDENTIAL } from './authorization-details.ts';
import { PRE_AUTHORIZED } from './names.ts';

/** A wallet that registered itself (RFC 7591): only what is kept of it. */
export interface WalletClient {
  redirectUris: string[];
  name?: string;
  grantTypes: string[];
}

/** RFC 7591 section 3.2.2. */
export class RegistrationRefusal extends Error {
  readonly error: 'invalid_redirect_uri' | 'invalid_client_metadata';
  constructor(error: RegistrationRefusal['error'], detail: string) {
    super(detail);
    this.name = 'RegistrationRefusal';
    this.error = error;
  }
}

const PREFIX = 'tatak-wallet.';
const GRANT_TYPES = ['authorization_code', 'refresh_token', PRE_AUTHORIZED.grantType];
const NAME_CHARS = 60;
const URIS = 5;
/** All of it stands in the id, which stands in addresses. */
const BYTES = 700;

/**
 * Wallets are not known beforehand, so each may register itself, as a public client and nothing more: no secret, no grant
 * but those of wallets, and no other address than the ones it names here. Members that are not known are ignored.
 * @throws RegistrationRefusal
 */
export function readRegistration(body: unknown): WalletClient {
  const refuse = (detail: string) => new RegistrationRefusal('invalid_client_metadata', detail);
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw refuse('must be a JSON object');
  const {
    redirect_uris: uris,
    client_name: name,
    token_endpoint_auth_method: method = 'none',
    grant_types: grants = ['authorization_code'],
    response_types: responses = ['code'],
  } = body as JsonObject;
  if (method !== 'none') throw refuse('token_endpoint_auth_method: wallets have no secret, so it must be none');
  if (!isList(grants) || !grants.every((one) => GRANT_TYPES.includes(one))) {
    throw refuse(`grant_types: must be among ${GRANT_TYPES.join(', ')}`);
  }
  if (!isList(responses) || !responses.every((one) => one === 'code')) throw refuse('response_types: must be code');
  if (name !== undefined) {
    const fault = typeof name === 'string' ? textFault(name, NAME_CHARS) : 'must be a text';
    if (fault) throw refuse(`client_name: ${fault}`);
  }
  if (!isList(uris) || uris.length === 0 || uris.length > URIS) {
    throw new RegistrationRefusal('invalid_redirect_uri', `redirect_uris: must be a list of 1 to ${URIS}`);
  }
  for (const uri of uris) {
    const fault = redirectFault(uri);
    if (fault) throw new RegistrationRefusal('invalid_redirect_uri', `redirect_uris: ${fault}`);
  }
  const client = {
    redirectUris: uris,
    ...(name === undefined ? {} : { name: name as string }),
    grantTypes: [...new Set(['authorization_code', ...grants])],
  };
  if (Buffer.byteLength(JSON.stringify(client)) > BYTES) throw refuse('the metadata is too long');
  return client;
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** RFC 8252 section 7: an https address, this machine, or a scheme that is the reversed name of a domain. */
function redirectFault(uri: string): string | undefined {
  const url = /^[\x21-\x7e]+$/.test(uri) ? URL.parse(uri) : null;
  if (!url) return 'not an address';
  if (uri.includes('#')) return 'must have no fragment';
  if (url.username !== '' || url.password !== '') return 'must have no user name';
  if (uri.includes('*')) return 'must be a whole address';
  if (url.protocol === 'https:') return LOOPBACK.has(url.hostname) ? 'must be http on this machine' : undefined;
  if (url.protocol === 'http:') return LOOPBACK.has(url.hostname) ? undefined : 'must be https';
  if (!/^[a-z][a-z0-9+-]*(?:\.[a-z0-9+-]+)+:$/.test(url.protocol)) {
    return 'a scheme of its own must be the reversed name of a domain';
  }
  return undefined;
}

function isList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

/**
 * The id of a wallet says what it registered, under a MAC: nothing is stored, so strangers fill no table, and it is the
 * same for every replica for ever.
 */
export function walletIdOf(client: WalletClient, key: Buffer): string {
  const { redirectUris: r, name: n, grantTypes: g } = client;
  const body = Buffer.from(JSON.stringify({ r, ...(n === undefined ? {} : { n }), g })).toString('base64url');
  return `${PREFIX}${body}.${macOf(body, key)}`;
}

/** undefined for an id that was not made here */
export function walletOfId(clientId: string, key: Buffer): WalletClient | undefined {
  const match = /^tatak-wallet\.([A-Za-z0-9_-]{1,1200})\.([A-Za-z0-9_-]{43})$/.exec(clientId);
  if (!match) return undefined;
  const [given, wanted] = [Buffer.from(match[2]!), Buffer.from(macOf(match[1]!, key))];
  if (!timingSafeEqual(given, wanted)) return undefined;
  const { r, n, g } = JSON.parse(Buffer.from(match[1]!, 'base64url').toString('utf8'));
  return { redirectUris: r, ...(n === undefined ? {} : { name: n }), grantTypes: g };
}

export const isWalletId = (clientId: string): boolean => clientId.startsWith(PREFIX);

const macOf = (body: string, key: Buffer) => createHmac('sha256', key).update(body).digest('base64url');

/** As the library and RFC 7591 write it. */
export function walletMetadata(clientId: string, { redirectUris, name, grantTypes }: WalletClient): JsonObject {
  return {
    client_id: clientId,
    ...(name === undefined ? {} : { client_name: name }),
    redirect_uris: redirectUris,
    grant_types: grantTypes,
    response_types: ['code'],
    token_endpoint_auth_method: 'none',
    application_type: 'native',
    authorization_details_types: [OPENID_CREDENTIAL],
  };
}
