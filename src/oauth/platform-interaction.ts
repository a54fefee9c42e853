import type { HolderIdentifier, HolderSessionRecord } from '#holders';
import { type Clock, formatInstant, Problem, type Random, randomId, sha256Hex, type Transactor } from '#kernel';
import { accountIdOfConnection, endOf, entryOf } from './connections.ts';
import { LIFE, type ObScope } from './names.ts';
import { obScopesOf } from './platforms.ts';
import type { ConnectionRecord, OAuthWrite, PlatformMetadata, PlatformReader } from './ports.ts';
import { openBadgesApiOf } from './subject.ts';
import { destinationOf, over, type Waiting } from './waiting.ts';

/** What the learner is asked about: a platform, and what it wants to do. */
export interface PlatformInteraction {
  kind: 'platform';
  platform: PlatformMetadata;
  scopes: readonly ObScope[];
  destination: string;
  /** Whose badges and profile it is about. */
  identifiers: readonly HolderIdentifier[];
  /** `address`: the session has shown no address yet. */
  next: 'address' | 'consent';
}

export interface PlatformPartyDeps {
  publicUrl: string;
  reader: PlatformReader;
  transactor: Transactor<OAuthWrite>;
  clock: Clock;
  random: Random;
}

/** @throws Problem `gone` */
export async function readPlatformRequest(
  { reader }: Pick<PlatformPartyDeps, 'reader'>,
  { clientId, params }: Waiting,
  session: HolderSessionRecord | undefined,
): Promise<PlatformInteraction> {
  const platform = (await reader.platform(clientId))?.metadata;
  if (!platform) throw over('this request is over: start again where you came from');
  // A student number is vouched for by an institution at each moment: it is looked up each time, and not kept.
  const identifiers = (session?.identifiers ?? []).filter(({ kind }) => kind !== 'studentNumber');
  return {
    ...{ kind: 'platform', platform, scopes: obScopesOf(params.scope), identifiers },
    destination: destinationOf(params.redirect_uri!),
    next: identifiers.some(({ kind }) => kind === 'email') ? 'consent' : 'address',
  };
}

/**
 * Makes the connection. One of the same learner to the same platform ends: it is the same application, with new tokens.
 * @throws Problem `gone`; `forbidden` when the session has shown no address
 */
export async function decidePlatform(
  deps: PlatformPartyDeps,
  waiting: Waiting,
  session: HolderSessionRecord | undefined,
  actor: string,
) {
  const { reader, transactor, clock, random, publicUrl } = deps;
  const { provider, clientId } = waiting;
  const { scopes, identifiers, next } = await readPlatformRequest(deps, waiting, session);
  if (next === 'address') {
    throw new Problem('forbidden', 'confirm the address first', { extensions: { code: 'wallet_not_holder' } });
  }
  const now = clock.now();
  const connectionId = randomId(random);
  const accountId = accountIdOfConnection(connectionId);
  const life = { expiresIn: LIFE.connection };
  const grant = new provider.Grant({ accountId, clientId, ...life } as never);
  grant.addResourceScope(openBadgesApiOf(publicUrl), scopes.join(' '));
  const grantId = await grant.save();
  const at = formatInstant(now);
  const row: ConnectionRecord = {
    ...{ connectionId, clientId, scopes: [...scopes], identifiers: [...identifiers] },
    ...{ grantSha256: sha256Hex(grantId), createdAt: at },
    expiresAt: formatInstant(new Date(now.getTime() + LIFE.connection * 1_000)),
  };
  const before = (await reader.connectionsOf(identifiers)).filter(
    (one) => one.clientId === clientId && sameIdentifiers(one.identifiers, identifiers),
  );
  await transactor.commit([
    ...before.flatMap((one) => endOf(one, at, actor)),
    { op: 'connection.insert', row },
    entryOf('connection.allow', row, at, actor),
  ]);
  return { accountId, grantId };
}

function sameIdentifiers(some: readonly HolderIdentifier[], others: readonly HolderIdentifier[]): boolean {
  const known = new Set(some.map(({ kind, value }) => `${kind} ${value}`));
  return known.size === others.length && others.every(({ kind, value }) => known.has(`${kind} ${value}`));
}
