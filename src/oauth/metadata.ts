import { OPENID_CREDENTIAL } from './authorization-details.ts';
import { PATHS, PRE_AUTHORIZED, WALLET_SCOPE } from './names.ts';

/**
 * Authorization server metadata (RFC 8414; OpenID4VCI 1.0, 12.3). Ours rather than the library's: that one names what only
 * OpenID Connect has. No `dpop_signing_alg_values_supported`: a wallet that reads it uses DPoP, which is not taken here.
 */
export function authorizationServerMetadata(publicUrl: string): object {
  return {
    issuer: publicUrl,
    authorization_endpoint: publicUrl + PATHS.authorization,
    token_endpoint: publicUrl + PATHS.token,
    jwks_uri: publicUrl + PATHS.jwks,
    registration_endpoint: publicUrl + PATHS.registration,
    pushed_authorization_request_endpoint: publicUrl + PATHS.pushed,
    revocation_endpoint: publicUrl + PATHS.revocation,
    scopes_supported: [WALLET_SCOPE],
    response_types_supported: ['code'],
    response_modes_supported: ['query'],
    grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials', PRE_AUTHORIZED.grantType],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['none', 'client_secret_basic', 'client_secret_post'],
    revocation_endpoint_auth_methods_supported: ['none', 'client_secret_basic', 'client_secret_post'],
    authorization_details_types_supported: [OPENID_CREDENTIAL],
    authorization_response_iss_parameter_supported: true,
    'pre-authorized_grant_anonymous_access_supported': true,
  };
}
