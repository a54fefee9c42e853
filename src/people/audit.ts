import { SYSTEM_TENANT } from '#auth';
import type { PeopleWrite } from './ports.ts';

/** Ids and roles only: neither e-mail address nor person stands in the log. */
export function entry(
  operation: string,
  object: string,
  at: string,
  actor: string,
  more: { tenant?: string; detail?: Record<string, string> } = {},
): PeopleWrite {
  const { tenant = SYSTEM_TENANT, detail } = more;
  const written = { op: 'audit.append', at, tenant, actor, operation, object } as const;
  return detail ? { ...written, detail } : written;
}
