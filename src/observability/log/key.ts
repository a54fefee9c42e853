import { type Clock, formatInstant, madeOnce, type Transactor } from '#kernel';
import { decodeMultikey, type Keystore, type Signer } from '#keystore';
import type { LogKeyRecord, LogReader, LogWrite } from './ports.ts';
import { type NoteKey, verifierKey } from './signed-note.ts';

export interface KeyDeps {
  reader: LogReader;
  transactor: Transactor<LogWrite>;
  keystore: Keystore;
  clock: Clock;
  /** Name of the log, used when its key is made: a host and path without scheme. */
  origin: string;
}

const KEY = { tenant: 'system', keyId: 'log-1' } as const;

export function logSigner(keystore: Keystore, record: LogKeyRecord): Signer {
  return keystore.signer({ ...record, tenant: KEY.tenant }, record.origin);
}

/** Made once for the life of the log. */
export function openKey({ reader, transactor, keystore, clock, origin }: KeyDeps): Promise<LogKeyRecord> {
  const at = formatInstant(clock.now());
  const entry = { op: 'audit.append', at, tenant: KEY.tenant, actor: 'system', operation: 'log.create' } as const;
  return madeOnce({
    read: () => reader.logKey(),
    make: async () => ({
      ...{ keyId: KEY.keyId, origin, createdAt: at },
      ...(await keystore.generate(KEY.tenant, KEY.keyId)),
    }),
    keep: (made) =>
      transactor.commit([
        { op: 'log.key', row: made },
        { ...entry, object: KEY.keyId, detail: { key: verifierKey(noteKeyOf(made)) } },
      ]),
  });
}

/** @throws Error when the stored key cannot be read */
export function noteKeyOf({ origin, publicKeyMultibase }: LogKeyRecord): NoteKey {
  const publicKey = decodeMultikey(publicKeyMultibase);
  if (!publicKey) throw new Error('the public key of the log cannot be read');
  return { name: origin, publicKey };
}
