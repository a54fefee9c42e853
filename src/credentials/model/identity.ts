import { createHash } from 'node:crypto';
import type { Random } from '#kernel';
import type { SignedIdentity } from './build.ts';

/**
 * A salted SHA-256 of an e-mail address: `sha256$` and lower-case hex of UTF-8(address followed by salt), Open Badges 3.0
 * `IdentityHash`. The salt stands beside it in the credential, so whoever can guess the address can confirm it.
 */
export function hashedEmail(email: string, random: Random): SignedIdentity {
  const salt = Buffer.from(random.bytes(16)).toString('hex');
  return { identityHash: identityHash(email, salt), identityType: 'emailAddress', hashed: true, salt };
}

/** Open Badges 3.0 `IdentityHash` with SHA-256. */
export function identityHash(identifier: string, salt = ''): string {
  return `sha256$${createHash('sha256')
    .update(identifier + salt, 'utf8')
    .digest('hex')}`;
}

/** The name in plain text, signed: only where the institution chose so. */
export function plainName(name: string): SignedIdentity {
  return { identityHash: name, identityType: 'name', hashed: false };
}
