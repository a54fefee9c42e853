import { createHmac } from 'node:crypto';
import type { HolderIdentifier, Holders } from '#holders';
import { credentialOf, type Imports } from '#imports';
import { type Clock, formatInstant, type JsonObject, LIMITS, Problem, type Transactor } from '#kernel';
import type { ConnectionRecord, PlatformReader } from '#oauth';
import type { AuditWrite } from '#observability';
import type { HostReader, HostWrite } from './ports.ts';
import { checkProfile, emptyProfile, type ProfileOwner } from './profile.ts';
import { type OwnText, type Upsert, type UpsertOutcome, upsert } from './upsert.ts';

/** One credential as it was released or received; it is never written again. */
export interface HostCredential {
  form: 'document' | 'token';
  text: string;
}

export interface CredentialQuery {
  limit: number;
  /** From 0. */
  offset: number;
  /** Only what was issued after this instant. */
  since?: Date;
}

/** The Open Badges API of OB 3.0 for one learner, as a platform that they let in may use it. */
export interface Host {
  /** Their badges, the oldest first, so that what comes later does not move what was read. */
  credentials(of: ConnectionRecord, query: CredentialQuery): Promise<{ total: number; items: HostCredential[] }>;
  /** Verified before it is kept, as the bytes that came. @throws Problem as `Imports.take` */
  upsert(of: ConnectionRecord, what: Omit<Upsert, 'address'>): Promise<UpsertOutcome>;
  profile(of: ConnectionRecord): Promise<JsonObject>;
  /** Replaces all of it. @throws Problem `invalid-request` naming each member that is not taken */
  putProfile(of: ConnectionRecord, body: JsonObject): Promise<JsonObject>;
}

export interface HostDeps {
  reader: HostReader &
    Pick<PlatformReader, 'platform'> & { credential(credentialId: string): Promise<{ signed?: string } | undefined> };
  transactor: Transactor<HostWrite | AuditWrite>;
  holders: Pick<Holders, 'badgesOf'>;
  imports: Pick<Imports, 'take' | 'list' | 'read'>;
  publicUrl: string;
  clock: Clock;
  /** 32 secret bytes, the same for ever: ids of profiles come from them. */
  profileKey: () => Promise<Uint8Array>;
}

/** A credential of the learner before its bytes are read. */
interface Held {
  issuedAt: string;
  id: string;
  load(): Promise<HostCredential | undefined>;
}

export function createHost(deps: HostDeps): Host {
  const { reader, transactor, holders, imports, clock, profileKey, publicUrl } = deps;
  const own = `${publicUrl}/credentials/`;

  /**
   * Awarded here. What the learner hides from others, or was revoked, is still theirs. Of a learner under age nothing goes to a
   * platform: they do not decide it, and among the badges of their guardian it would pass for the guardian's.
   */
  async function awarded(identifiers: readonly HolderIdentifier[]): Promise<Held[]> {
    const theirs = (await holders.badgesOf(identifiers)).filter((badge) => badge.as === 'learner');
    return theirs.map(({ credentialId, issuedAt }) => ({
      ...{ issuedAt, id: own + credentialId },
      async load() {
        const text = (await reader.credential(credentialId))?.signed;
        // Erased meanwhile.
        return text === undefined ? undefined : { form: 'document', text };
      },
    }));
  }

  /** Brought from elsewhere. One of an older edition of the standard is no credential. */
  async function brought(holder: readonly HolderIdentifier[]): Promise<Held[]> {
    // So many are kept for each address and key.
    const { items } = await imports.list(holder, { limit: holder.length * LIMITS.importsKept, offset: 0 });
    return items.flatMap(({ importId, format, credentialId = importId, validFrom, receivedAt }) =>
      format === 'ob2'
        ? []
        : [
            {
              ...{ issuedAt: validFrom || receivedAt, id: credentialId },
              async load(): Promise<HostCredential | undefined> {
                const row = await imports.read(holder, importId).catch(unlessGone);
                return (
                  row && { form: format === 'ob3-jwt' ? 'token' : 'document', text: withoutMark(credentialOf(row)) }
                );
              },
            },
          ],
    );
  }

  /** Of a badge that is theirs: whether somebody else's is here is not said. */
  const ownTextFor =
    (identifiers: readonly HolderIdentifier[]): OwnText =>
    async (id) =>
      id.startsWith(own) ? (await (await awarded(identifiers)).find((one) => one.id === id)?.load())?.text : undefined;

  async function ownerOf({ identifiers }: ConnectionRecord): Promise<ProfileOwner> {
    const emails = identifiers.flatMap(({ kind, value }) => (kind === 'email' ? [value] : []));
    return { profileId: uuidOf(await profileKey(), emails[0]!), emails };
  }

  return {
    async credentials({ identifiers }, { limit, offset, since }) {
      const mine = await awarded(identifiers);
      // One of ours that was brought back is one badge.
      const known = new Set(mine.map(({ id }) => id));
      const all = [...mine, ...(await brought(identifiers)).filter(({ id }) => !known.has(id))]
        .filter(({ issuedAt }) => since === undefined || new Date(issuedAt) > since)
        .sort(oldestFirst);
      const items = await Promise.all(all.slice(offset, offset + limit).map((one) => one.load()));
      return { total: all.length, items: items.filter((one) => one !== undefined) };
    },

    async upsert(connection, what) {
      const platform = (await reader.platform(connection.clientId))?.metadata;
      const parts = { imports, ownText: ownTextFor(connection.identifiers) };
      return upsert(parts, connection, {
        ...what,
        ...(platform && { address: new URL(platform.client_uri).hostname }),
      });
    },

    async profile(connection) {
      const owner = await ownerOf(connection);
      const kept = await reader.holderProfile(owner.emails[0]!);
      return kept ? (JSON.parse(kept.document) as JsonObject) : emptyProfile(owner);
    },

    async putProfile(connection, body) {
      const owner = await ownerOf(connection);
      checkProfile(body, owner);
      const { profileId } = owner;
      const updatedAt = formatInstant(clock.now());
      const row = { email: owner.emails[0]!, profileId, document: JSON.stringify(body), updatedAt };
      const actor = `connection:${connection.connectionId}`;
      await transactor.commit([
        { op: 'holderProfile.put', row },
        { op: 'audit.append', at: updatedAt, tenant: 'system', actor, operation: 'profile.put', object: profileId },
      ]);
      return body;
    },
  };
}

function oldestFirst(a: Held, b: Held): number {
  const apart = Date.parse(a.issuedAt) - Date.parse(b.issuedAt);
  if (apart !== 0) return apart;
  return a.id < b.id ? -1 : 1;
}

/** A byte order mark may stand before a JSON text in a file, and not inside another one (RFC 8259, 8.1). */
const withoutMark = (text: string): string => text.replace(/^\ufeff/, '');

function unlessGone(error: unknown): undefined {
  if (error instanceof Problem && error.kind === 'not-found') return undefined;
  throw error;
}

/** A UUID of RFC 9562, 5.8, that says nothing of the address to who has not the key. */
function uuidOf(key: Uint8Array, email: string): string {
  const bytes = createHmac('sha256', key).update(email).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `urn:uuid:${[hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')}`;
}
