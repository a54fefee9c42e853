import { idOf } from '#accreditation';
import { isObject, type JsonObject, Problem } from '#kernel';
import { type OpenedJwt, openJwt, type ProofReport } from '#proofs';
import { twinOf } from '../document-findings.ts';
import { type FoundEndorsement, findEndorsements } from '../find-endorsements.ts';
import { badgePeriod, strings } from '../model.ts';
import { isPartial } from '../not-shown.ts';
import { type Check, check } from '../report.ts';
import type { Session } from '../session.ts';
import { checkStatus } from './status.ts';
import { checkValidity } from './validity.ts';

export interface EndorsementFinding extends Pick<FoundEndorsement, 'on' | 'pointer'> {
  id?: string;
  /** Proven by the signature; absent until it holds. */
  issuer?: string;
  /** What its issuer says of the thing; absent until it holds. */
  comment?: string;
  outcome: 'pass' | 'fail' | 'unknown';
  code: string;
}

const MAX_ENDORSEMENTS = 20;
const COMMENT_SHOWN = 500;

/**
 * Every endorsement in the document, verified by itself: proof, dates, status, and that it speaks of the thing that carries
 * it, which nothing in the standard ensures. An endorsement is never accreditation.
 */
export async function checkEndorsements(document: JsonObject, session: Session): Promise<Check> {
  const found = findEndorsements(document);
  if (found.length === 0) {
    const message = { en: 'It carries no endorsement.', fil: 'Wala itong dalang endoso.' };
    return check('endorsements', 'not_applicable', 'none', message);
  }
  const findings = await Promise.all(found.slice(0, MAX_ENDORSEMENTS).map((one) => verifyEndorsement(one, session)));
  const evidence = { total: found.length, endorsements: findings };
  const failed = findings.filter((one) => one.outcome === 'fail').length;
  if (failed > 0) {
    const message = {
      en: `${failed} of ${found.length} endorsements do not hold; leave them out of account.`,
      fil: `${failed} sa ${found.length} endoso ang hindi totoo; huwag itong isaalang-alang.`,
    };
    return check('endorsements', 'warning', 'endorsement_invalid', message, evidence);
  }
  if (found.length > findings.length || findings.some((one) => one.outcome === 'unknown')) {
    const message = {
      en: 'Not every endorsement could be checked.',
      fil: 'Hindi nasuri ang lahat ng endoso.',
    };
    return check('endorsements', 'unknown', 'endorsement_unknown', message, evidence);
  }
  const message = {
    en: `Every endorsement (${findings.length}) is genuine. An endorsement is not an accreditation.`,
    fil: `Tunay ang lahat ng endoso (${findings.length}). Hindi akreditasyon ang endoso.`,
  };
  return check('endorsements', 'pass', 'endorsements_valid', message, evidence);
}

/** One of them, wherever it stands. */
export async function verifyEndorsement(one: FoundEndorsement, session: Session): Promise<EndorsementFinding> {
  const { on, pointer, carrier } = one;
  const say = (
    outcome: EndorsementFinding['outcome'],
    code: string,
    more: Partial<EndorsementFinding> = {},
  ): EndorsementFinding => {
    return { on, pointer, ...more, outcome, code };
  };
  const read = readEndorsement(one);
  if (typeof read === 'string') return say('fail', read);
  const { document, jwt } = read;
  const issuer = idOf(document.issuer);
  const subject = document.credentialSubject;
  if (!strings(document.type).includes('EndorsementCredential')) return say('fail', 'type');
  if (!strings(document.type).includes('VerifiableCredential')) return say('fail', 'type');
  if (issuer === undefined || !isObject(subject)) return say('fail', 'malformed');
  const proof: ProofReport = jwt ? await session.tokenProof(jwt, issuer) : await session.proof(document, issuer);
  if (proof.outcome !== 'pass') return say(proof.outcome, proof.code);

  // Its status could have been moved to the other one (an endorsement of the endorsement speaks of the same thing).
  if (twinOf(document) !== undefined) return say('unknown', 'split_node');

  const { endorsementComment: comment } = subject;
  const known = {
    issuer,
    ...(typeof document.id === 'string' ? { id: document.id } : {}),
    ...(typeof comment === 'string' ? { comment: comment.slice(0, COMMENT_SHOWN) } : {}),
  };
  if (subject.id === undefined || subject.id !== carrier) return say('fail', 'other_subject', known);
  const dates = checkValidity(badgePeriod(document), session.now);
  if (dates.result === 'fail') return say('fail', dates.code, known);
  const status = await checkStatus(
    document.credentialStatus,
    { ...(typeof document.id === 'string' ? { id: document.id } : {}), issuer },
    session,
  );
  if (status.result === 'fail' || status.result === 'unknown') return say(status.result, status.code, known);
  const shown = document.credentialStatus !== undefined && badgePeriod(document).validUntil !== undefined;
  if (!jwt && isPartial(proof) && !shown) return say('unknown', 'not_shown', known);
  return say('pass', 'valid', known);
}

/** The document of it, or the code of what is wrong with its form. */
function readEndorsement({ value, context }: FoundEndorsement): { document: JsonObject; jwt?: OpenedJwt } | string {
  if (typeof value === 'string') {
    try {
      const jwt = openJwt(value);
      return { document: jwt.document, jwt };
    } catch (error) {
      if (error instanceof Problem) return 'malformed';
      throw error;
    }
  }
  if (!isObject(value)) return 'malformed';
  // Inside a badge its context may be left out; the meaning is that of the badge.
  if (value['@context'] !== undefined || context === undefined) return { document: value };
  return { document: { '@context': context, ...value } };
}
