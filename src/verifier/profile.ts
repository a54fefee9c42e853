import type { JsonObject } from '#kernel';
import { strings } from './model.ts';
import type { Profile } from './report.ts';

const BADGES: readonly string[] = [
  'OpenBadgeCredential',
  'AchievementCredential',
  'EndorsementCredential',
  'ClrCredential',
];

/**
 * The profile a document is read by: the one asked for, else that of its types. What is no credential at all is no badge to
 * whoever asked about one, and no credential to whoever asked about that.
 */
export function profileFor(document: JsonObject, asked?: Profile, otherwise: Profile = 'openbadge'): Profile {
  if (asked) return asked;
  const types = strings(document.type);
  if (types.some((type) => BADGES.includes(type))) return 'openbadge';
  return types.includes('VerifiableCredential') ? 'vc' : otherwise;
}
