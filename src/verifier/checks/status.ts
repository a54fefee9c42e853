import { textFault } from '#credentials';
import { isObject, type Json, type JsonObject, type Text } from '#kernel';
import { strings } from '../model.ts';
import { type Check, type CheckResult, check } from '../report.ts';
import { readRevocationList } from '../revocation-list.ts';
import type { Session } from '../session.ts';
import { readBitstringStatus, type StatusAnswer, type StatusSubject } from '../status-list.ts';

/** More entries than anybody needs; the fetches are budgeted besides. */
const MAX_ENTRIES = 10;
const SHOWN_CHARS = 200;

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
  if (entries === undefined) return check('status', 'not_applicable', 'no_status', NO_STATUS);
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
    return { result: 'unknown', code: 'unsupported_status', message: UNSUPPORTED_STATUS, evidence: {} };
  }
  const answer = await MECHANISMS[type]!(entry, of, session);
  const evidence = { type, ...answer.evidence };
  if (answer.outcome === 'unknown') return unread(answer.code, evidence);
  return { ...meaning(answer), evidence };
}

const unread = (code: string, evidence: Finding['evidence']): Finding => ({
  result: 'unknown',
  code,
  message: UNREAD,
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
        ? { result: 'fail', code: 'revoked', message: REVOKED }
        : { result: 'pass', code: 'not_revoked', message: STANDS };
    case 'suspension':
      return set
        ? { result: 'fail', code: 'suspended', message: SUSPENDED }
        : { result: 'pass', code: 'not_suspended', message: STANDS };
    // A newer version says nothing against this one.
    case 'refresh':
      return set
        ? { result: 'warning', code: 'refresh_available', message: REFRESH }
        : { result: 'pass', code: 'no_refresh', message: NO_REFRESH };
    // What the words mean is for people: they are neither good nor bad to a program.
    case 'message':
      return message === undefined
        ? { result: 'unknown', code: 'status_message_unknown', message: UNREAD }
        : { result: 'warning', code: 'status_message', message: said(message) };
    default:
      return { result: 'unknown', code: 'unsupported_purpose', message: UNSUPPORTED_PURPOSE };
  }
}

/** The issuer's words are shown as words, or only in the evidence where they would be seen wrongly. */
function said(words: string): Text {
  const shown = textFault(words) === undefined && words.length <= SHOWN_CHARS ? ` “${words}”` : '';
  return {
    en: `The issuer has left a note about its status${shown ? `, in its own words:${shown}` : '; see the details.'}`,
    fil: `May talâ ang nagkaloob tungkol sa katayuan nito${shown ? `, sa sarili nitong salita:${shown}` : '; tingnan ang detalye.'}`,
  };
}

const NO_STATUS = {
  en: 'The issuer has not provided a way to take this badge back.',
  fil: 'Walang inilaang paraan ang nagkaloob para bawiin ang badge na ito.',
};
const UNSUPPORTED_STATUS = {
  en: 'Its status is kept in a way this verifier does not read yet, so it is not known whether it was revoked.',
  fil: 'Nakatala ang katayuan nito sa paraang hindi pa nababasa rito, kaya hindi alam kung binawi na ito.',
};
const UNREAD = {
  en: 'The issuer’s status list could not be had or relied on, so it is not known whether the badge was revoked.',
  fil: 'Hindi nakuha o hindi maaasahan ang listahan ng katayuan ng nagkaloob, kaya hindi alam kung binawi na ang badge.',
};
const UNSUPPORTED_PURPOSE = {
  en: 'The status list is for a purpose this verifier does not read.',
  fil: 'Ang listahan ng katayuan ay para sa layuning hindi binabasa rito.',
};
const REVOKED = { en: 'The issuer has revoked it.', fil: 'Binawi na ito ng nagkaloob.' };
const SUSPENDED = { en: 'The issuer has suspended it.', fil: 'Sinuspinde ito ng nagkaloob.' };
const STANDS = {
  en: 'The issuer’s status list says that it still stands.',
  fil: 'Ayon sa listahan ng katayuan ng nagkaloob, may bisa pa ito.',
};
const REFRESH = {
  en: 'The issuer has a newer version of it; ask its holder for that one.',
  fil: 'May mas bagong bersiyon nito ang nagkaloob; hingin iyon sa may-ari.',
};
const NO_REFRESH = {
  en: 'The issuer’s list names no newer version of it.',
  fil: 'Walang mas bagong bersiyon nito ayon sa listahan ng nagkaloob.',
};
