import { isObject, type Json, type JsonObject, type Text } from '#kernel';
import { strings } from './model.ts';
import type { Report } from './report.ts';

/** Reports of one verification share its budget. */
export const MAX_MEMBERS = 20;

/** The credentials of a Comprehensive Learner Record, as many as are looked at, and how many there are. */
export function membersOf(document: JsonObject): { members: JsonObject[]; total: number } | undefined {
  const subject = document.credentialSubject;
  if (!strings(document.type).includes('ClrCredential') || !isObject(subject)) return undefined;
  const all: Json[] = [subject.verifiableCredential ?? []].flat();
  return { members: all.filter(isObject).slice(0, MAX_MEMBERS), total: all.length };
}

/** Of a genuine record, about what is in it: a member that does not hold changes nothing about the record and is not hidden by it. */
export function saidOfMembers(reports: readonly Report[], total: number): Text {
  const count = (verdict: Report['verdict']) => reports.filter((one) => one.verdict === verdict).length;
  const [good, bad, open] = [count('valid'), count('invalid'), count('undetermined') + total - reports.length];
  const parts: [number, Text][] = [
    [good, { en: `${good} genuine`, fil: `${good} ang tunay` }],
    [bad, { en: `${bad} not valid`, fil: `${bad} ang hindi wasto` }],
    [open, { en: `${open} not decided`, fil: `${open} ang hindi mapagpasiyahan` }],
  ];
  const shown = parts.filter(([many]) => many > 0).map(([, text]) => text);
  return {
    en: `a record of ${total} ${total === 1 ? 'credential' : 'credentials'}, each judged by itself: ${shown.map(({ en }) => en).join(', ')}`,
    fil: `talaan ng ${total} kredensiyal, bawat isa’y sinuri nang hiwalay: ${shown.map(({ fil }) => fil).join(', ')}`,
  };
}
