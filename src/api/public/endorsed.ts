import { isObject, parseDateTimeStamp, parseStrictJson } from '#kernel';
import type { ListedEndorsement } from '#pages';
import type { ApiDeps } from '../deps.ts';

/** More of one thing are not listed. */
const LISTED = 20;

/** Endorsements that this service holds about a thing, signed by others, not revoked and in force now. */
export async function endorsementsAbout(
  id: string,
  { reader, institutions, clock }: Pick<ApiDeps, 'reader' | 'institutions' | 'clock'>,
): Promise<ListedEndorsement[]> {
  const now = clock.now();
  const listed: ListedEndorsement[] = [];
  for (const { credential } of await reader.endorsementsOf(id, LISTED)) {
    const document = parseStrictJson(credential.signed!);
    if (!isObject(document)) continue;
    const from = parseDateTimeStamp(document.validFrom);
    const until = parseDateTimeStamp(document.validUntil);
    if (!from || from > now || (until && until < now)) continue;
    const slug = credential.tenant;
    const name = (await institutions.get(slug))?.profile.name ?? slug;
    const validFrom = String(document.validFrom);
    listed.push({ id: credential.credentialId, name: String(document.name), by: { name, slug }, validFrom });
  }
  return listed;
}
