import type { Text } from '#kernel';
import { type Cited, cite } from './cited.ts';

export interface OpenQuestion extends Cited {
  question: Text;
}

/** What was looked for and not found: nothing here may be stated as a fact. */
export const OPEN_QUESTIONS: readonly OpenQuestion[] = [
  open(
    'CMO No. 1 s. 2025 beyond its title: hours, levels, caps, approval, validity, form of the badge',
    'Ang CMO Blg. 1 s. 2025 maliban sa pamagat: oras, antas, hangganan, pag-apruba, bisa, anyo ng badge',
    'S6',
    'S7',
    'S8',
  ),
  open(
    'TESDA Circular 077 s. 2024 beyond its first page: packaging rules, hours, names of certificates, validity',
    'Ang Sirkular 077 s. 2024 ng TESDA lampas sa unang pahina: tuntunin ng pagbubuo, oras, pangalan ng sertipiko, bisa',
    'S30',
  ),
  open(
    'UPOU memorandum 2023-003 and the guidelines of the UP System: hours, caps, level, validity',
    'Ang memorandum 2023-003 ng UPOU at mga gabay ng UP System: oras, hangganan, antas, bisa',
    'S25',
  ),
  open(
    'Results of the round table of November 2025, and any charter of a consortium since',
    'Kinalabasan ng talakayan noong Nobyembre 2025, at anumang karta ng konsorsiyo mula noon',
    'S1',
    'S3',
  ),
  open(
    'CPD units required from 2026 on; units for each hour of an activity; periods of accreditation',
    'Mga yunit ng CPD na kailangan mula 2026; yunit sa bawat oras ng gawain; panahon ng akreditasyon',
    'S43',
    'S44',
    'S45',
  ),
  open(
    'How long a certificate of competency is valid; the format of certificate numbers; hours of each unit',
    'Gaano katagal may bisa ang sertipiko ng kakayahan; anyo ng bilang ng sertipiko; oras ng bawat yunit',
    'S34',
    'S36',
  ),
  open(
    'The table of PQF and AQRF levels; the proficiency scale and codes of the Philippine Skills Framework',
    'Ang talaan ng mga antas ng PQF at AQRF; ang iskala ng kasanayan at mga kodigo ng Philippine Skills Framework',
    'S18',
    'S50',
  ),
];

function open(en: string, fil: string, ...source: string[]): OpenQuestion {
  return { question: { en, fil }, ...cite('U', ...source) };
}
