import { isObject, type Json } from '#kernel';
import { strings } from '../model.ts';
import { type Check, check } from '../report.ts';
import type { Session } from '../session.ts';
import { readStatus } from '../status-list.ts';

/** Revoked, suspended, or still good. Only a list that was read and verified says either. */
export async function checkStatus(entry: Json | undefined, issuer: string, session: Session): Promise<Check> {
  if (entry === undefined) {
    const message = {
      en: 'The issuer has not provided a way to take this badge back.',
      fil: 'Walang inilaang paraan ang nagkaloob para bawiin ang badge na ito.',
    };
    return check('status', 'not_applicable', 'no_status', message);
  }
  if (!isObject(entry) || !strings(entry.type).includes('BitstringStatusListEntry')) {
    const message = {
      en: 'Its status is kept in a way this verifier does not read yet, so it is not known whether it was revoked.',
      fil: 'Nakatala ang katayuan nito sa paraang hindi pa nababasa rito, kaya hindi alam kung binawi na ito.',
    };
    return check('status', 'unknown', 'unsupported_status', message);
  }
  const answer = await readStatus(entry, issuer, session);
  if (answer.outcome === 'unknown') {
    const message = {
      en: 'The issuer’s status list could not be had or relied on, so it is not known whether the badge was revoked.',
      fil: 'Hindi nakuha o hindi maaasahan ang listahan ng katayuan ng nagkaloob, kaya hindi alam kung binawi na ang badge.',
    };
    return check('status', 'unknown', answer.code, message, answer.evidence);
  }
  const { evidence } = answer;
  switch (answer.purpose) {
    case 'revocation':
      if (answer.outcome === 'set') {
        const message = { en: 'The issuer has revoked it.', fil: 'Binawi na ito ng nagkaloob.' };
        return check('status', 'fail', 'revoked', message, evidence);
      }
      return check('status', 'pass', 'not_revoked', NOT_REVOKED, evidence);
    case 'suspension':
      if (answer.outcome === 'set') {
        const message = { en: 'The issuer has suspended it.', fil: 'Sinuspinde ito ng nagkaloob.' };
        return check('status', 'fail', 'suspended', message, evidence);
      }
      return check('status', 'pass', 'not_suspended', NOT_REVOKED, evidence);
    default: {
      const message = {
        en: 'The status list is for a purpose this verifier does not read.',
        fil: 'Ang listahan ng katayuan ay para sa layuning hindi binabasa rito.',
      };
      return check('status', 'unknown', 'unsupported_purpose', message, evidence);
    }
  }
}

const NOT_REVOKED = {
  en: 'The issuer’s status list says that it still stands.',
  fil: 'Ayon sa listahan ng katayuan ng nagkaloob, may bisa pa ito.',
};
