import { type JsonObject, present } from '#kernel';
import type { Institution } from './ports.ts';

/**
 * The Open Badges 3.0 `Profile` of an institution. Terms of the ph context stand only under `extension`, each on an
 * object that has the type whose scoped context defines it; without them the profile is plain Open Badges.
 */
export function profileDocumentOf(institution: Institution, did: string, extension: boolean): JsonObject {
  const { profile } = institution;
  const ph = extension
    ? present<JsonObject>({ institutionType: profile.institutionType, authorityBasis: profile.authorityBasis })
    : {};
  return present<JsonObject>({
    id: did,
    type: Object.keys(ph).length > 0 ? ['Profile', 'PhProfile'] : ['Profile'],
    name: profile.name,
    description: profile.description,
    url: profile.url,
    email: profile.email,
    otherIdentifier: profile.otherIdentifier?.length
      ? profile.otherIdentifier.map((entry) => ({ type: 'IdentifierEntry', ...entry }))
      : undefined,
    address: profile.address && addressOf(profile.address, extension),
    ...ph,
  });
}

function addressOf({ psgcCode, ...address }: NonNullable<Institution['profile']['address']>, extension: boolean) {
  const code = extension ? psgcCode : undefined;
  const members = present<JsonObject>({ ...address, psgcCode: code });
  // An address with nothing left to say is not said (Open Badges 3.0: empty values are omitted).
  if (Object.keys(members).length === 0) return undefined;
  return { type: code === undefined ? ['Address'] : ['Address', 'PhAddress'], ...members };
}
