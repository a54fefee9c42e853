import type { Text } from '#kernel';
import {
  ASSESSMENT_TYPES,
  MICROCREDENTIAL_FORMS,
  type NamedValue,
  PARTICIPATION_MODES,
  QUALITY_ASSURANCE_TYPES,
  SUPERVISION_TYPES,
} from './data/assessment.ts';
import { AUTHORITIES } from './data/authorities.ts';
import { AWARD_TYPES } from './data/award-types.ts';
import type { Cited } from './data/cited.ts';
import { CPD_RENEWALS } from './data/cpd-renewal.ts';
import { CREDIT_SYSTEMS } from './data/credit-systems.ts';
import { CROSSWALK, CROSSWALK_COLUMNS, type CrosswalkRow } from './data/crosswalk.ts';
import { LEVEL_NOTES, PQF_LEVELS } from './data/levels.ts';
import { OPEN_QUESTIONS } from './data/open-questions.ts';
import { REGIMES } from './data/regimes.ts';

export interface FrameworkRow extends Cited {
  /** As many as the section has columns. A plain string is a code or a proper name. */
  cells: (string | Text)[];
}

export interface FrameworkSection {
  id: string;
  title: Text;
  columns: Text[];
  rows: FrameworkRow[];
}

const VALUE = { en: 'Value', fil: 'Halaga' };
const NAME = { en: 'Name', fil: 'Pangalan' };
const LEVEL = { en: 'Level', fil: 'Antas' };
const REGIME = { en: 'Regimes', fil: 'Mga rehimen' };

/** The framework as tables for people: every row with its sources, its confidence and the month of reading. */
export function frameworkSections(): FrameworkSection[] {
  return [
    section(
      'pqf-levels',
      {
        en: 'Levels of the Philippine Qualifications Framework',
        fil: 'Mga antas ng Philippine Qualifications Framework',
      },
      [LEVEL, { en: 'Qualification', fil: 'Kuwalipikasyon' }, { en: 'Authority', fil: 'Awtoridad' }],
      PQF_LEVELS,
      (row) => [String(row.level), row.qualification, row.authorities],
    ),
    section(
      'level-notes',
      { en: 'About the levels', fil: 'Tungkol sa mga antas' },
      [
        { en: 'Subject', fil: 'Paksa' },
        { en: 'What is known', fil: 'Ang nalalaman' },
      ],
      LEVEL_NOTES,
      (row) => [row.subject, row.statement],
    ),
    section(
      'regimes',
      { en: 'Regimes', fil: 'Mga rehimen' },
      [VALUE, NAME, { en: 'Governs', fil: 'Sinasaklaw' }, { en: 'Instrument', fil: 'Instrumento' }],
      REGIMES,
      (row) => [row.id, row.label, row.governs, row.instrument],
    ),
    section(
      'award-types',
      { en: 'Kinds of award', fil: 'Mga uri ng gawad' },
      [
        VALUE,
        NAME,
        REGIME,
        { en: 'PQF level', fil: 'Antas sa PQF' },
        { en: 'Protected words', fil: 'Protektadong salita' },
      ],
      AWARD_TYPES,
      (row) => [
        row.id,
        row.label,
        row.regimes.join(', '),
        row.pqf ? [...new Set([row.pqf.from, row.pqf.to])].join('–') : { en: 'not fixed', fil: 'hindi tiyak' },
        row.words.join(', ') || { en: 'none', fil: 'wala' },
      ],
    ),
    section(
      'credit-systems',
      { en: 'Credit systems', fil: 'Mga sistema ng kredito' },
      [VALUE, NAME, { en: 'What one is', fil: 'Katumbas ng isa' }],
      CREDIT_SYSTEMS,
      (row) => [row.id, row.label, row.unit],
    ),
    named(
      'microcredential-forms',
      { en: 'Forms of micro-credential', fil: 'Mga anyo ng micro-credential' },
      MICROCREDENTIAL_FORMS,
    ),
    named('assessment', { en: 'Assessment', fil: 'Pagtatasa' }, ASSESSMENT_TYPES),
    named(
      'supervision',
      { en: 'Supervision and identity', fil: 'Pagbabantay at pagtiyak ng katauhan' },
      SUPERVISION_TYPES,
    ),
    named('participation', { en: 'Form of participation', fil: 'Anyo ng pakikilahok' }, PARTICIPATION_MODES),
    named('quality-assurance', { en: 'Quality assurance', fil: 'Pagtitiyak ng kalidad' }, QUALITY_ASSURANCE_TYPES),
    section(
      'authorities',
      { en: 'Who may recognise what', fil: 'Sino ang maaaring kumilala sa ano' },
      [
        { en: 'Authority', fil: 'Awtoridad' },
        { en: 'May recognise', fil: 'Maaaring kilalanin' },
        { en: 'Act', fil: 'Kilos' },
        { en: 'Cannot', fil: 'Hindi maaari' },
      ],
      AUTHORITIES,
      (row) => [row.name, row.mayRecognise, row.act, row.cannot],
    ),
    section(
      'cpd-renewal',
      { en: 'Renewal of professional licences', fil: 'Pagpapanibago ng lisensiyang propesyonal' },
      [
        { en: 'From', fil: 'Mula' },
        { en: 'Until (first day out)', fil: 'Hanggang (unang araw na hindi kasama)' },
        { en: 'Credit units', fil: 'Yunit ng kredito' },
        { en: 'Years looked back', fil: 'Ilang taong binabalikan' },
      ],
      CPD_RENEWALS,
      (row) => [
        row.from,
        row.until ?? { en: 'none announced', fil: 'walang inanunsiyo' },
        row.units,
        String(row.years),
      ],
    ),
    section(
      'open-questions',
      { en: 'What could not be verified', fil: 'Ang hindi natiyak' },
      [{ en: 'Question', fil: 'Tanong' }],
      OPEN_QUESTIONS,
      (row) => [row.question],
    ),
  ];
}

