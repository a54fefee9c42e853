import { createCipheriv, createDecipheriv, createHmac } from 'node:crypto';
import {
  type Clock,
  formatInstant,
  type JsonObject,
  parseDateTimeStamp,
  type Random,
  sha256Hex,
  type Transactor,
  UniqueViolation,
} from '#kernel';
import type { OAuthReader, OAuthRecord, OAuthWrite } from './ports.ts';

export interface RecordsDeps {
  reader: Pick<OAuthReader, 'oauthRecord' | 'oauthRecordByUid'>;
  transactor: Transactor<OAuthWrite>;
  clock: Clock;
  random: Random;
}

/** What is kept under the ids of codes, tokens, grants and sessions. */
export interface Records {
  put(model: string, id: string, payload: JsonObject, seconds: number): Promise<void>;
  /** undefined when unknown or over; `consumed` (seconds since 1970) in the payload when it was consumed. */
  find(model: string, id: string): Promise<JsonObject | undefined>;
  findByUid(model: string, uid: string): Promise<JsonObject | undefined>;
  /** Whether this caller is the one who consumed it. */
  consume(model: string, id: string): Promise<boolean>;
  remove(model: string, id: string): Promise<void>;
  revokeGrant(grantId: string): Promise<void>;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * Ids are secrets: only their digests are stored. Payloads name other ids (the grant of a token, the session of a code),
 * so they are sealed, each under a key of its own and bound to its place.
 * @param key opened at first use
 */
export function createRecords(deps: RecordsDeps, key: () => Promise<Buffer>): Records {
  const { reader, transactor, clock, random } = deps;
  const now = () => formatInstant(clock.now());

  async function opened(row: OAuthRecord | undefined): Promise<JsonObject | undefined> {
    if (!row || row.expiresAt <= now()) return undefined;
    const payload = open(await key(), row);
    if (row.consumedAt === undefined) return payload;
    return { ...payload, consumed: Math.floor(parseDateTimeStamp(row.consumedAt)!.getTime() / 1000) };
  }

  return {
    async put(model, id, payload, seconds) {
      const { consumed: _, ...kept } = payload;
      const place = { model, idSha256: sha256Hex(id) };
      const { grantId, uid } = payload;
      const row = {
        ...place,
        ...(typeof grantId === 'string' ? { grantSha256: sha256Hex(grantId) } : {}),
        ...(typeof uid === 'string' ? { uidSha256: sha256Hex(uid) } : {}),
        payload: seal(await key(), place, kept, random),
        expiresAt: formatInstant(new Date(clock.now().getTime() + seconds * 1000)),
      };
      await transactor.commit([{ op: 'oauth.upsert', row }]);
    },
    find: async (model, id) => opened(await reader.oauthRecord(model, sha256Hex(id))),
    findByUid: async (model, uid) => opened(await reader.oauthRecordByUid(model, sha256Hex(uid))),
    async consume(model, id) {
      try {
        await transactor.commit([{ op: 'oauth.consume', model, idSha256: sha256Hex(id), at: now() }]);
        return true;
      } catch (error) {
        if (error instanceof UniqueViolation) return false;
        throw error;
      }
    },
    remove: (model, id) => transactor.commit([{ op: 'oauth.remove', model, idSha256: sha256Hex(id) }]),
    revokeGrant: (grantId) => transactor.commit([{ op: 'oauth.revokeGrant', grantSha256: sha256Hex(grantId) }]),
  };
}

type Place = Pick<OAuthRecord, 'model' | 'idSha256'>;

const placeOf = ({ model, idSha256 }: Place) => `${model}\0${idSha256}`;
const keyOf = (key: Buffer, place: Place) => createHmac('sha256', key).update(placeOf(place)).digest();

/** AES-256-GCM. @returns base64url of nonce, ciphertext and tag */
function seal(key: Buffer, place: Place, payload: JsonObject, random: Random): string {
  const nonce = random.bytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keyOf(key, place), nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(placeOf(place)));
  const text = [cipher.update(JSON.stringify(payload), 'utf8'), cipher.final()];
  return Buffer.concat([nonce, ...text, cipher.getAuthTag()]).toString('base64url');
}

/** @throws Error when it was changed or belongs elsewhere */
function open(key: Buffer, row: OAuthRecord): JsonObject {
  const sealed = Buffer.from(row.payload, 'base64url');
  const end = sealed.length - TAG_BYTES;
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', keyOf(key, row), nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(placeOf(row)));
  decipher.setAuthTag(sealed.subarray(end));
  const text = Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES, end)), decipher.final()]);
  return JSON.parse(text.toString('utf8')) as JsonObject;
}
