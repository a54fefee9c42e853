import type { Text } from '#kernel';
import { type Cited, type Confidence, cite } from './cited.ts';

/** The systems compared, in the order of the cells. */
export const CROSSWALK_COLUMNS: readonly Text[] = [
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

export interface CrosswalkCell extends Cited {
  text: Text;
}

export interface CrosswalkRow {
  /** Part of public addresses. */
  id: string;
  practice: Text;
  /** One a column; null where nothing verified was found, which says nothing about the practice. */
  cells: readonly (CrosswalkCell | null)[];
}

/** Nothing verified was found. */
const UNKNOWN = null;

/** How practices compare. Each cell by itself has its sources, so that a doubtful one does not hide behind its row. */
export const CROSSWALK: readonly CrosswalkRow[] = [
  row('unit-of-size', 'Unit of size', 'Yunit ng sukat', [
    cell('V S19', 'unit of 18 hours lecture, 54 laboratory', 'yunit na 18 oras ng lektura, 54 sa laboratoryo'),
    cell('V S19', 'unit of 16 hours lecture, 32 laboratory', 'yunit na 16 na oras ng lektura, 32 sa laboratoryo'),
    cell('V S34 S39', 'nominal hours, units of competency', 'nominal na oras, mga yunit ng kakayahan'),
    cell('V S46', 'CPD unit of a profession', 'yunit ng CPD ng isang propesyon'),
    cell('G', 'hours; none official', 'oras; walang opisyal'),
    cell('V S55', 'ECTS or hours', 'ECTS o oras'),
    cell('V S63', 'credit, student learning time', 'kredito, oras ng pagkatuto'),
    cell('V S67', 'module', 'modyul'),
    cell('V S60', 'credit of 10 hours, at most 40', 'kreditong 10 oras, hindi hihigit sa 40'),
  ]),
  row('level-scale', 'Level scale', 'Iskala ng antas', [
    cell('V S10', 'PQF'),
    cell('V S10', 'PQF'),
    cell('V S10', 'NC I–IV at PQF 1–4, diploma at PQF 5', 'NC I–IV sa PQF 1–4, diploma sa PQF 5'),
    cell('G', 'none', 'wala'),
    UNKNOWN,
    cell('V S55', 'EQF'),
    cell('V S63', 'MQF'),
    cell('V S67', 'WSQ'),
    cell('V S60', 'NZQCF 1–10'),
  ]),
  row('who-awards', 'Who awards', 'Sino ang naggagawad', [
    cell('G', 'higher education institution', 'institusyon ng mataas na edukasyon'),
    cell('V S25', 'UPOU'),
    cell(
      'G S35',
      'TESDA (NC, COC); the institution for its training certificate',
      'TESDA (NC, COC); ang institusyon para sa sertipiko nito ng pagsasanay',
    ),
    cell(
      'V S46',
      'the council credits; the provider certifies attendance',
      'ang konseho ang nagbibigay ng kredito; ang tagapaghatid ang nagpapatunay ng pagdalo',
    ),
    cell('G', 'company, association', 'kompanya, asosasyon'),
    cell('V S55', 'provider', 'tagapaghatid'),
    cell('V S63 S64', 'institution, registered provider', 'institusyon, rehistradong tagapaghatid'),
    cell('V S67', 'SSG, institutes', 'SSG, mga instituto'),
    cell('V S60', 'accredited provider', 'akreditadong tagapaghatid'),
  ]),
  row('quality-assurance', 'Quality assurance', 'Pagtitiyak ng kalidad', [
    cell('V S21 S22', 'CHED; agencies under FAAP by choice', 'CHED; kusang-loob ang mga ahensiya sa FAAP'),
    cell('G', 'charter, university council and board', 'karta, konseho at lupon ng unibersidad'),
    cell('G S33', 'TESDA (UTPRAS, PTCACS)'),
    cell('V S46', 'CPD council', 'konseho ng CPD'),
    cell('G', 'none by law', 'walang itinakda ng batas'),
    cell('V S55', 'national agencies', 'mga pambansang ahensiya'),
    cell('V S63', 'MQA'),
    cell('V S67', 'SSG'),
    cell('V S60', 'NZQA, Universities NZ'),
  ]),
  row('currency', 'How long an award is current', 'Gaano katagal napapanahon ang gawad', [
    UNKNOWN,
    cell('V S26', 'study has time limits', 'may takdang panahon ang pag-aaral'),
    cell('V S36', 'NC five years, renewable', 'limang taon ang NC, napapanibago'),
    cell('V S20', 'cycle of three years', 'tatlong taong siklo'),
    cell('G', 'set by the vendor, often two or three years', 'itinatakda ng nagtitinda, madalas dalawa o tatlong taon'),
    cell('G', 'does not lapse', 'hindi napapaso'),
    UNKNOWN,
    UNKNOWN,
    cell(
      'G S60 S61',
      'does not lapse; the definition is reviewed after one to three years',
      'hindi napapaso; sinusuri muli ang depinisyon makalipas ang isa hanggang tatlong taon',
    ),
  ]),
  row('stacking-rule', 'Stacking rule', 'Tuntunin ng pagpapatong', [
    cell('V2 S7 S8', 'stackable or stand-alone', 'maipapatong o nakapag-iisa'),
    cell('V S25', 'may count as credit towards a degree', 'maaaring ibilang na kredito tungo sa digri'),
    cell('V S31 S35', 'packaging rules; all units for an NC', 'mga tuntunin ng pagbubuo; lahat ng yunit para sa NC'),
    cell('V2 S44 S45', 'sum within a window', 'kabuuan sa loob ng takdang panahon'),
    cell('G', 'none in common', 'walang pangkalahatan'),
    cell('V S55', 'optional element', 'opsiyonal na elemento'),
    cell('V S63 S65', 'credit transfer; APEL.C to 30 %', 'paglilipat ng kredito; APEL.C hanggang 30 %'),
    cell('V S67', 'parts and a capstone', 'mga bahagi at capstone'),
    cell('V S60 S61', 'coherent, mapped, no duplication', 'magkakaugnay, nakamapa, walang pag-uulit'),
  ]),
  row('evidence', 'Evidence', 'Katibayan', [
    cell('G', 'assessment in the course', 'pagtatasa sa kurso'),
    cell('V S24', 'assessment required', 'kailangan ang pagtatasa'),
    cell(
      'V S35',
      'demonstration, interview, written test before an accredited assessor',
      'pagpapakita, panayam at pasulat na pagsusulit sa harap ng akreditadong tagatasa',
    ),
    cell('V S46', 'attendance and a completion report', 'pagdalo at ulat ng pagtatapos'),
    cell('G', 'examination or task', 'pagsusulit o gawain'),
    cell('V S55', 'type of assessment stated', 'nakasaad ang uri ng pagtatasa'),
    cell('V S64', 'assessed, bears credit', 'tinatasa, may kredito'),
    cell('V S67', 'assessed', 'tinatasa'),
    cell('V S60', 'standards where there are any', 'mga pamantayan kung mayroon'),
  ]),
  row('codes', 'Codes', 'Mga kodigo', [
    cell('G S13', 'CHED programme, PSCED', 'programa sa CHED, PSCED'),
    cell('V S27', 'course code', 'kodigo ng kurso'),
    cell(
      'V S33 S34 S37',
      'training regulation, unit code, CoPR and certificate number',
      'training regulation, kodigo ng yunit, bilang ng CoPR at ng sertipiko',
    ),
    cell('G', 'accreditation and PRC number', 'bilang ng akreditasyon at ng PRC'),
    cell('G', 'vendor code', 'kodigo ng nagtitinda'),
    cell('G S73', 'ELM, ESCO, ISCED-F'),
    cell('G', 'MQR code', 'kodigo sa MQR'),
    cell('G', 'SSG course reference', 'sanggunian ng kurso sa SSG'),
    cell('G', 'NZQCF id, NZSCED', 'id sa NZQCF, NZSCED'),
  ]),
  row('register', 'Register', 'Rehistro', [
    cell('V S5', 'lists of approved programmes', 'mga listahan ng aprobadong programa'),
    UNKNOWN,
    cell(
      'G S33 S35',
      'Compendium, Registry of Certified Workers',
      'Compendium, Rehistro ng mga Sertipikadong Manggagawa',
    ),
    cell('G', 'CPDAS'),
    UNKNOWN,
    cell('G', 'QDR, DEQAR'),
    cell('G', 'MQR'),
    cell('G', 'MySkillsFuture'),
    cell('V S60', 'NZQCF'),
  ]),
  row('bridge', 'Bridge to other systems', 'Tulay sa ibang sistema', [
    cell('V S14 S17', 'PCTS, ETEEAP'),
    cell('V S29', 'exit awards', 'mga gawad sa paglabas'),
    cell(
      'V S14 S16',
      'PCTS, embedded programmes, prior learning',
      'PCTS, mga nakapaloob na programa, naunang pagkatuto',
    ),
    cell('V S20', 'units towards the PQF, by a rule of 2019', 'mga yunit patungo sa PQF, ayon sa tuntunin ng 2019'),
    cell('G', 'endorsement', 'pag-endorso'),
    cell('G S74', 'EDC, Europass'),
    cell('V S65', 'APEL'),
    cell('G', 'cross-recognition under way', 'isinasagawa ang pagkilala sa isa’t isa'),
    cell('G', 'recognition and transfer', 'pagkilala at paglilipat'),
  ]),
];

function row(id: string, en: string, fil: string, cells: (CrosswalkCell | null)[]): CrosswalkRow {
  return { id, practice: { en, fil }, cells };
}

/** @param cited confidence and sources, e.g. `V S19` */
function cell(cited: string, en: string, fil = en): CrosswalkCell {
  const [confidence, ...source] = cited.split(' ');
  return { text: { en, fil }, ...cite(confidence as Confidence, ...source) };
}

function same(text: string): Text {
  return { en: text, fil: text };
}
