import { Problem } from '#kernel';
import type { Role } from './ports.ts';

/** The tenant of keys that manage the service itself. No institution can have it as slug. */
export const SYSTEM_TENANT = 'system';

/** Who is calling. */
export interface Principal {
  tenant: string;
  keyId: string;
  role: Role;
  /** Who holds the key, in the form of `canonicalPerson`; absent when nobody is named. */
  person?: string;
}

/** How a principal stands in the audit log. */
export const actorOf = (principal: Principal): string => `key:${principal.keyId}`;

/** The id of the key that acted; `system` stays. */
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
