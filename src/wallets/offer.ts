import type { JsonObject } from '#kernel';
import { PRE_AUTHORIZED } from '#oauth';
import { type OfferRecord, TX_CODE_DIGITS } from '#offers';
import type { Configuration } from './configurations.ts';

export interface CredentialOfferInput {
  issuer: string;
  configurations: readonly Pick<Configuration, 'id'>[];
  confirmation: OfferRecord['confirmation'];
  /** Of the offer; stands in the grant for an offer that mail confirms. */
  issuerState: string;
  /** Made now, for this one answer; absent where mail confirms. */
  preAuthorizedCode?: string;
}

/** Credential offer (OpenID4VCI 1.0, 4.1.1). An offer that mail confirms is never pre-authorized. */
export function buildCredentialOffer(input: CredentialOfferInput): JsonObject {
  const { issuer, configurations, confirmation, issuerState, preAuthorizedCode } = input;
  const grants: JsonObject =
    confirmation === 'email'
      ? { authorization_code: { issuer_state: issuerState } }
      : {
          [PRE_AUTHORIZED.grantType]: {
            'pre-authorized_code': preAuthorizedCode!,
            ...(confirmation === 'txCode' && {
              tx_code: {
                input_mode: 'numeric',
                length: TX_CODE_DIGITS,
                description: 'The code that the institution gave you together with this offer',
              },
            }),
          },
        };
  return { credential_issuer: issuer, credential_configuration_ids: configurations.map(({ id }) => id), grants };
}
