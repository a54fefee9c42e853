import type { JsonObject } from '#kernel';
import { strings } from './model.ts';
import type { Profile } from './report.ts';

const BADGES: readonly string[] = [
  'OpenBadgeCredential',
  'AchievementCredential',
  'EndorsementCredential',
  'ClrCredential',
];

/** The profile a document is read by: the one asked for, else that of its types. What is no credential is no badge either. */
export function profileFor(document: JsonObject, asked?: Profile): Profile {
  if (asked) return asked;
  const types = strings(document.type);
  if (types.some((type) => BADGES.includes(type))) return 'openbadge';
  return types.includes('VerifiableCredential') ? 'vc' : 'openbadge';
}
