import { createPrivateKey, hkdfSync, type JsonWebKey } from 'node:crypto';
import { type Clock, formatInstant, madeOnce, type Transactor } from '#kernel';
import type { Keystore } from '#keystore';
import type { OAuthKeyRecord, OAuthReader, OAuthWrite } from './ports.ts';

export interface SecretsDeps {
  reader: Pick<OAuthReader, 'oauthKey'>;
  transactor: Transactor<OAuthWrite>;
  keystore: Keystore;
  clock: Clock;
}

/** The same on every replica and after every start. */
export interface OAuthSecrets {
  /** Seals what is stored. 32 bytes. */
  records: Buffer;
  /** Authenticates the ids of wallets that registered themselves. 32 bytes. */
  clients: Buffer;
  /** Signs cookies. */
  cookies: string;
  /** An Ed25519 private key, with which nothing is signed while tokens are opaque: the library wants one. */
  signing: JsonWebKey;
}

const KEY = { tenant: 'system', keyId: 'oauth-1' } as const;
/** Signed by this key and by no other, and shown nowhere. */
const SEED = Buffer.from('tatak: secrets of the authorisation server, 1');
/** PKCS #8 of an Ed25519 private key, before its 32 bytes (RFC 8410). */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/**
 * Everything secret comes from one signature of a key that the keystore holds: Ed25519 signatures are deterministic
 * (RFC 8032), so there is nothing more to keep, and it is the same where another process or a token holds the keys.
 * @throws Error when the keystore signs otherwise
 */
export async function openSecrets(deps: SecretsDeps): Promise<OAuthSecrets> {
  const seed = await seedOf(deps);
  const derive = (what: string) => Buffer.from(hkdfSync('sha256', seed, '', `tatak oauth ${what}`, 32));
  const pkcs8 = Buffer.concat([PKCS8, derive('signing')]);
  const signing = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }).export({ format: 'jwk' });
  const secrets = {
    records: derive('records'),
    clients: derive('clients'),
    cookies: derive('cookies').toString('base64url'),
    signing,
  };
  for (const bytes of [seed, pkcs8]) bytes.fill(0);
  return secrets;
}

/**
 * 32 secret bytes for another room, the same on every replica and after every start.
 * @param what names the use: no two uses have the same bytes
 */
export async function deriveKey(deps: SecretsDeps, what: string): Promise<Uint8Array> {
  const seed = await seedOf(deps);
  const key = new Uint8Array(hkdfSync('sha256', seed, '', `tatak ${what}`, 32));
  seed.fill(0);
  return key;
}

async function seedOf(deps: SecretsDeps): Promise<Buffer> {
  const signer = deps.keystore.signer({ ...(await openKey(deps)), tenant: KEY.tenant }, 'did:web:oauth.invalid');
  const seed = Buffer.from(await signer.sign(SEED));
  const again = Buffer.from(await signer.sign(SEED));
  if (!seed.equals(again)) throw new Error('the keystore does not sign deterministically');
  again.fill(0);
  return seed;
}

/** Made once for the life of the service. */
function openKey({ reader, transactor, keystore, clock }: SecretsDeps): Promise<OAuthKeyRecord> {
  const at = formatInstant(clock.now());
  const entry = { op: 'audit.append', at, tenant: KEY.tenant, actor: 'system', operation: 'oauth.createKey' } as const;
  return madeOnce({
    read: () => reader.oauthKey(),
    make: async () => ({ keyId: KEY.keyId, createdAt: at, ...(await keystore.generate(KEY.tenant, KEY.keyId)) }),
    keep: (made) =>
      transactor.commit([
        { op: 'oauth.key', row: made },
        { ...entry, object: KEY.keyId },
      ]),
  });
}
