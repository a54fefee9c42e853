import { Problem } from '#kernel';
import type { Role } from './ports.ts';

/** The tenant of keys that manage the service itself. No institution can have it as slug. */
export const SYSTEM_TENANT = 'system';

/** Who is calling: by an API key, or by the session of an account. */
export interface Principal {
  tenant: string;
  keyId?: string;
  accountId?: string;
  role: Role;
  /** Who holds the key or the account, in the form of `canonicalPerson`; absent when nobody is named. */
  person?: string;
}

/** How a principal stands in the audit log. @throws Error for one that is neither: nobody acts without a name */
export function actorOf({ keyId, accountId }: Principal): string {
  if (accountId !== undefined) return `account:${accountId}`;
  if (keyId !== undefined) return `key:${keyId}`;
  throw new Error('a principal without key and account');
}

/** The id of the key that acted; `system` and `account:ID` stay. */
export const keyIdOf = (actor: string): string => actor.replace(/^key:/, '');

/**
 * Whose things a request is about. Operators name any institution; everyone else works in their own, and another
 * one's things do not exist for them.
 * @param institution the slug in the path or body, when there is one
 * @throws Problem `not-found` for another tenant, `invalid-request` when an operator names none
 */
export function actingTenant(principal: Principal, institution?: string): string {
  if (principal.role === 'operator') {
    if (institution === undefined) {
      throw new Problem('invalid-request', 'an operator must name the institution', {
        errors: [{ pointer: '/institution', detail: 'is required' }],
      });
    }
    return institution;
  }
  if (institution !== undefined && institution !== principal.tenant) {
    throw new Problem('not-found', 'there is no such institution');
  }
  return principal.tenant;
}
