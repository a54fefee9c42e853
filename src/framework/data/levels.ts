import type { Text } from '#kernel';
import { type Cited, cite } from './cited.ts';

export interface PqfLevel extends Cited {
  level: number;
  qualification: Text;
  /** Bodies under whose rules it is awarded. */
  authorities: string;
}

/** The eight levels of the Philippine Qualifications Framework (RA 10968) and the kinds of award at each. */
export const PQF_LEVELS: readonly PqfLevel[] = [
  row(1, 'National Certificate I', 'Pambansang Sertipiko I (NC I)', 'TESDA', cite('V', 'S10')),
  row(1, 'Junior High School Certificate', 'Sertipiko ng Junior High School', 'DepEd', cite('V', 'S10')),
  row(2, 'National Certificate II', 'Pambansang Sertipiko II (NC II)', 'TESDA', cite('V', 'S10')),
  row(2, 'Senior High School Diploma', 'Diploma ng Senior High School', 'DepEd', cite('V', 'S10')),
  row(3, 'National Certificate III', 'Pambansang Sertipiko III (NC III)', 'TESDA', cite('V', 'S10')),
  row(4, 'National Certificate IV', 'Pambansang Sertipiko IV (NC IV)', 'TESDA', cite('V', 'S10')),
  row(5, 'Diploma', 'Diploma', 'TESDA, CHED', cite('V', 'S10', 'S41')),
  row(6, 'Bachelor’s degree', 'Digring batsilyer', 'CHED', cite('V', 'S10')),
  row(
    7,
    'Postgraduate diploma, master’s degree',
    'Diplomang posgradwado, digring masterado',
    'CHED',
    cite('V2', 'S12'),
  ),
  row(8, 'Doctoral and post-doctoral', 'Doktorado at posdoktorado', 'CHED', cite('V2', 'S12')),
];

export interface LevelNote extends Cited {
  id: string;
  subject: Text;
  statement: Text;
}

/** What else is known of the levels, and what is only said of them. */
export const LEVEL_NOTES: readonly LevelNote[] = [
  {
    id: 'pqf-domains',
    subject: { en: 'PQF domains', fil: 'Mga larang ng PQF' },
    statement: {
      en: 'Knowledge, skills and values; application; degree of independence.',
      fil: 'Kaalaman, kasanayan at pagpapahalaga; paglalapat; antas ng pagsasarili.',
    },
    ...cite('V', 'S10'),
  },
  {
    id: 'register',
    subject: { en: 'Register (PhQuaR)', fil: 'Rehistro (PhQuaR)' },
    statement: {
      en: 'Code, title, descriptors, PQF level, authorising agency, instrument and date of authorisation of each qualification.',
      fil: 'Kodigo, pamagat, mga deskriptor, antas sa PQF, ahensiyang nagpahintulot, instrumento at petsa ng pahintulot ng bawat kuwalipikasyon.',
    },
    ...cite('V', 'S13'),
  },
  {
    id: 'aqrf',
    subject: { en: 'ASEAN framework (AQRF)', fil: 'Balangkas ng ASEAN (AQRF)' },
    statement: {
      en: 'Eight levels in two domains; the referencing report of the Philippines is of 22 May 2019.',
      fil: 'Walong antas sa dalawang larang; Mayo 22, 2019 ang ulat ng pag-uugnay ng Pilipinas.',
    },
    ...cite('V', 'S18'),
  },
  {
    id: 'aqrf-one-to-one',
    subject: { en: 'PQF level to AQRF level', fil: 'Antas ng PQF sa antas ng AQRF' },
    statement: {
      en: 'Usually said to be one to one; the table itself was not seen.',
      fil: 'Karaniwang sinasabing tapatan ang mga antas; hindi nakita ang mismong talaan.',
    },
    ...cite('U', 'S18'),
  },
];

function row(level: number, en: string, fil: string, authorities: string, cited: Cited): PqfLevel {
  return { level, qualification: { en, fil }, authorities, ...cited };
}
