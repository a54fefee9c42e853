import type { Text } from '#kernel';
import { type Cited, cite } from './cited.ts';

/** The systems compared, in the order of the cells. */
export const CROSSWALK_COLUMNS: readonly Text[] = [
  { en: 'Practice', fil: 'Gawi' },
  { en: 'Higher education (CHED)', fil: 'Mataas na edukasyon (CHED)' },
  same('UP, UPOU'),
  same('TVET (TESDA)'),
  same('PRC'),
  { en: 'Industry (PSF, IBPAP)', fil: 'Industriya (PSF, IBPAP)' },
  { en: 'European Union', fil: 'Unyong Europeo' },
  same('Malaysia'),
  same('Singapore'),
  same('New Zealand'),
];

export interface CrosswalkRow extends Cited {
  practice: Text;
  cells: readonly Text[];
}

const NOT_FOUND: Text = { en: 'not found', fil: 'walang nakita' };
const NONE_STATED: Text = { en: 'none stated', fil: 'walang nakasaad' };

/** How practices compare. A row is as certain as its least certain cell, so one doubtful cell keeps it from every rule. */
export const CROSSWALK: readonly CrosswalkRow[] = [
  {
    practice: { en: 'Unit of size', fil: 'Yunit ng sukat' },
    cells: [
      { en: 'unit of 18 hours lecture, 54 laboratory', fil: 'yunit na 18 oras ng lektura, 54 sa laboratoryo' },
      { en: 'unit of 16 hours lecture, 32 laboratory', fil: 'yunit na 16 na oras ng lektura, 32 sa laboratoryo' },
      { en: 'nominal hours, units of competency', fil: 'nominal na oras, mga yunit ng kakayahan' },
      { en: 'CPD unit of a profession', fil: 'yunit ng CPD ng isang propesyon' },
      { en: 'hours; none official', fil: 'oras; walang opisyal' },
      { en: 'ECTS or hours', fil: 'ECTS o oras' },
      { en: 'credit, student learning time', fil: 'kredito, oras ng pagkatuto' },
      { en: 'module', fil: 'modyul' },
      { en: 'credit of 10 hours, at most 40', fil: 'kreditong 10 oras, hindi hihigit sa 40' },
    ],
    ...cite('V', 'S19', 'S39', 'S46', 'S55', 'S60', 'S63', 'S67'),
  },
  {
    practice: { en: 'Level scale', fil: 'Iskala ng antas' },
    cells: [
      { en: 'PQF, perhaps 5 to 8', fil: 'PQF, marahil 5 hanggang 8' },
      same('PQF 5–8'),
      same('NC I–IV, PQF 5'),
      { en: 'none', fil: 'wala' },
      { en: 'PSF proficiency', fil: 'antas ng kasanayan sa PSF' },
      same('EQF'),
      same('MQF'),
      { en: 'WSQ or none', fil: 'WSQ o wala' },
      same('NZQCF 1–10'),
    ],
    ...cite('U', 'S8', 'S10', 'S50', 'S55', 'S60'),
  },
  {
    practice: { en: 'Who awards', fil: 'Sino ang naggagawad' },
    cells: [
      { en: 'higher education institution', fil: 'institusyon ng mataas na edukasyon' },
      same('UPOU'),
      {
        en: 'TESDA (NC, COC); the institution for its training certificate',
        fil: 'TESDA (NC, COC); ang institusyon para sa sertipiko nito ng pagsasanay',
      },
      {
        en: 'the council credits; the provider certifies attendance',
        fil: 'ang konseho ang nagbibigay ng kredito; ang tagapaghatid ang nagpapatunay ng pagdalo',
      },
      { en: 'company, association', fil: 'kompanya, asosasyon' },
      { en: 'provider', fil: 'tagapaghatid' },
      { en: 'institution, registered provider', fil: 'institusyon, rehistradong tagapaghatid' },
      { en: 'SSG, institutes', fil: 'SSG, mga instituto' },
      { en: 'accredited provider', fil: 'akreditadong tagapaghatid' },
    ],
    ...cite('G', 'S6', 'S35', 'S46', 'S60', 'S63', 'S67'),
  },
  {
    practice: { en: 'Quality assurance', fil: 'Pagtitiyak ng kalidad' },
    cells: [
      { en: 'CHED; agencies under FAAP by choice', fil: 'CHED; kusang-loob ang mga ahensiya sa FAAP' },
      { en: 'charter, university council and board', fil: 'karta, konseho at lupon ng unibersidad' },
      same('TESDA (UTPRAS, PTCACS)'),
      { en: 'CPD council', fil: 'konseho ng CPD' },
      { en: 'none by law', fil: 'walang itinakda ng batas' },
      { en: 'national agencies', fil: 'mga pambansang ahensiya' },
      same('MQA'),
      same('SSG'),
      same('NZQA, Universities NZ'),
    ],
    ...cite('V', 'S21', 'S22', 'S33', 'S46', 'S55', 'S60', 'S63', 'S67'),
  },
  {
    practice: { en: 'How long an award is current', fil: 'Gaano katagal napapanahon ang gawad' },
    cells: [
      NONE_STATED,
      { en: 'none stated; study has time limits', fil: 'walang nakasaad; may takdang panahon ang pag-aaral' },
      { en: 'NC five years, renewable', fil: 'limang taon ang NC, napapanibago' },
      { en: 'cycle of three years', fil: 'tatlong taong siklo' },
      {
        en: 'set by the vendor, often two or three years',
        fil: 'itinatakda ng nagtitinda, madalas dalawa o tatlong taon',
      },
      { en: 'does not lapse', fil: 'hindi napapaso' },
      NOT_FOUND,
      NOT_FOUND,
      {
        en: 'does not lapse; the definition is reviewed after one to three years',
        fil: 'hindi napapaso; sinusuri muli ang depinisyon makalipas ang isa hanggang tatlong taon',
      },
    ],
    ...cite('U', 'S20', 'S26', 'S36', 'S60'),
  },
  {
    practice: { en: 'Stacking rule', fil: 'Tuntunin ng pagpapatong' },
    cells: [
      { en: 'stackable; no numbers found', fil: 'maipapatong; walang nakitang bilang' },
      { en: 'may count as credit; cap not found', fil: 'maaaring ibilang na kredito; hindi nakita ang hangganan' },
      { en: 'packaging rules; all units for an NC', fil: 'mga tuntunin ng pagbubuo; lahat ng yunit para sa NC' },
      { en: 'sum within a window', fil: 'kabuuan sa loob ng takdang panahon' },
      { en: 'none in common', fil: 'walang pangkalahatan' },
      { en: 'optional element', fil: 'opsiyonal na elemento' },
      { en: 'credit transfer; APEL.C to 30 %', fil: 'paglilipat ng kredito; APEL.C hanggang 30 %' },
      { en: 'parts and a capstone', fil: 'mga bahagi at capstone' },
      { en: 'coherent, mapped, no duplication', fil: 'magkakaugnay, nakamapa, walang pag-uulit' },
    ],
    ...cite('U', 'S25', 'S31', 'S35', 'S44', 'S55', 'S61', 'S65', 'S67'),
  },
  {
    practice: { en: 'Evidence', fil: 'Katibayan' },
    cells: [
      { en: 'assessment in the course', fil: 'pagtatasa sa kurso' },
      { en: 'assessment required', fil: 'kailangan ang pagtatasa' },
      {
        en: 'demonstration, interview, written test before an accredited assessor',
        fil: 'pagpapakita, panayam at pasulat na pagsusulit sa harap ng akreditadong tagatasa',
      },
      { en: 'attendance and a completion report', fil: 'pagdalo at ulat ng pagtatapos' },
      { en: 'examination or task', fil: 'pagsusulit o gawain' },
      { en: 'type of assessment stated', fil: 'nakasaad ang uri ng pagtatasa' },
      { en: 'assessed, bears credit', fil: 'tinatasa, may kredito' },
      { en: 'assessed', fil: 'tinatasa' },
      { en: 'standards where there are any', fil: 'mga pamantayan kung mayroon' },
    ],
    ...cite('V', 'S24', 'S35', 'S46', 'S55', 'S60', 'S64', 'S67'),
  },
  {
    practice: { en: 'Codes', fil: 'Mga kodigo' },
    cells: [
      { en: 'CHED programme, PSCED', fil: 'programa sa CHED, PSCED' },
      { en: 'course code', fil: 'kodigo ng kurso' },
      {
        en: 'training regulation, unit code, CoPR and certificate number',
        fil: 'training regulation, kodigo ng yunit, bilang ng CoPR at ng sertipiko',
      },
      { en: 'accreditation and PRC number', fil: 'bilang ng akreditasyon at ng PRC' },
      { en: 'PSF skill, vendor code', fil: 'kasanayan sa PSF, kodigo ng nagtitinda' },
      same('ELM, ESCO, ISCED-F'),
      { en: 'MQR code', fil: 'kodigo sa MQR' },
      { en: 'SSG course reference', fil: 'sanggunian ng kurso sa SSG' },
      { en: 'NZQCF id, NZSCED', fil: 'id sa NZQCF, NZSCED' },
    ],
    ...cite('G', 'S13', 'S33', 'S34', 'S37', 'S50'),
  },
  {
    practice: { en: 'Register', fil: 'Rehistro' },
    cells: [
      { en: 'lists of approved programmes', fil: 'mga listahan ng aprobadong programa' },
      NOT_FOUND,
      { en: 'Compendium, Registry of Certified Workers', fil: 'Compendium, Rehistro ng mga Sertipikadong Manggagawa' },
      same('CPDAS'),
      NOT_FOUND,
      same('QDR, DEQAR'),
      same('MQR'),
      same('MySkillsFuture'),
      same('NZQCF'),
    ],
    ...cite('G', 'S5', 'S33', 'S35', 'S60'),
  },
  {
    practice: { en: 'Bridge to other systems', fil: 'Tulay sa ibang sistema' },
    cells: [
      same('PCTS, ETEEAP'),
      { en: 'exit awards', fil: 'mga gawad sa paglabas' },
      {
        en: 'PCTS, embedded programmes, prior learning',
        fil: 'PCTS, mga nakapaloob na programa, naunang pagkatuto',
      },
      {
        en: 'units towards the PQF: a rule exists, practice is unclear',
        fil: 'mga yunit patungo sa PQF: may tuntunin, hindi malinaw ang gawi',
      },
      { en: 'endorsement', fil: 'pag-endorso' },
      same('EDC, Europass'),
      same('APEL'),
      { en: 'cross-recognition under way', fil: 'isinasagawa ang pagkilala sa isa’t isa' },
      { en: 'recognition and transfer', fil: 'pagkilala at paglilipat' },
    ],
    ...cite('U', 'S14', 'S16', 'S17', 'S20', 'S29', 'S65'),
  },
];

function same(text: string): Text {
  return { en: text, fil: text };
}
