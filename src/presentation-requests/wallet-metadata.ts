import { isObject, type Json, Problem, parseStrictJson } from '#kernel';
import { refuse } from './refusal.ts';
import { VP_FORMATS } from './request-object.ts';

/**
 * What a wallet says it can do (OpenID4VP 1.0, 5.10 and 10.1). Unknown members are ignored; a wallet that says it could not
 * read the request, or answer it, is told so instead.
 * @throws Problem with the OAuth error `invalid_request`
 */
export function assertWalletMetadata(text: string): void {
  const metadata = parsed(text);
  if (!isObject(metadata)) throw refuse('wallet_metadata must be a JSON object');
  const lacks = (member: string, ours: readonly string[]) => {
    const theirs = metadata[member];
    if (theirs === undefined) return false;
    const names = Array.isArray(theirs) ? theirs : isObject(theirs) ? Object.keys(theirs) : undefined;
    if (!names) throw refuse(`wallet_metadata: ${member} is malformed`);
    return !ours.some((one) => names.includes(one));
  };
  if (lacks('client_id_prefixes_supported', ['decentralized_identifier'])) {
    throw refuse('requests here are signed as decentralized_identifier, which this wallet does not read');
  }
  if (lacks('request_object_signing_alg_values_supported', ['ES256'])) {
    throw refuse('requests here are signed with ES256, which this wallet does not read');
  }
  if (lacks('vp_formats_supported', Object.keys(VP_FORMATS))) {
    throw refuse(`badges are read here as ${Object.keys(VP_FORMATS).join(' and ')}, which this wallet does not have`);
  }
}

function parsed(text: string): Json {
  try {
    return parseStrictJson(text);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw refuse(`wallet_metadata cannot be read: ${error.message}`, error.kind);
  }
}
