import type { JsonObject } from '#kernel';
import type { Signer } from '#keystore';
import { signCompact } from '#proofs';
import type { PresentationRequestRecord } from './ports.ts';

/** What is read of presentations and credentials (OpenID4VP 1.0, 11.1 and B.1.3). */
export const VP_FORMATS = {
  ldp_vc: {
    proof_type_values: ['DataIntegrityProof', 'Ed25519Signature2020'],
    cryptosuite_values: [
      ...['eddsa-rdfc-2022', 'eddsa-jcs-2022', 'ecdsa-rdfc-2019', 'ecdsa-jcs-2019', 'ecdsa-sd-2023'],
    ],
  },
  jwt_vc_json: { alg_values: ['EdDSA', 'Ed25519', 'ES256', 'ES384', 'RS256'] },
};

export interface RequestObjectInput {
  request: PresentationRequestRecord;
  /** With its prefix. */
  clientId: string;
  responseUri: string;
  /** As the wallet sent it (OpenID4VP 1.0, 5.10). */
  walletNonce?: string;
  /** Seconds since 1970. */
  now: number;
}

/**
 * The parameters of the request (OpenID4VP 1.0, 5). `aud` is that of a wallet nobody has discovered (5.8); there is no
 * `redirect_uri`, which the response mode excludes (8.2). Encrypted responses are not offered: no keys for them are named.
 */
export function requestClaims({ request, clientId, responseUri, walletNonce, now }: RequestObjectInput): JsonObject {
  const { nonce, state, query, expiresAt } = request;
  return {
    aud: 'https://self-issued.me/v2',
    iat: now,
    exp: Math.floor(Date.parse(expiresAt) / 1_000),
    response_type: 'vp_token',
    response_mode: 'direct_post',
    client_id: clientId,
    response_uri: responseUri,
    nonce,
    state,
    dcql_query: query as unknown as JsonObject,
    client_metadata: { vp_formats_supported: VP_FORMATS },
    ...(walletNonce === undefined ? {} : { wallet_nonce: walletNonce }),
  };
}

/** A signed request object (RFC 9101, 10.8 for `typ`). @throws Problem `signing-stopped` when the signer answers wrongly */
export const signRequestObject = (claims: JsonObject, signer: Signer): Promise<string> =>
  signCompact({ alg: 'ES256', typ: 'oauth-authz-req+jwt', kid: signer.verificationMethod }, claims, signer);