export interface Crosswalk {
  id: 'crosswalk';
  /** Says that it is a draft: nobody it is about has confirmed it. */
  title: Text;
  /** How to have it mended. */
  corrections: Text;
  practice: Text;
  columns: readonly Text[];
  rows: readonly CrosswalkRow[];
}

/** The comparative map of practices. */
export function crosswalk(): Crosswalk {
  return {
    id: 'crosswalk',
    title: {
      en: 'Draft comparison from public sources',
      fil: 'Burador ng paghahambing mula sa mga pampublikong sanggunian',
    },
    corrections: {
      en: 'To propose a correction, open an issue or a change at the source of this project: name the row and the column, give the wording, a public source with its date and address, and the day you read it. What has no public source stays empty.',
      fil: 'Upang magmungkahi ng pagwawasto, magbukas ng isyu o pagbabago sa pinagmulan ng proyektong ito: banggitin ang hanay at kolum, ibigay ang pananalita, ang pampublikong sanggunian na may petsa at address, at ang araw na binasa ito. Mananatiling walang laman ang walang pampublikong sanggunian.',
    },
    practice: { en: 'Practice', fil: 'Gawi' },
    columns: CROSSWALK_COLUMNS,
    rows: CROSSWALK,
  };
}

function named(id: string, title: Text, rows: readonly NamedValue[]): FrameworkSection {
  return section(id, title, [VALUE, NAME], rows, (row) => [row.id, row.label]);
}

function section<Row extends Cited>(
  id: string,
  title: Text,
  columns: readonly Text[],
  rows: readonly Row[],
  cells: (row: Row) => (string | Text)[],
): FrameworkSection {
  return {
    ...{ id, title, columns: [...columns] },
    rows: rows.map((row) => {
      const { source, confidence, asOf } = row;
      return { cells: cells(row), source, confidence, asOf };
    }),
  };
}
