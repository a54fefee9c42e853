import { isObject, type Json, type JsonObject } from '#kernel';
import { strings, type VerifiedBadge } from '../model.ts';
import { type Check, check } from '../report.ts';
import type { Session } from '../session.ts';
import { checkStatus } from './status.ts';
import { checkValidity } from './validity.ts';

interface Finding {
  on: 'credential' | 'achievement' | 'issuer';
  id?: string;
  issuer?: string;
  outcome: 'pass' | 'fail' | 'unknown';
  code: string;
}

const MAX_ENDORSEMENTS = 20;

/**
 * Every endorsement on the credential, its achievement and its issuer, verified by itself: proof, dates, status, and that
 * it speaks of the thing that carries it, which nothing in the standard ensures. An endorsement is never accreditation.
 */
export async function checkEndorsements(badge: VerifiedBadge, session: Session): Promise<Check> {
  const { document, model } = badge;
  const places: [Finding['on'], JsonObject, string][] = [
    ['credential', document, model.id],
    ['achievement', model.achievement.document, model.achievement.id],
  ];
  if (isObject(document.issuer)) places.push(['issuer', document.issuer, model.issuer.id]);
  const work: Promise<Finding>[] = [];
  for (const [on, holder, id] of places) {
    for (const one of list(holder.endorsement)) work.push(verifyEndorsement(one, on, id, document, session));
    // The JWT form is not read yet; it must not look as if it were not there.
    for (const _ of list(holder.endorsementJwt)) {
      work.push(Promise.resolve({ on, outcome: 'unknown', code: 'unsupported_jwt' }));
    }
  }
  if (work.length === 0) {
    const message = { en: 'It carries no endorsement.', fil: 'Wala itong dalang endoso.' };
    return check('endorsements', 'not_applicable', 'none', message);
  }
  const findings = await Promise.all(work.slice(0, MAX_ENDORSEMENTS));
  const evidence = { total: work.length, endorsements: findings };
  const failed = findings.filter((one) => one.outcome === 'fail').length;
  if (failed > 0) {
    const message = {
      en: `${failed} of ${work.length} endorsements do not hold; leave them out of account.`,
      fil: `${failed} sa ${work.length} endoso ang hindi totoo; huwag itong isaalang-alang.`,
    };
    return check('endorsements', 'warning', 'endorsement_invalid', message, evidence);
  }
  if (work.length > findings.length || findings.some((one) => one.outcome === 'unknown')) {
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

async function verifyEndorsement(
  value: Json,
  on: Finding['on'],
  carrier: string,
  parent: JsonObject,
  session: Session,
): Promise<Finding> {
  const bad = (code: string): Finding => ({ on, outcome: 'fail', code });
  if (!isObject(value)) return bad('malformed');
  // Inside a badge its context may be left out; the meaning is that of the badge.
  const endorsement = value['@context'] === undefined ? { '@context': parent['@context']!, ...value } : value;
  const types = strings(endorsement.type);
  const issuer = isObject(endorsement.issuer) ? endorsement.issuer.id : endorsement.issuer;
  const subject = endorsement.credentialSubject;
  if (!types.includes('VerifiableCredential') || !types.includes('EndorsementCredential')) return bad('type');
  if (typeof issuer !== 'string' || !isObject(subject)) return bad('malformed');
  const proof = await session.proof(endorsement, issuer);
  if (proof.outcome !== 'pass') return { on, outcome: proof.outcome, code: proof.code };
  const found = { on, issuer, ...(typeof endorsement.id === 'string' ? { id: endorsement.id } : {}) };
  if (subject.id !== carrier) return { ...found, outcome: 'fail', code: 'other_subject' };
  const { validFrom, validUntil } = endorsement;
  const period = {
    ...(validFrom ? { validFrom: String(validFrom) } : {}),
    ...(validUntil ? { validUntil: String(validUntil) } : {}),
  };
  const dates = checkValidity(period, session.now);
  if (dates.result === 'fail') return { ...found, outcome: 'fail', code: dates.code };
  const of = { issuer, ...(typeof endorsement.id === 'string' ? { id: endorsement.id } : {}) };
  const { result, code } = await checkStatus(endorsement.credentialStatus, of, session);
  if (result === 'fail' || result === 'unknown') return { ...found, outcome: result, code };
  return { ...found, outcome: 'pass', code: 'valid' };
}

function list(value: Json | undefined): Json[] {
  return value === undefined || value === null ? [] : Array.isArray(value) ? value : [value];
}
