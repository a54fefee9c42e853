import type { JsonObject } from '#kernel';
import { credentialIdentifierOf } from './ports.ts';

/** OpenID4VCI 1.0, 5.1.1. */
export const OPENID_CREDENTIAL = 'openid_credential';

export interface GrantedDetail extends JsonObject {
  type: typeof OPENID_CREDENTIAL;
  credential_configuration_id: string;
  credential_identifiers: string[];
}

/** Members that are not known here are ignored; which configurations there are is the credential issuer's to say. */
export const CONFIGURATION_ID = /^[\x21-\x7e]{1,200}$/;

/** Of the parameter, which was found to be JSON of the right shape before. */
export function detailsOf(text: unknown): JsonObject[] {
  return typeof text === 'string' ? (JSON.parse(text) as JsonObject[]) : [];
}

/** OpenID4VCI 1.0, 6.2: each comes back with the identifiers by which credentials are asked for. */
export function grantDetails(details: readonly JsonObject[], offerId: string): GrantedDetail[] {
  return details.map(({ credential_configuration_id: id }) => ({
    type: OPENID_CREDENTIAL,
    credential_configuration_id: id as string,
    credential_identifiers: [credentialIdentifierOf(offerId, id as string)],
  }));
}
