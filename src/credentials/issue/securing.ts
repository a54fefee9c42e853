import type { AchievementVersion } from '#achievements';
import type { SigningAuthority, SigningParty } from '#institutions';
import { Problem } from '#kernel';
import type { BadgeCryptosuite, BadgeJwtForm, CredentialRecord } from '../ports.ts';

/** With which keys a credential is signed: its document always, a token where the version of the definition asks for one. */
export interface Securing {
  signing: SigningParty;
  cryptosuite: BadgeCryptosuite;
  jwt?: { form: BadgeJwtForm; signing: SigningParty };
}

type Asked = Pick<AchievementVersion, 'securing' | 'jwt'>;

type KeyAlgorithm = NonNullable<Parameters<SigningAuthority['forTenant']>[2]>;

const DEFAULT = 'eddsa-rdfc-2022';
/** Kinds of key for each, the one that most verifiers read first. */
const KEYS: Record<BadgeCryptosuite | BadgeJwtForm, readonly KeyAlgorithm[]> = {
  'eddsa-rdfc-2022': ['Ed25519'],
  'eddsa-jcs-2022': ['Ed25519'],
  'ecdsa-rdfc-2019': ['P-256', 'P-384'],
  'ecdsa-jcs-2019': ['P-256', 'P-384'],
  'ob-jwt': ['RSA', 'P-256'],
  'vc+jwt': ['Ed25519', 'P-256', 'P-384'],
};

/**
 * The keys that are active now.
 * @throws Problem `conflict` or `unavailable` about the first kind of key when the institution has none that fits
 */
export async function securingNow(authority: SigningAuthority, tenant: string, asked: Asked): Promise<Securing> {
  const { securing: cryptosuite = DEFAULT, jwt: form } = asked;
  const signing = await firstKey(authority, tenant, KEYS[cryptosuite]);
  if (form === undefined) return { signing, cryptosuite };
  return { signing, cryptosuite, jwt: { form, signing: await firstKey(authority, tenant, KEYS[form]) } };
}

/**
 * A form of an award for a wallet is signed both ways, whatever the definition asks for: wallets choose. Where it names no
 * form of token, `vc+jwt`: any kind of key signs one, so that every institution has the key; Open Badges' own needs RSA or P-256.
 */
export const securedForWallets = (asked: Asked): Asked => ({ ...asked, jwt: asked.jwt ?? 'vc+jwt' });

/** The keys that an intent names, retired or not. @throws Problem `conflict` when one was revoked */
export async function securingOf(authority: SigningAuthority, row: CredentialRecord, asked: Asked): Promise<Securing> {
  const { securing: cryptosuite = DEFAULT, jwt: form } = row.formOf === undefined ? asked : securedForWallets(asked);
  const signing = await authority.forKey(row.tenant, row.keyId);
  if (form === undefined || row.jwtKeyId === undefined) return { signing, cryptosuite };
  return { signing, cryptosuite, jwt: { form, signing: await authority.forKey(row.tenant, row.jwtKeyId) } };
}

async function firstKey(authority: SigningAuthority, tenant: string, kinds: readonly KeyAlgorithm[]) {
  let first: unknown;
  for (const algorithm of kinds) {
    try {
      return await authority.forTenant(tenant, 'assertion', algorithm);
    } catch (error) {
      // Another kind of key does where there is none of this; the clock and the institution are the same for all.
      if (!(error instanceof Problem) || (error.kind !== 'conflict' && error.kind !== 'unavailable')) throw error;
      first ??= error;
    }
  }
  throw first;
}
