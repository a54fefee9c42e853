import { matchesHash } from '#auth';
import { type Clock, formatInstant, type Transactor } from '#kernel';
import { connectionIdOf, endOf } from './connections.ts';
import { isPlatformId } from './platforms.ts';
import type { OAuthRequest, OAuthWrite, PlatformReader } from './ports.ts';
import type { Records } from './records.ts';

/** RFC 6749, 5.2. */
export class PlatformRefusal extends Error {
  readonly error: 'invalid_client' | 'invalid_request' | 'unsupported_token_type';
  constructor(error: PlatformRefusal['error'], detail: string) {
    super(detail);
    this.name = 'PlatformRefusal';
    this.error = error;
  }
}

/** The library's names of what a hint of RFC 7009 means. */
const KINDS: Readonly<Record<string, string>> = { access_token: 'AccessToken', refresh_token: 'RefreshToken' };

/**
 * OB 3.0, 7.3: as RFC 7009, and the hint is required. Whose token it is not learns nothing of it; a wrong hint still finds it.
 * @throws PlatformRefusal
 */
export async function revokePlatformToken(
  { headers, form }: Pick<OAuthRequest, 'headers' | 'form'>,
  deps: { records: Records; reader: PlatformReader; transactor: Transactor<OAuthWrite>; clock: Clock },
): Promise<void> {
  const { records, reader, transactor, clock } = deps;
  const clientId = await authenticated(headers.authorization, reader);
  const [token, ...more] = form?.getAll('token') ?? [];
  const [hint, ...hints] = form?.getAll('token_type_hint') ?? [];
  if (!token || !hint || more.length > 0 || hints.length > 0) {
    throw new PlatformRefusal('invalid_request', 'token and token_type_hint are required, each once');
  }
  const first = Object.hasOwn(KINDS, hint) ? KINDS[hint] : undefined;
  if (!first) throw new PlatformRefusal('unsupported_token_type', 'token_type_hint: access_token or refresh_token');
  for (const kind of [first, ...Object.values(KINDS).filter((one) => one !== first)]) {
    const payload = await records.find(kind, token);
    if (payload?.clientId !== clientId) continue;
    const connectionId = connectionIdOf(payload.accountId);
    if (connectionId === undefined) throw new Error('a token of a platform without a connection');
    await transactor.commit(endOf({ connectionId, clientId }, formatInstant(clock.now()), `platform:${clientId}`));
    return;
  }
}

function basicOf(authorization: string | undefined): [clientId: string, secret: string] {
  const [, text = ''] = /^Basic ([A-Za-z0-9+/=]{1,400})$/i.exec(authorization ?? '') ?? [];
  const [clientId = '', secret = ''] = Buffer.from(text, 'base64').toString('utf8').split(':');
  return [clientId, secret];
}

/** Whether a request says that it comes from a platform: with what right is not looked at. */
export const saysPlatform = (authorization: string | undefined): boolean => isPlatformId(basicOf(authorization)[0]);

async function authenticated(authorization: string | undefined, reader: PlatformReader): Promise<string> {
  const [clientId, secret] = basicOf(authorization);
  const platform = isPlatformId(clientId) ? await reader.platform(clientId) : undefined;
  if (!platform || !matchesHash(secret, platform.secretSha256)) {
    throw new PlatformRefusal('invalid_client', 'client_id and client_secret by Basic are required');
  }
  return clientId;
}
