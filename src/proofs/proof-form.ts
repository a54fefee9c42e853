import { type Clock, type Json, type JsonObject, parseDateTimeStamp, shown } from '#kernel';
import { type Finding, fail, unknown } from './finding.ts';
import { previousOf } from './hash.ts';
import type { ExpectedProof } from './ports.ts';
import { strictBase58 } from './proof-value.ts';
import { type Suite, suiteOf } from './suites.ts';

/** A proof whose members are readable and say what is expected of them; its key and signature are not looked at yet. */
export interface ProofForm {
  proof: JsonObject;
  suite: Suite;
  /** Absent where the suite has a form of its own. */
  signature?: Uint8Array;
  verificationMethod: string;
  created?: Date;
  /** `previousProof`, as ids. */
  previous: string[];
}

const ABSOLUTE_URL = /^[a-z][a-z0-9+.-]*:\S+$/i;
/** Bytes of a signature: Ed25519 and P-256, or P-384. */
const SIGNATURE_BYTES = [64, 96] as const;

/** VC-DI 2.1 and 4.4: what can be said without a key. */
export function readForm(proof: JsonObject, expected: ExpectedProof, clock: Clock): ProofForm | Finding {
  const { type, cryptosuite, id, proofPurpose, verificationMethod, created, expires, proofValue, nonce } = proof;
  // The suite is decided by both names together, never by one of them.
  const suite = suiteOf(proof);
  if (!suite) {
    return unknown('unsupported_suite', `${shown(type)} ${shown(cryptosuite)}`.trim().slice(0, 200));
  }
  const [shorter, longer] = SIGNATURE_BYTES;
  const signature = strictBase58(proofValue, shorter) ?? strictBase58(proofValue, longer);
  if (suite.form !== 'sd' && !signature) {
    return fail('proof_value_malformed', 'proofValue must be "z" and base58btc of exactly the bytes of a signature');
  }
  if (typeof verificationMethod !== 'string') return fail('proof_malformed', 'verificationMethod must be a URL');
  if (id !== undefined && !(typeof id === 'string' && ABSOLUTE_URL.test(id))) {
    return fail('proof_malformed', 'the id of a proof must be an absolute URL');
  }
  if (nonce !== undefined && typeof nonce !== 'string') return fail('proof_malformed', 'nonce must be a text');
  const previous = previousOf(proof);
  if (!previous) return fail('proof_malformed', 'previousProof must be an id or a list of ids');
  const createdAt = readTime(created);
  if (created !== undefined && !createdAt) return fail('proof_malformed', 'created is not a dateTimeStamp');
  if (expires !== undefined) {
    const expiresAt = readTime(expires);
    if (!expiresAt) return fail('proof_malformed', 'expires is not a dateTimeStamp');
    if (expiresAt < clock.now()) return fail('proof_expired', `the proof expired at ${shown(expires)}`);
  }
  if (proofPurpose !== expected.purpose) return fail('wrong_purpose', `the purpose is ${shown(proofPurpose)}`);
  // VC-DI 4.4, steps on domain and challenge: compared only when the verifier expects them.
  if (expected.domain !== undefined && !sameSet(proof.domain, expected.domain)) {
    return fail('invalid_domain', 'the proof is for another domain');
  }
  if (expected.challenge !== undefined && proof.challenge !== expected.challenge) {
    return fail('invalid_challenge', 'the proof answers another challenge');
  }
  return {
    proof,
    suite,
    ...(signature && { signature }),
    verificationMethod,
    ...(createdAt && { created: createdAt }),
    previous,
  };
}

/**
 * A time of a proof. VC-DI 2.1 lets a reader take one without offset, which should not be, as UTC; a proof is not lost
 * over it. (Times of the credential itself need their offset: another check.)
 */
function readTime(text: Json | undefined): Date | undefined {
  return parseDateTimeStamp(text) ?? (typeof text === 'string' ? parseDateTimeStamp(`${text}Z`) : undefined);
}

/** A single text is a set of one. */
function sameSet(said: Json | undefined, expected: string | string[]): boolean {
  const list = Array.isArray(said) ? said : [said];
  if (!list.every((one): one is string => typeof one === 'string')) return false;
  const [a, b] = [new Set(list), new Set(Array.isArray(expected) ? expected : [expected])];
  return a.size === b.size && [...a].every((one) => b.has(one));
}
