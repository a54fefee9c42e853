import { isObject, type Json, type JsonObject } from '#kernel';
import { strings } from '../model.ts';
import { type Check, type CheckResult, check } from '../report.ts';
import { readRevocationList } from '../revocation-list.ts';
import type { Session } from '../session.ts';
import { readBitstringStatus, type StatusAnswer, type StatusSubject } from '../status-list.ts';
import { inOwnWords, STATUS_WORDS } from '../status-words.ts';

/** More entries than anybody needs; the fetches are budgeted besides. */
const MAX_ENTRIES = 10;

type Finding = Pick<Check, 'result' | 'code' | 'message' | 'evidence'>;

/** Every mechanism that is read. */
const MECHANISMS: Record<string, (entry: JsonObject, of: StatusSubject, session: Session) => Promise<StatusAnswer>> = {
  BitstringStatusListEntry: readBitstringStatus,
  '1EdTechRevocationList': readRevocationList,
};

/**
 * Revoked, suspended, replaced, or still good; only a list that was read and verified says any of these. Several entries
 * (profile `vc`) count together: one that is bad is enough, and good means that every one is.
 */
export async function checkStatus(entries: Json | undefined, of: StatusSubject, session: Session): Promise<Check> {
  if (entries === undefined) return check('status', 'not_applicable', 'no_status', STATUS_WORDS.none);
  const list = Array.isArray(entries) ? entries : [entries];
  if (list.length === 0 || list.length > MAX_ENTRIES) return toCheck(unread('status_entry_malformed', {}));
  const findings = await Promise.all(list.map((entry) => findingOf(entry, of, session)));
  const worst = ORDER.map((result) => findings.find((one) => one.result === result)).find(Boolean)!;
  if (findings.length === 1) return toCheck(worst);
  const all = findings.map(({ result, code, evidence }) => ({ result, code, ...evidence }));
  return toCheck({ ...worst, evidence: { ...worst.evidence, entries: all } });
}

/** What decides, first. */
const ORDER: readonly CheckResult[] = ['fail', 'unknown', 'warning', 'pass'];

const toCheck = ({ result, code, message, evidence }: Finding): Check =>
  check('status', result, code, message, evidence);

async function findingOf(entry: Json, of: StatusSubject, session: Session): Promise<Finding> {
  const known = isObject(entry) ? strings(entry.type).filter((type) => Object.hasOwn(MECHANISMS, type)) : [];
  if (!isObject(entry) || known.length > 1) return unread('status_entry_malformed', {});
  const [type] = known;
  if (type === undefined) {
    return { result: 'unknown', code: 'unsupported_status', message: STATUS_WORDS.unsupported, evidence: {} };
  }
  const answer = await MECHANISMS[type]!(entry, of, session);
  const evidence = { type, ...answer.evidence };
  if (answer.outcome === 'unknown') return unread(answer.code, evidence);
  return { ...meaning(answer), evidence };
}

const unread = (code: string, evidence: Finding['evidence']): Finding => ({
  result: 'unknown',
  code,
  message: STATUS_WORDS.unread,
  evidence,
});

/** What a value means depends on what the list is for (Bitstring Status List 1.0, 2.1 `statusPurpose`). */
function meaning({
  purpose,
  outcome,
  message,
}: Exclude<StatusAnswer, { outcome: 'unknown' }>): Omit<Finding, 'evidence'> {
  const set = outcome === 'set';
  switch (purpose) {
    case 'revocation':
      return set
        ? { result: 'fail', code: 'revoked', message: STATUS_WORDS.revoked }
        : { result: 'pass', code: 'not_revoked', message: STATUS_WORDS.stands };
    case 'suspension':
      return set
        ? { result: 'fail', code: 'suspended', message: STATUS_WORDS.suspended }
        : { result: 'pass', code: 'not_suspended', message: STATUS_WORDS.stands };
    // A newer version says nothing against this one.
    case 'refresh':
      return set
        ? { result: 'warning', code: 'refresh_available', message: STATUS_WORDS.refresh }
        : { result: 'pass', code: 'no_refresh', message: STATUS_WORDS.noRefresh };
    // What the words mean is for people: they are neither good nor bad to a program.
    case 'message':
      return message === undefined
        ? { result: 'unknown', code: 'status_message_unknown', message: STATUS_WORDS.unread }
        : { result: 'warning', code: 'status_message', message: inOwnWords(message) };
    default:
      return { result: 'unknown', code: 'unsupported_purpose', message: STATUS_WORDS.purpose };
  }
}
