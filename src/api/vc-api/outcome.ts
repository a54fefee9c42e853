import { type Check, statusProblemOf } from '#verifier';
import { SECURITY, STATUS_LIST, VCDM } from './problem-types.ts';

/** One problem detail of VCALM, an RFC 9457 object. */
export interface ProblemDetail {
  type: string;
  title: string;
  detail: string;
  /** Ours: the check of the report and its stable code. */
  check: string;
  code: string;
}

/** `verified` by the rules of VCALM: only proof and document decide. Our own verdict stands beside it and is stricter. */
export interface Outcome {
  verified: boolean;
  errors: ProblemDetail[];
  warnings: ProblemDetail[];
}

/** What of the ten checks VCALM calls an error; a failure of any other one is at most a warning. */
const DECIDES: ReadonlySet<string> = new Set(['document', 'proof']);
const DECIDES_PRESENTATION: ReadonlySet<string> = new Set(['document', 'proof', 'holder']);
/** What of the rest it asks about (VCALM, "Verification": status and validity period are warnings). */
const WARNS: ReadonlySet<string> = new Set(['status', 'validity']);

const TITLES: Record<string, string> = {
  [`${VCDM}CRYPTOGRAPHIC_SECURITY_ERROR`]: 'The securing mechanism does not hold',
  [`${VCDM}MALFORMED_VALUE_ERROR`]: 'A value of the document is malformed',
  [`${VCDM}PARSING_ERROR`]: 'The document cannot be parsed',
  [`${VCDM}RANGE_ERROR`]: 'A value is outside its range',
  [`${SECURITY}PROOF_VERIFICATION_ERROR`]: 'The proof does not verify',
  [`${SECURITY}PROOF_TRANSFORMATION_ERROR`]: 'The document cannot be transformed for its proof',
  [`${SECURITY}INVALID_DOMAIN_ERROR`]: 'The proof is for another domain',
  [`${SECURITY}INVALID_CHALLENGE_ERROR`]: 'The proof answers another challenge',
  [`${SECURITY}INVALID_VERIFICATION_METHOD`]: 'The verification method is not one of the controller',
  [`${SECURITY}INVALID_VERIFICATION_METHOD_URL`]: 'The verification method is not a URL',
  [`${SECURITY}INVALID_CONTROLLED_IDENTIFIER_DOCUMENT`]: 'The document of the controller is malformed',
  [`${SECURITY}INVALID_CONTROLLED_IDENTIFIER_DOCUMENT_ID`]: 'The document of the controller is somebody else’s',
  [`${SECURITY}INVALID_RELATIONSHIP_FOR_VERIFICATION_METHOD`]: 'The verification method is not for this purpose',
  [`${STATUS_LIST}STATUS_RETRIEVAL_ERROR`]: 'The status could not be had',
  [`${STATUS_LIST}STATUS_VERIFICATION_ERROR`]: 'The status list does not verify',
  [`${STATUS_LIST}STATUS_LIST_LENGTH_ERROR`]: 'The status list is too short',
  [`${STATUS_LIST}RANGE_ERROR`]: 'The index is outside the status list',
};

/** Our stable codes that a standard has a name for; within one check, because some codes occur in two. */
const TYPES: Readonly<Record<string, string>> = {
  ...named(`${SECURITY}PROOF_VERIFICATION_ERROR`, 'proof', [
    ...['no_proof', 'proof_malformed', 'proof_value_malformed', 'proof_expired', 'signature_invalid', 'wrong_purpose'],
    ...['unsupported_suite', 'previous_proof_unknown', 'previous_proof_missing', 'previous_proof_loop'],
    ...['previous_proof_invalid', 'previous_proof_ambiguous'],
  ]),
  ...named(`${SECURITY}INVALID_DOMAIN_ERROR`, 'proof', ['invalid_domain', 'other_domain']),
  ...named(`${SECURITY}INVALID_CHALLENGE_ERROR`, 'proof', ['invalid_challenge', 'other_challenge', 'challenge_used']),
  ...named(`${SECURITY}PROOF_TRANSFORMATION_ERROR`, 'proof', ['dropped_term', 'invalid_json_ld', 'forbidden_member']),
  ...named(`${SECURITY}INVALID_VERIFICATION_METHOD_URL`, 'proof', ['method_malformed']),
  ...named(`${SECURITY}INVALID_CONTROLLED_IDENTIFIER_DOCUMENT`, 'proof', ['did_malformed', 'did_document_malformed']),
  ...named(`${SECURITY}INVALID_CONTROLLED_IDENTIFIER_DOCUMENT_ID`, 'proof', ['did_document_mismatch']),
  ...named(`${SECURITY}INVALID_RELATIONSHIP_FOR_VERIFICATION_METHOD`, 'proof', ['method_not_listed']),
  ...named(`${SECURITY}INVALID_VERIFICATION_METHOD`, 'proof', [
    ...['method_not_found', 'method_ambiguous', 'method_controller', 'method_not_issuer', 'key_malformed'],
    ...['key_wrong_kind', 'private_key'],
  ]),
  ...named(`${VCDM}RANGE_ERROR`, 'document', ['dates']),
};

