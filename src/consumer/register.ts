import { type Clock, formatInstant, madeOnce, type Random, randomId, type Transactor } from '#kernel';
import type { GuardedFetch } from '#net';
import { callHost, errorOf, jsonOf } from './client.ts';
import type { ConsumerReader, ConsumerWrite, HostDescription, KnownHost } from './ports.ts';
import { refuse } from './refusal.ts';
import { scopesOf, scopeToAsk } from './scopes.ts';
import type { Seal } from './seal.ts';

export const CALLBACK = '/holder/hosts/callback';

/** The same wherever this program runs (RFC 7591, 2: `software_id`). */
const SOFTWARE = '6f0f0a5e-7a0c-4d0e-9d0b-5a1a2c3b7e41';
/** Another when something else is registered. */
const SOFTWARE_VERSION = '1';

export interface RegisterDeps {
  fetch: GuardedFetch;
  reader: Pick<ConsumerReader, 'knownHost'>;
  transactor: Transactor<ConsumerWrite>;
  seal: Seal;
  clock: Clock;
  random: Random;
  /** No trailing slash. */
  publicUrl: string;
  /** What hosts show to learners. */
  name: string;
}

export const secretPlace = (hostId: string): string => `host client ${hostId}`;

/**
 * The registration of this service at a host (OB 3.0, 7.1.1): made once and used for all learners; made again when its secret is
 * over, or the host forgot it.
 * @throws Problem `invalid-request` with code `nothing_to_ask`, `registration_refused` or `no_answer`; as `GuardedFetch`
 */
export async function registered(
  deps: RegisterDeps,
  discoveryUrl: string,
  description: HostDescription,
): Promise<KnownHost> {
  const { reader, transactor, clock, random } = deps;
  const known = await reader.knownHost(discoveryUrl);
  if (known && stillGood(known, formatInstant(clock.now()))) {
    const row = { ...known, description };
    if (JSON.stringify(row) !== JSON.stringify(known)) await transactor.commit([{ op: 'knownHost.update', row }]);
    return row;
  }
  const hostId = known?.hostId ?? randomId(random);
  const make = async () => ({ hostId, discoveryUrl, description, ...(await register(deps, hostId, description)) });
  const logged = ({ registeredAt: at }: KnownHost) => {
    const entry = { at, tenant: 'system', actor: 'system', operation: 'host.register', object: hostId };
    return { op: 'audit.append', ...entry, detail: { host: new URL(discoveryUrl).host } } as const;
  };
  if (known) {
    const row = await make();
    await transactor.commit([{ op: 'knownHost.update', row }, logged(row)]);
    return row;
  }
  return madeOnce({
    read: () => reader.knownHost(discoveryUrl),
    make,
    keep: (row) => transactor.commit([{ op: 'knownHost.insert', row }, logged(row)]),
  });
}

const stillGood = ({ clientId, secretExpiresAt }: KnownHost, now: string) =>
  clientId !== '' && (secretExpiresAt === undefined || secretExpiresAt > now);

async function register({ fetch, seal, clock, publicUrl, name }: RegisterDeps, hostId: string, at: HostDescription) {
  const scope = scopeToAsk(at.scopes);
  if (scope === '') throw refuse('nothing_to_ask');
  // OB 3.0, 7.1.1.2: all of these, and every address on one host.
  const body = JSON.stringify({
    ...{ client_name: name, client_uri: `${publicUrl}/`, logo_uri: `${publicUrl}/assets/mark.svg` },
    ...{ tos_uri: `${publicUrl}/privacy`, policy_uri: `${publicUrl}/privacy` },
    ...{ software_id: SOFTWARE, software_version: SOFTWARE_VERSION, redirect_uris: [publicUrl + CALLBACK] },
    ...{ token_endpoint_auth_method: 'client_secret_basic', grant_types: ['authorization_code', 'refresh_token'] },
    ...{ response_types: ['code'], scope },
  });
  const headers = { 'content-type': 'application/json' };
  const answer = await callHost(fetch, at.registrationUrl, { method: 'POST', headers, body });
  if (answer.status !== 201 && answer.status !== 200) throw refuse('registration_refused', errorOf(answer).said);
  const said = jsonOf(answer) ?? {};
  const { client_id: clientId, client_secret: secret, client_secret_expires_at: expires = 0 } = said;
  if (!isText(clientId) || !isText(secret) || typeof expires !== 'number') throw refuse('no_answer', 'client_id');
  // It may register for less than was asked (RFC 7591, 3.2.1), and never for more.
  const given = typeof said.scope === 'string' ? scopesOf(said.scope) : scopesOf(scope);
  const kept = scopesOf(scope).filter((one) => given.includes(one));
  if (scopeToAsk(kept) === '') throw refuse('nothing_to_ask');
  return {
    ...{ clientId, clientSecret: await seal.seal(secretPlace(hostId), secret), scope: kept.join(' ') },
    ...(expires > 0 ? { secretExpiresAt: formatInstant(new Date(expires * 1_000)) } : {}),
    registeredAt: formatInstant(clock.now()),
  };
}

/** RFC 6749, A.1 and A.2: printable ASCII. */
const isText = (value: unknown): value is string => typeof value === 'string' && /^[\x20-\x7e]{1,1000}$/.test(value);
