import { isObject, type Json, type JsonObject, LIMITS } from '#kernel';
import { WALLET_SCOPE } from '#oauth';
import { CREDENTIALS_V2, OPEN_BADGES_3_0_3 } from '#proofs';
import { BINDING_METHODS, PROOF_ALGORITHMS, PROOF_SUITES } from '../algorithms.ts';
import type { Configuration } from '../configurations.ts';
import type { Leniencies } from '../leniencies.ts';

export interface MetadataInput {
  /** No trailing slash. */
  publicUrl: string;
  /** `HOST/institutions/SLUG`. */
  issuer: string;
  name: string;
  /** Of the authorization server. */
  tokenEndpoint: string;
  configurations: readonly Configuration[];
  leniencies: Leniencies;
}

const LABELS: readonly [path: string[], en: string, fil: string][] = [
  [['credentialSubject', 'achievement', 'name'], 'Achievement', 'Natamo'],
  [['credentialSubject', 'achievement', 'description'], 'Description', 'Paglalarawan'],
  [['awardedDate'], 'Awarded', 'Iginawad'],
];

const CLAIMS: Json = LABELS.map(([path, en, fil]) => ({
  path,
  display: [
    { name: en, locale: 'en' },
    { name: fil, locale: 'fil' },
  ],
}));

/** Characters of a description that a wallet has room for. */
const DESCRIPTION_CHARS = 200;

/** Credential issuer metadata (OpenID4VCI 1.0, 12.2.4). Pure: the same input gives the same document. */
export function buildMetadata({
  publicUrl,
  issuer,
  name,
  tokenEndpoint,
  configurations,
  leniencies,
}: MetadataInput): JsonObject {
  const at = (endpoint: string) => `${issuer}/oid4vci/${endpoint}`;
  return {
    credential_issuer: issuer,
    authorization_servers: [publicUrl],
    credential_endpoint: at('credential'),
    nonce_endpoint: at('nonce'),
    deferred_credential_endpoint: at('deferred'),
    notification_endpoint: at('notification'),
    batch_credential_issuance: { batch_size: LIMITS.walletProofs },
    display: [{ name }],
    ...(leniencies.has('issuer-metadata-of-server') && {
      issuer,
      token_endpoint: tokenEndpoint,
      authorization_details_types_supported: ['openid_credential'],
    }),
    credential_configurations_supported: Object.fromEntries(
      configurations.map((one) => [one.id, describe(one, publicUrl, leniencies)]),
    ),
  };
}

function describe({ format, achievement }: Configuration, publicUrl: string, leniencies: Leniencies): JsonObject {
  const extension = achievement?.extension === true;
  const type = ['VerifiableCredential', 'OpenBadgeCredential', ...(extension ? ['PhCredential'] : [])];
  const contexts = [CREDENTIALS_V2, OPEN_BADGES_3_0_3, ...(extension ? [`${publicUrl}/contexts/ph/v1-draft`] : [])];
  const isDocument = format === 'ldp_vc';
  const suites = isDocument && leniencies.has('suite-names-as-algorithms') ? ['Ed25519Signature2018'] : [];
  return {
    format,
    scope: WALLET_SCOPE,
    credential_definition: isDocument ? { '@context': contexts, type } : { type },
    // A.1.1.2: names of suites; A.1.2.2: names of algorithms.
    credential_signing_alg_values_supported: [isDocument ? (achievement?.securing ?? 'eddsa-rdfc-2022') : 'EdDSA'],
    cryptographic_binding_methods_supported: [...BINDING_METHODS],
    proof_types_supported: {
      jwt: { proof_signing_alg_values_supported: [...PROOF_ALGORITHMS, ...suites] },
      di_vp: { proof_signing_alg_values_supported: [...PROOF_SUITES] },
    },
    // In every one: a wallet tells version 1.0 from drafts by it.
    credential_metadata: { display: [displayOf(achievement?.document)], claims: CLAIMS },
  };
}

function displayOf(document: Record<string, unknown> | undefined): JsonObject {
  if (!document) return { name: 'Open Badge' };
  const { name, description, image, inLanguage } = document;
  const uri = isObject(image) ? image.id : image;
  return {
    name: String(name),
    ...(typeof inLanguage === 'string' && { locale: inLanguage }),
    ...(typeof description === 'string' && { description: [...description].slice(0, DESCRIPTION_CHARS).join('') }),
    ...(typeof uri === 'string' && /^https?:/.test(uri) && { logo: { uri, alt_text: String(name) } }),
  };
}
