import { idOf } from '#accreditation';
import { fieldProblem, isObject, type Json, type JsonObject } from '#kernel';
import { loadInput } from './input/load.ts';
import { strings } from './model.ts';
import type { Session } from './session.ts';

/** What a holder was asked to sign. */
export interface Bound {
  /** The very text; a presentation without it could be somebody's copy of an earlier one. */
  challenge: string;
  /** Whom it was made for, when that was asked for too: all of these and nobody else. */
  domain: string | readonly string[];
}

/** Whether a proof is for this question (VC Data Integrity 1.0, 4.4, steps on domain and challenge). */
export function answers(
  { challenge, domain }: JsonObject,
  asked: Partial<Bound>,
): 'yes' | 'other_challenge' | 'other_domain' {
  if (asked.challenge !== undefined && challenge !== asked.challenge) return 'other_challenge';
  if (asked.domain === undefined) return 'yes';
  const [stated, wanted] = [new Set([domain ?? []].flat()), new Set([asked.domain].flat())];
  return stated.size === wanted.size && [...wanted].every((one) => stated.has(one)) ? 'yes' : 'other_domain';
}

/** Badges that their holder hands over, bound to the question by what the one who asks chose. */
export interface PresentationInput {
  /** A Verifiable Presentation, its text or the document. */
  presentation: string | JsonObject;
  challenge: string;
  domain?: string;
}

const POINTER = '/presentation';
const refuse = (detail: string) => fieldProblem('invalid-request', POINTER, detail);

/**
 * Verifies that the holder signed this presentation for this question (VC Data Integrity 2.1: proofPurpose `authentication`,
 * `challenge`, `domain`), and takes the badges out; they are verified like any other.
 * @returns the holder's id and the documents
 * @throws Problem `invalid-request` at `/presentation` for anything but one good proof of the holder
 */
export async function readPresentation(
  { presentation, challenge, domain }: PresentationInput,
  session: Session,
): Promise<{ holder: string; credentials: JsonObject[] }> {
  const source = typeof presentation === 'string' ? { text: presentation } : { document: presentation };
  const loaded = await loadInput(source, session.deps.fetch, session.budget);
  const document = loaded.kind === 'document' ? loaded.document : {};
  const holder = idOf(document.holder);
  if (!strings(document.type).includes('VerifiablePresentation') || !holder) {
    throw refuse('this is not a presentation that names its holder');
  }
  const { proof } = document;
  if (!isObject(proof)) throw refuse('must have one proof');
  const answer = answers(proof, { challenge, ...(domain === undefined ? {} : { domain }) });
  if (answer === 'other_challenge') throw refuse('its proof answers another challenge');
  if (answer === 'other_domain') throw refuse('its proof is for another domain');
  const found = await session.proof(document, holder, 'authentication');
  if (found.outcome !== 'pass') throw refuse(`the proof of its holder does not hold: ${found.code}`);
  const inside: Json[] = [document.verifiableCredential ?? []].flat();
  const credentials = inside.filter(isObject);
  if (credentials.length === 0 || credentials.length < inside.length)
    throw refuse('must hold credentials with proofs of their own');
  return { holder, credentials };
}
