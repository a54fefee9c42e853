import type { Check, Report } from '#verifier';
import { visible } from '../failure.ts';

const TITLES = {
  en: { unknown: 'Not found out', members: 'Credentials in it', of: 'of' },
  fil: { unknown: 'Hindi nalaman', members: 'Mga kredensiyal sa loob', of: 'sa' },
};

/** A report for people: the sentence, both answers, the checks, what could not be found out. */
export function reportWords(report: Report, lang: 'en' | 'fil'): string {
  const { sentence, verdict, recognition, standing, checks, members = [], memberCount = 0 } = report;
  const { unknown, members: inside, of } = TITLES[lang];
  // Several may be open for one reason.
  const open = new Map<string, string[]>();
  for (const { check, result, message } of checks) {
    if (result === 'unknown') open.set(message[lang], [...(open.get(message[lang]) ?? []), check]);
  }
  const lines = [
    sentence[lang],
    '',
    `  ${verdict}, ${recognition} (${standing})`,
    '',
    ...checks.map(checkLine),
    ...(open.size > 0 ? ['', `${unknown}:`] : []),
    ...[...open].map(([message, names]) => `  ${names.join(', ')}: ${message}`),
    ...(members.length > 0 ? ['', `${inside} (${members.length} ${of} ${memberCount}):`] : []),
    ...members.map((one) => `  ${one.verdict}, ${one.recognition}: ${one.sentence[lang]}`),
    '',
  ];
  return visible(lines.join('\n'));
}

const checkLine = ({ check, result, code }: Check): string => `  ${result.padEnd(15)} ${check.padEnd(14)} ${code}`;
