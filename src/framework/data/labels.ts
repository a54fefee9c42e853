import type { Text } from '#kernel';
import {
  ASSESSMENT_TYPES,
  MICROCREDENTIAL_FORMS,
  type NamedValue,
  PARTICIPATION_MODES,
  QUALITY_ASSURANCE_TYPES,
  SUPERVISION_TYPES,
} from './assessment.ts';
import { AWARD_TYPES } from './award-types.ts';
import { CREDIT_SYSTEMS } from './credit-systems.ts';
import { REGIMES } from './regimes.ts';

/** `value | English | Filipino`, one a line. */
function labels(lines: string): Readonly<Record<string, Text>> {
  return Object.fromEntries(
    lines
      .trim()
      .split('\n')
      .map((line) => line.split('|').map((part) => part.trim()))
      .map(([value, en, fil]) => [value!, { en: en!, fil: fil ?? en! }]),
  );
}

const ofRows = (rows: readonly Pick<NamedValue, 'id' | 'label'>[]): Readonly<Record<string, Text>> =>
  Object.fromEntries(rows.map(({ id, label: name }) => [id, name]));

/** What every enumerated value of the ph context is called, by term; values with facts about them have theirs there. */
export const LABELS = {
  awardType: ofRows(AWARD_TYPES),
  regime: ofRows(REGIMES),
  system: ofRows(CREDIT_SYSTEMS),
  microcredentialForm: ofRows(MICROCREDENTIAL_FORMS),
  participationMode: ofRows(PARTICIPATION_MODES),
  assessmentType: ofRows(ASSESSMENT_TYPES),
  supervisionType: ofRows(SUPERVISION_TYPES),
  qualityAssuranceType: ofRows(QUALITY_ASSURANCE_TYPES),
  pqfLevelStatus: labels(`
    Registered | Registered in PhQuaR | Nakarehistro sa PhQuaR
    RegulatorApproved | Approved by the regulator | Inaprobahan ng tagapangasiwa
    ProviderClaimed | Claimed by the provider | Pahayag ng nagkaloob`),
  kind: labels(`
    RA | Republic Act | Batas Republika
    CMO | CHED Memorandum Order | Kautusang Memorandum ng CHED
    JMC | Joint Memorandum Circular | Magkasanib na Memorandum Sirkular
    TesdaCircular | TESDA Circular | Sirkular ng TESDA
    TesdaBoardResolution | TESDA Board Resolution | Resolusyon ng Lupon ng TESDA
    PrcResolution | PRC Resolution | Resolusyon ng PRC
    PrcMemorandumOrder | PRC Memorandum Order | Kautusang Memorandum ng PRC
    TableOfSpecifications | Table of Specifications | Talaan ng mga Espesipikasyon
    STCWCircular | STCW Circular | Sirkular sa STCW
    PCAR | Civil Aviation Regulation | Regulasyon sa Abyasyong Sibil
    BorResolution | Resolution of a board of regents | Resolusyon ng lupon ng mga rehente
    InstitutionalMemo | Memorandum of an institution | Memorandum ng institusyon
    lecture | Lecture | Lektura
    laboratory | Laboratory | Laboratoryo
    field | Field work | Gawaing-larangan
    blended | Blended | Pinaghalo
    assessed | By assessment | Sa pagtatasa
    Functional | Functional skill | Kasanayang panggawain
    Enabling | Enabling skill | Kasanayang pantulong`),
  category: labels(`
    Basic | Basic unit | Batayang yunit
    Common | Common unit | Karaniwang yunit
    Core | Core unit | Pangunahing yunit
    Elective | Elective unit | Elektib na yunit`),
  stackability: labels(`
    StandAlone | Stands alone | Nakapag-iisa
    Stackable | Stackable | Naipapatong
    Embedded | Part of another award | Bahagi ng ibang gawad
    TerminalAward | Terminal award | Panghuling gawad`),
  learningRoute: labels(`
    Formal | Formal | Pormal
    NonFormal | Non-formal | Di-pormal
    Informal | Informal | Impormal
    RPL | Recognition of prior learning | Pagkilala sa naunang pagkatuto
    ETEEAP | ETEEAP | ETEEAP
    EBET | Enterprise-based education and training | Edukasyon at pagsasanay sa negosyo`),
  direction: labels(`
    HigherBetter | Higher is better | Mas mataas, mas mahusay
    LowerBetter | Lower is better | Mas mababa, mas mahusay`),
  evidenceType: labels(`
    Artefact | Artefact | Likha
    ObservationRecord | Observation record | Tala ng pagmamasid
    EmployerAttestation | Attestation of an employer | Patotoo ng employer
    Log | Log | Talaan`),
  institutionType: labels(`
    SUC | State university or college | Pamantasan o kolehiyo ng estado
    LUC | Local university or college | Lokal na pamantasan o kolehiyo
    PrivateHEI | Private higher education institution | Pribadong institusyon ng mas mataas na edukasyon
    TVI | Technical-vocational institution | Institusyong teknikal-bokasyonal
    TTI | TESDA technology institution | Institusyong panteknolohiya ng TESDA
    Enterprise | Enterprise | Negosyo
    LGU | Local government unit | Yunit ng lokal na pamahalaan
    CpdProvider | CPD provider | Tagapagbigay ng CPD
    AssessmentCentre | Assessment centre | Sentro ng pagtatasa
    IndustryAssociation | Industry association | Samahan ng industriya
    Regulator | Regulator | Tagapangasiwa
    Accreditor | Accreditor | Tagaakredita`),
  authorityBasis: labels(`
    Charter | Charter | Karta
    GovernmentRecognition | Government recognition | Pagkilala ng pamahalaan
    COPC | Certificate of program compliance | Sertipiko ng pagtalima ng programa
    CoPR | Certificate of program registration | Sertipiko ng rehistro ng programa
    Deputation | Deputation | Pagtatalaga
    CpdProviderAccreditation | Accreditation as CPD provider | Akreditasyon bilang tagapagbigay ng CPD
    Agreement | Agreement | Kasunduan`),
  verb: labels(`
    list | Lists | Itinatala
    approve | Approves | Inaaprobahan
    accredit | Accredits | Inaakredita
    endorse | Endorses | Iniendoso`),
  role: labels(`
    Train | To train | Magsanay
    Assess | To assess | Magtasa
    Award | To award | Maggawad
    Accredit | To accredit | Mag-akredita`),
  eventType: labels(`
    applied | Applied for | Inaplayan
    granted | Granted | Ipinagkaloob
    provisionallyGranted | Granted provisionally | Pansamantalang ipinagkaloob
    activated | In force | May bisa
    suspended | Suspended | Sinuspinde
    reinstated | Reinstated | Ibinalik
    expired | Expired | Nagwakas
    withdrawn | Withdrawn | Binawi
    superseded | Superseded | Napalitan
    annulled | Annulled | Pinawalang-bisa`),
  binding: labels(`
    Mandatory | Mandatory | Sapilitan
    Advisory | Advisory | Payo`),
  realism: labels(`
    Published | Published | Nailathala
    Illustrative | Illustrative | Halimbawa lamang`),
  mode: labels(`
    Block | Block credit | Kreditong buo
    Specified | Specified credit | Kreditong tinukoy
    Unspecified | Unspecified credit | Kreditong di-tinukoy`),
  match: labels(`
    Full | Fully | Buo
    Partial | In part | Bahagya
    None | Not matched | Walang katugma`),
  ending: labels(`
    Withdrawn | Withdrawn | Binawi
    Superseded | Superseded | Napalitan
    Overturned | Overturned on appeal | Binaligtad sa apela`),
  outcome: labels(`
    Met | Met | Natugunan
    Unmet | Not met | Hindi natugunan
    Pending | Pending | Nakabinbin
    Undecided | Not decided | Hindi napagpasiyahan`),
  accreditedAtAward: labels(`
    Yes | Yes | Oo
    No | No | Hindi
    Unknown | Unknown | Hindi alam`),
} as const;

/** What a value is called. @throws RangeError for a value without a name: it must not be shown as if it were known */
export function label(term: keyof typeof LABELS, value: string): Text {
  const found = Object.hasOwn(LABELS[term], value) ? LABELS[term][value] : undefined;
  if (!found) throw new RangeError(`no label for ${term} ${value}`);
  return found;
}
