import { jwkForm, SELF_CONTAINED } from '#identifiers';
import { canonicalJson, type JsonObject, LIMITS, Problem, shown } from '#kernel';
import { type PublicKey, readPublicKey } from '#keystore';
import { type CompactJws, readCompact, signatureFinding } from '#proofs';
import { PROOF_ALGORITHMS } from '../algorithms.ts';
import { badProof, type ProofContext, type ProvenKey } from './model.ts';

const TYPE = 'openid4vci-proof+jwt';

/** Names of keys that would have to be fetched or believed (RFC 7515 4.1.2, 4.1.5 to 4.1.8), and what changes how a token is read. */
const REFUSED_HEADERS = ['x5c', 'x5u', 'x5t', 'x5t#S256', 'jku', 'trust_chain', 'crit', 'b64', 'zip', 'enc'];

/**
 * A key proof of type jwt (OpenID4VCI 1.0, F.1 and F.4), everything but whether its nonce is good. The holder follows from
 * the key alone. @throws WalletRefusal `invalid_proof`
 */
export async function checkJwtProof(text: string, context: ProofContext): Promise<ProvenKey> {
  const jws = read(text);
  const { header, claims } = jws;
  const undated = header.typ === undefined && context.leniencies.has('proof-without-type');
  if (header.typ !== TYPE && !undated) throw badProof(`typ must be ${TYPE}`);
  if (!PROOF_ALGORITHMS.some((alg) => alg === header.alg)) {
    throw badProof(`alg must be one of ${PROOF_ALGORITHMS.join(', ')}, not ${shown(header.alg, 20)}`);
  }
  const refused = REFUSED_HEADERS.find((name) => name in header);
  if (refused) throw badProof(`the header ${refused} is not taken`);
  const { holder, key } = await keyOf(header, context);
  checkClaims(claims, holder, undated, context);
  const found = signatureFinding(header.alg, key, jws.signingInput, jws.signature);
  if (found.outcome !== 'pass') throw badProof(`the proof does not hold: ${found.detail}`);
  return { holder, key: key.multibase, nonce: claims.nonce as string };
}

function read(text: string): CompactJws {
  try {
    return readCompact(text);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    throw badProof(`the proof is not a signed token: ${error.message}`, error);
  }
}

/** Exactly one of `kid`, the DID URL of a key, and `jwk`, the key itself. */
async function keyOf(header: JsonObject, context: ProofContext): Promise<{ holder: string; key: PublicKey }> {
  const { kid, jwk } = header;
  if ((kid === undefined) === (jwk === undefined)) throw badProof('the header must have exactly one of kid and jwk');
  if (jwk !== undefined) {
    const form = jwkForm(jwk);
    if (form.outcome !== 'ok') throw badProof(`jwk: ${form.detail}`);
    // Only the public members, so that one key has one name whatever stood beside them.
    const encoded = Buffer.from(canonicalJson(form.key.jwk)).toString('base64url');
    return { holder: `did:jwk:${encoded}`, key: form.key };
  }
  const [did = '', fragment, ...rest] = typeof kid === 'string' ? kid.split('#') : [];
  if (!SELF_CONTAINED.test(did) || !fragment || rest.length > 0) {
    throw badProof('kid must be the DID URL of a key of a did:key or did:jwk');
  }
  const found = await context.identifiers.resolveMethod(kid as string, 'authentication');
  if (found.outcome !== 'ok') throw badProof(`kid: ${found.detail}`);
  return { holder: did, key: readPublicKey(found.method.publicKeyMultibase) };
}

/** @param undated whether `iat` may be missing when `exp` is there instead */
function checkClaims(claims: JsonObject, holder: string, undated: boolean, context: ProofContext): void {
  const { issuer, clientId, leniencies } = context;
  const { iss, nonce } = claims;
  const [aud, ...others] = [claims.aud].flat();
  if (aud !== issuer || others.length > 0) throw badProof(`aud must be ${issuer}`);
  if (typeof nonce !== 'string' || nonce === '') throw badProof('the proof has no nonce');
  const isHolder = leniencies.has('proof-issuer-is-holder') && iss === holder;
  if (iss !== undefined && iss !== clientId && !isHolder) {
    throw badProof('iss must be the client id, and must not be there without one');
  }
  const now = context.now.getTime();
  const [iat, exp, nbf] = [claims.iat, claims.exp, claims.nbf].map(milliseconds);
  if (iat === undefined && !(undated && exp !== undefined)) throw badProof('the proof has no iat');
  if (iat !== undefined && (iat > now + LIMITS.clockSkew || iat < now - LIMITS.challengeMs - LIMITS.clockSkew)) {
    throw badProof('the proof is not of now: iat is older than a nonce lives, or in the future');
  }
  if (exp !== undefined && exp <= now - LIMITS.clockSkew) throw badProof('the proof is over: exp');
  if (nbf !== undefined && nbf > now + LIMITS.clockSkew) throw badProof('the proof is not good yet: nbf');
}

/** NumericDate (RFC 7519, 2) of a claim. */
function milliseconds(value: unknown): number | undefined {
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !Number.isFinite(value)) throw badProof('times of the proof must be numbers');
  return value * 1_000;
}
