import { isObject, type JsonObject, LIMITS, shown } from '#kernel';
import type { Leniencies } from './leniencies.ts';
import { WalletRefusal } from './refusal.ts';

/** Key proofs of one request: all of one type. */
export type GivenProofs = { type: 'jwt'; proofs: string[] } | { type: 'di_vp'; proofs: JsonObject[] };

export interface CredentialRequest {
  /** `credential_configuration_id`, or `credential_identifier`. */
  name: string;
  byIdentifier: boolean;
  proofs: GivenProofs;
}

const MAX_NAME_CHARS = 200;

/** Reads a credential request (OpenID4VCI 1.0, 8.2). Members that are not known are ignored. @throws WalletRefusal */
export function readCredentialRequest(body: unknown, leniencies: Leniencies): CredentialRequest {
  if (!isObject(body)) throw new WalletRefusal('invalid_credential_request', 'the body must be a JSON object');
  // In clear text nobody gets what he asked to have encrypted.
  if (body.credential_response_encryption !== undefined) {
    throw new WalletRefusal('invalid_encryption_parameters', 'answers are not encrypted here');
  }
  const { credential_identifier: identifier, credential_configuration_id: configuration } = body;
  if ((identifier === undefined) === (configuration === undefined)) {
    const detail = 'must have exactly one of credential_identifier and credential_configuration_id';
    throw new WalletRefusal('invalid_credential_request', detail);
  }
  const name = identifier ?? configuration;
  if (typeof name !== 'string' || name === '' || name.length > MAX_NAME_CHARS) {
    throw new WalletRefusal('invalid_credential_request', 'the name of what is asked for is not a short text');
  }
  return { name, byIdentifier: identifier !== undefined, proofs: readProofs(body, leniencies) };
}

function readProofs(body: JsonObject, leniencies: Leniencies): GivenProofs {
  if (body.proofs !== undefined && body.proof !== undefined) {
    throw new WalletRefusal('invalid_credential_request', 'must not have both proofs and proof');
  }
  const given = body.proofs ?? (leniencies.has('single-proof') ? asList(body.proof) : undefined);
  if (!isObject(given)) throw new WalletRefusal('invalid_proof', 'proofs is missing: a badge is bound to a key');
  const [[type, list] = ['', undefined], ...others] = Object.entries(given);
  if (others.length > 0) throw new WalletRefusal('invalid_proof', 'proofs must have exactly one type');
  if (type !== 'jwt' && type !== 'di_vp') {
    throw new WalletRefusal('invalid_proof', `proofs of type ${shown(type, 40)} are not taken; jwt and di_vp are`);
  }
  if (!Array.isArray(list) || list.length === 0 || list.length > LIMITS.walletProofs) {
    throw new WalletRefusal('invalid_proof', `proofs must be a list of 1 to ${LIMITS.walletProofs}`);
  }
  if (type === 'jwt') return { type, proofs: list.map(asToken) };
  return { type, proofs: list.map(asPresentation) };
}

/** The shape of drafts: one proof, its type beside it. */
function asList(proof: unknown): JsonObject | undefined {
  if (!isObject(proof)) return undefined;
  if (proof.proof_type === 'jwt') return { jwt: [proof.jwt ?? null] };
  if (proof.proof_type === 'ldp_vp' || proof.proof_type === 'di_vp') {
    return { di_vp: [proof.ldp_vp ?? proof.di_vp ?? null] };
  }
  return { [shown(proof.proof_type, 40)]: [] };
}

function asToken(proof: unknown): string {
  if (typeof proof === 'string' && proof.length <= LIMITS.walletProofBytes) return proof;
  throw new WalletRefusal('invalid_proof', 'a proof of type jwt is a compact token');
}

function asPresentation(proof: unknown): JsonObject {
  if (isObject(proof) && JSON.stringify(proof).length <= LIMITS.walletProofBytes) return proof;
  throw new WalletRefusal('invalid_proof', 'a proof of type di_vp is a presentation');
}
