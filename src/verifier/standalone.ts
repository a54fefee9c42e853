import { idOf } from '#accreditation';
import { isObject, type JsonObject, type Text } from '#kernel';
import { checkEndorsements } from './checks/endorsements.ts';
import { checkRecipient, type RecipientClaim } from './checks/recipient.ts';
import { checkStatus } from './checks/status.ts';
import { checkValidity } from './checks/validity.ts';
import { periodOf, readIdentities, strings } from './model.ts';
import { type Check, check } from './report.ts';
import type { Session } from './session.ts';

/** What an endorsement says of what; its issuer's words. */
export interface Endorses {
  id: string;
  comment?: string;
}

const NO_AWARD: Text = {
  en: 'It awards nothing itself, so this does not arise.',
  fil: 'Wala itong iginagawad mismo, kaya hindi ito tinitingnan.',
};

/**
 * What is asked of a genuine credential that is no award: dates, status, endorsements, and whose it is. Nobody is accredited
 * to endorse or to collect, so those questions do not arise; the issuer is who signed, and no register is asked.
 */
export async function checkStandalone(
  document: JsonObject,
  claim: RecipientClaim | undefined,
  session: Session,
): Promise<Check[]> {
  const issuer = idOf(document.issuer)!;
  const { id } = document;
  const [status, endorsements] = await Promise.all([
    checkStatus(document.credentialStatus, { issuer, ...(typeof id === 'string' ? { id } : {}) }, session),
    checkEndorsements(document, session),
  ]);
  const message = {
    en: 'Its signature shows which identifier issued it. Who that is was not looked up.',
    fil: 'Ipinakikita ng lagda kung aling identifier ang nagkaloob. Hindi hinanap kung sino iyon.',
  };
  const subject = [document.credentialSubject].flat().find(isObject);
  const person = {
    ...(typeof subject?.id === 'string' ? { id: subject.id } : {}),
    identifiers: readIdentities(subject?.identifier),
  };
  return [
    checkValidity(periodOf(document), session.now),
    status,
    check('issuer', 'unknown', 'not_looked_up', message, { issuer }),
    check('accreditation', 'not_applicable', 'no_award', NO_AWARD),
    check('achievement', 'not_applicable', 'no_award', NO_AWARD),
    checkRecipient({ model: { subject: person } }, claim),
    endorsements,
    check('stackability', 'not_applicable', 'no_award', NO_AWARD),
  ];
}

/** What it endorses, when it is an endorsement. */
export function endorsesOf(document: JsonObject): Endorses | undefined {
  const subject = document.credentialSubject;
  if (!strings(document.type).includes('EndorsementCredential') || !isObject(subject)) return undefined;
  const { id, endorsementComment: comment } = subject;
  if (typeof id !== 'string') return undefined;
  return { id, ...(typeof comment === 'string' ? { comment } : {}) };
}
