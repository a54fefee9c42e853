import { type Clock, type FieldError, isObject, type Json, type JsonObject } from '#kernel';
import { type ContextRules, CREDENTIALS_V2, OPEN_BADGES_3_0_3 } from '#proofs';
import { issuableErrors } from '../issuable.ts';
import { hasType, walk } from '../lints/walk.ts';

/** The thing that is to carry it, and whose that is. */
export interface Carrier {
  id: string;
  owner: string;
}

export interface EmbeddableDeps {
  contexts: ContextRules;
  clock: Clock;
  /** By itself, as every verifier will: proof, dates, status, and of what it speaks. */
  verify(document: JsonObject, carrier: string): Promise<{ outcome: 'pass' | 'fail' | 'unknown'; code: string }>;
}

/** Those that every badge has, so that inside it nothing is defined anew. */
const CONTEXTS = JSON.stringify([CREDENTIALS_V2, OPEN_BADGES_3_0_3]);
/** What would have to be verified in turn, or is in no context of a badge. */
const ELSEWHERE = new Set(['endorsement', 'endorsementJwt', 'renderMethod', 'jti']);
/** Every badge carries it, and every verifier reads it. */
const BYTES = 16 * 1024;

/**
 * Whether an endorsement by somebody else may be put into everything that is issued of a thing: it holds today, speaks of
 * that thing, and breaks no rule by which the badge around it will be signed.
 * @returns faults with pointers into the endorsement; empty when it may
 */
export function createEndorsementCheck(deps: EmbeddableDeps) {
  return async (document: Json, carrier: Carrier): Promise<FieldError[]> => {
    if (!isObject(document) || !hasType(document.type, 'EndorsementCredential')) {
      return [fault('', 'must be a signed EndorsementCredential', 'type')];
    }
    if (JSON.stringify(document['@context']) !== CONTEXTS) {
      return [fault('/@context', `must be exactly ${CONTEXTS}, as in the badge that carries it`, 'contexts')];
    }
    if (Buffer.byteLength(JSON.stringify(document)) > BYTES) return [fault('', `has more than ${BYTES} bytes`, 'size')];
    const errors = issuableErrors(document, 'openbadge', { contexts: deps.contexts, now: deps.clock.now() });
    for (const { pointer, key } of walk(document)) {
      const within = ELSEWHERE.has(key) || (key === 'proof' && !/^\/proof(?:\/|$)/.test(pointer));
      if (within) errors.push(fault(pointer, `${key} has no place in an endorsement that is carried`, 'member'));
    }
    if (errors.length > 0) return errors;
    if (isObject(document.issuer) && document.issuer.id === carrier.owner) {
      return [fault('/issuer', 'nobody endorses itself', 'self')];
    }
    const { outcome, code } = await deps.verify(document, carrier.id);
    if (outcome === 'pass') return [];
    if (code === 'other_subject') {
      return [fault('/credentialSubject/id', `does not speak of ${carrier.id}, which would carry it`, code)];
    }
    return [fault('', outcome === 'unknown' ? 'could not be checked now' : 'does not hold', code)];
  };
}

const fault = (pointer: string, detail: string, code: string): FieldError => ({ pointer, detail, code });
