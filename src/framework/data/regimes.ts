import type { Text } from '#kernel';
import { type Cited, cite } from './cited.ts';

export interface Regime extends Cited {
  /** Value of the term `regime`. */
  id: string;
  label: Text;
  governs: Text;
  instrument: Text;
}

/** No single national standard binds all (S3, S4): each achievement says which rule set governs it. */
export const REGIMES: readonly Regime[] = [
  {
    id: 'CHED',
    label: { en: 'Commission on Higher Education', fil: 'Komisyon sa Mas Mataas na Edukasyon (CHED)' },
    governs: {
      en: 'Programmes and micro-credentials of higher education.',
      fil: 'Mga programa at micro-credential sa mataas na edukasyon.',
    },
    instrument: {
      en: 'CMO No. 1 s. 2025; only its title was confirmed.',
      fil: 'CMO Blg. 1 s. 2025; pamagat lamang nito ang nakumpirma.',
    },
    ...cite('V', 'S6', 'S21'),
  },
  {
    id: 'TESDA',
    label: { en: 'Technical Education and Skills Development Authority', fil: 'TESDA' },
    governs: {
      en: 'Technical-vocational programmes, TVET micro-credentials, National Certificates and Certificates of Competency.',
      fil: 'Mga programang teknikal-bokasyonal, micro-credential sa TVET, Pambansang Sertipiko (NC) at Sertipiko ng Kakayahan (COC).',
    },
    instrument: {
      en: 'Circular 077 s. 2024; programme registration under RA 7796.',
      fil: 'Sirkular 077 s. 2024; pagpaparehistro ng programa sa ilalim ng RA 7796.',
    },
    ...cite('V', 'S30', 'S33'),
  },
  {
    id: 'PRC',
    label: { en: 'Professional Regulation Commission', fil: 'Komisyon sa Regulasyon ng mga Propesyon (PRC)' },
    governs: {
      en: 'Professional licences and continuing professional development.',
      fil: 'Mga lisensiyang propesyonal at patuloy na pagpapaunlad-propesyonal (CPD).',
    },
    instrument: { en: 'RA 10912 and resolutions under it.', fil: 'RA 10912 at mga resolusyong batay rito.' },
    ...cite('V', 'S20', 'S46'),
  },
  {
    id: 'DepEd',
    label: { en: 'Department of Education', fil: 'Kagawaran ng Edukasyon (DepEd)' },
    governs: { en: 'Junior and senior high school.', fil: 'Junior at senior high school.' },
    instrument: { en: 'PQF-NCC Resolution 2023-05.', fil: 'Resolusyon 2023-05 ng PQF-NCC.' },
    ...cite('V', 'S10'),
  },
  {
    id: 'MARINA',
    label: { en: 'Maritime Industry Authority', fil: 'Pangasiwaan sa Industriyang Pandagat (MARINA)' },
    governs: { en: 'Certificates of seafarers.', fil: 'Mga sertipiko ng mandaragat.' },
    instrument: { en: 'STCW circulars.', fil: 'Mga sirkular sa STCW.' },
    ...cite('V', 'S13'),
  },
  {
    id: 'CAAP',
    label: { en: 'Civil Aviation Authority', fil: 'Pangasiwaan sa Abyasyong Sibil (CAAP)' },
    governs: { en: 'Certificates of civil aviation.', fil: 'Mga sertipiko sa abyasyong sibil.' },
    instrument: { en: 'PCAR, board resolutions.', fil: 'PCAR, mga resolusyon ng lupon.' },
    ...cite('V', 'S13'),
  },
  {
    id: 'Charter',
    label: { en: 'Own charter', fil: 'Sariling karta' },
    governs: {
      en: 'Awards of a state university or another body under its own charter.',
      fil: 'Mga gawad ng pamantasang estado o ibang kinatawang may sariling karta.',
    },
    instrument: {
      en: 'The charter and resolutions of its board.',
      fil: 'Ang karta at mga resolusyon ng lupon nito.',
    },
    ...cite('V', 'S21', 'S29'),
  },
  {
    id: 'Industry',
    label: { en: 'Industry', fil: 'Industriya' },
    governs: {
      en: 'Certifications of companies and associations; no public authority binds them.',
      fil: 'Mga sertipikasyon ng kompanya at asosasyon; walang awtoridad ng pamahalaan na sumasaklaw sa mga ito.',
    },
    instrument: {
      en: 'Philippine Skills Framework, as a reference.',
      fil: 'Philippine Skills Framework, bilang batayan.',
    },
    ...cite('V', 'S48', 'S49'),
  },
  {
    id: 'Consortium',
    label: { en: 'Consortium', fil: 'Konsorsiyo' },
    governs: {
      en: 'Proposed in 2026 as connective governance; no charter of one was found.',
      fil: 'Iminungkahi noong 2026 bilang pamamahalang nag-uugnay; walang nakitang karta nito.',
    },
    instrument: { en: 'None found.', fil: 'Walang nakita.' },
    ...cite('U', 'S1', 'S3'),
  },
  {
    id: 'Foreign',
    label: { en: 'Foreign', fil: 'Dayuhan' },
    governs: {
      en: 'Awards under the rules of another country.',
      fil: 'Mga gawad sa ilalim ng tuntunin ng ibang bansa.',
    },
    instrument: { en: 'That country’s.', fil: 'Sa bansang iyon.' },
    ...cite('G'),
  },
];
