import { idOf } from '#accreditation';
import { isObject, type JsonObject, type Text } from '#kernel';
import { assemble } from './assemble.ts';
import { checkEndorsements } from './checks/endorsements.ts';
import { checkRecipient, type RecipientClaim } from './checks/recipient.ts';
import { checkStatus } from './checks/status.ts';
import { checkValidity } from './checks/validity.ts';
import { membersOf, saidOfMembers } from './members.ts';
import { badgePeriod, isSpecimen, readIdentities, strings } from './model.ts';
import { asShown } from './not-shown.ts';
import { type Check, check, type Report } from './report.ts';
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

const ENDORSEMENT: Text = {
  en: 'an endorsement: what its issuer says of something else, which is no award and no accreditation',
  fil: 'endoso ito: sinasabi ng nagkaloob tungkol sa ibang bagay, na hindi gawad at hindi akreditasyon',
};

/** The kinds that award nothing. A badge that cannot be read is not one of them. */
export function isStandalone(document: JsonObject): boolean {
  const types = strings(document.type);
  const badge = types.includes('OpenBadgeCredential') || types.includes('AchievementCredential');
  return !badge && (types.includes('EndorsementCredential') || types.includes('ClrCredential'));
}

/**
 * The report of a genuine credential that awards nothing: an endorsement, or a record of other credentials, each of which
 * is judged by itself.
 * @param first what was found of document and proof
 * @param member verifies one credential of a record
 * @param partial see `isPartial`
 */
export async function reportStandalone(
  document: JsonObject,
  first: Check[],
  recipient: RecipientClaim | undefined,
  session: Session,
  member: (document: JsonObject) => Promise<Report>,
  partial: boolean,
): Promise<Report> {
  const checks = [...first, ...asShown(await checkStandalone(document, recipient, session), partial)];
  const endorses = endorsesOf(document);
  const held = membersOf(document);
  const members: Report[] = [];
  // One after the other: they share one budget, and the first are the ones that are certainly looked at.
  for (const one of held?.members ?? []) members.push(await member(one));
  const about = held ? saidOfMembers(members, held.total) : endorses && ENDORSEMENT;
  const specimen = isSpecimen(document);
  return {
    ...assemble(checks, 'openbadge', { specimen, ...(about ? { about } : {}) }, session.now),
    ...(endorses ? { endorses } : {}),
    ...(held ? { members, memberCount: held.total } : {}),
  };
}

/**
 * What is asked of a genuine credential that is no award: dates, status, endorsements, and whose it is. Nobody is accredited
 * to endorse or to collect, so those questions do not arise; the issuer is who signed, and no register is asked.
 */
async function checkStandalone(
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
    checkValidity(badgePeriod(document), session.now),
    status,
    check('issuer', 'unknown', 'not_looked_up', message, { issuer }),
    check('accreditation', 'not_applicable', 'no_award', NO_AWARD),
    check('achievement', 'not_applicable', 'no_award', NO_AWARD),
    checkRecipient(person, claim),
    endorsements,
    check('stackability', 'not_applicable', 'no_award', NO_AWARD),
  ];
}

/** What it endorses, when it is an endorsement. */
function endorsesOf(document: JsonObject): Endorses | undefined {
  const subject = document.credentialSubject;
  if (!strings(document.type).includes('EndorsementCredential') || !isObject(subject)) return undefined;
  const { id, endorsementComment: comment } = subject;
  if (typeof id !== 'string') return undefined;
  return { id, ...(typeof comment === 'string' ? { comment } : {}) };
}