function named(type: string, check: string, codes: readonly string[]): Record<string, string> {
  return Object.fromEntries(codes.map((code) => [`${check} ${code}`, type]));
}

/** Where no code has a name of its own. */
const BY_CHECK: Readonly<Record<string, string>> = {
  proof: `${VCDM}CRYPTOGRAPHIC_SECURITY_ERROR`,
  document: `${VCDM}MALFORMED_VALUE_ERROR`,
  holder: `${VCDM}MALFORMED_VALUE_ERROR`,
  validity: `${VCDM}RANGE_ERROR`,
};

/** Forms and sizes that are not read here: nothing of what is in them was found malformed. */
const NOT_READ: ReadonlySet<string> = new Set([
  'document unsupported',
  'document open_badges_2',
  'document work_limit',
]);

/** A check of a credential or of a presentation, as far as it is read here. */
interface Finding {
  check: string;
  result: Check['result'];
  code: string;
  message: { en: string };
}

/** Reads a report by the rules of VCALM. Not knowing is never a pass: an unknown proof or document is an error. */
export function outcomeOf(checks: readonly Finding[]): Outcome {
  const { errors, warnings } = sorted(checks, DECIDES);
  const passed = (name: string) =>
    checks.some(({ check, result }) => check === name && (result === 'pass' || result === 'warning'));
  return { verified: errors.length === 0 && passed('proof') && passed('document'), errors, warnings };
}

/** Of a presentation by itself: one that nobody signed can verify, as it says nothing about who holds it. */
export function presentationOutcome(checks: readonly Finding[]): Outcome {
  const { errors, warnings } = sorted(checks, DECIDES_PRESENTATION);
  const looked = (name: string, ...good: Check['result'][]) =>
    checks.some(({ check, result }) => check === name && good.includes(result));
  const verified = looked('document', 'pass', 'warning') && looked('proof', 'pass', 'warning', 'not_applicable');
  return { verified: errors.length === 0 && verified, errors, warnings };
}

function sorted(checks: readonly Finding[], decides: ReadonlySet<string>) {
  const errors: ProblemDetail[] = [];
  const warnings: ProblemDetail[] = [];
  for (const one of checks) {
    // What was not looked into is a consequence, never the reason.
    if (one.result === 'pass' || one.result === 'not_applicable' || one.code === 'not_checked') continue;
    if (decides.has(one.check)) (one.result === 'warning' ? warnings : errors).push(problemDetail(one));
    else if (WARNS.has(one.check)) warnings.push(problemDetail(one));
  }
  return { errors, warnings };
}

export function problemDetail({ check, code, message, result }: Finding): ProblemDetail {
  const status = check === 'status' ? statusProblemOf({ result, code }) : undefined;
  // What conforms, with something to say about it, is no error of any standard; what is not read is not malformed.
  const unnamed = result === 'warning' || (result === 'unknown' && NOT_READ.has(`${check} ${code}`));
  const known = unnamed ? undefined : (TYPES[`${check} ${code}`] ?? BY_CHECK[check]);
  const type = status ?? known ?? `urn:tatak:check:${check}`;
  return { type, title: TITLES[type] ?? message.en, detail: message.en, check, code };
}

/** What a caller asked to see. */
export interface ReturnOptions {
  returnResults?: boolean;
  returnProblemDetails?: boolean;
}

/** Members of the answer that are the same for credentials and presentations. */
export function shown({ verified, errors, warnings }: Outcome, results: object, options: ReturnOptions) {
  return {
    verified,
    errors,
    warnings,
    ...(options.returnProblemDetails === false ? {} : { problemDetails: [...errors, ...warnings] }),
    ...(options.returnResults === true ? { results } : {}),
  };
}
