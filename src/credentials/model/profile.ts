import type { Institution } from '#institutions';
import type { Json, JsonObject } from '#kernel';
import { compact } from './build.ts';

/**
 * The issuer as it stands in a credential: always an object of type `Profile`, because the reference validator refuses a
 * bare address although the schema allows it. Terms of the ph context only with the extension.
 */
export function issuerProfile(institution: Institution, did: string, extension: boolean): JsonObject {
  const { profile } = institution;
  const address = profile.address;
  return compact({
    id: did,
    type: ['Profile', ...(extension ? ['PhProfile'] : [])],
    name: profile.name,
    description: profile.description,
    url: profile.url,
    email: profile.email,
    otherIdentifier: profile.otherIdentifier?.length
      ? profile.otherIdentifier.map((entry): Json => ({ type: 'IdentifierEntry', ...entry }))
      : undefined,
    address:
      address &&
      compact({
        type: ['Address'],
        addressCountry: address.addressCountry,
        addressCountryCode: address.addressCountryCode,
        addressRegion: address.addressRegion,
        addressLocality: address.addressLocality,
        psgcCode: extension ? address.psgcCode : undefined,
      }),
    institutionType: extension ? profile.institutionType : undefined,
    authorityBasis: extension ? profile.authorityBasis : undefined,
  });
}
