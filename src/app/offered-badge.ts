import { actingEmail, type CredentialReader } from '#credentials';
import type { Institutions } from '#institutions';
import { type Clock, dayIn, type JsonObject, parseStrictJson } from '#kernel';
import type { OAuthDeps } from '#oauth';

/** What the page of a wallet says of the badge on offer: from the copy that was signed. */
export function createOfferedBadge(deps: {
  reader: Pick<CredentialReader, 'credential'>;
  institutions: Pick<Institutions, 'get'>;
  clock: Clock;
}): OAuthDeps['badgeOf'] {
  return async ({ credentialId, tenant }) => {
    const record = await deps.reader.credential(credentialId);
    const institution = await deps.institutions.get(tenant);
    if (record?.signed === undefined || !institution) return undefined;
    const { name } = parseStrictJson(record.signed) as JsonObject;
    // While a guardian acts, whoever agrees is the guardian.
    const email = actingEmail(record.recipient, dayIn(deps.clock.now()));
    return { name: String(name), issuer: institution.profile.name, ...(email === undefined ? {} : { email }) };
  };
}
