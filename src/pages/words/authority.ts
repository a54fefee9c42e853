import type { Text } from '#kernel';

/** Words of the authority's console. */
export const GRANTS = {
  record: { en: 'Record a grant', fil: 'Magtala ng pagkakaloob' },
  renew: { en: 'Renew it', fil: 'I-renew ito' },
  publicRegister: { en: 'Public register', fil: 'Pampublikong rehistro' },
  publicPage: { en: 'Public page', fil: 'Pampublikong pahina' },
  find: { en: 'Find grants', fil: 'Maghanap ng pagkakaloob' },
  institution: { en: 'Institution', fil: 'Institusyon' },
  role: { en: 'For what', fil: 'Para saan' },
  none: { en: 'There is no such grant.', fil: 'Walang ganitong pagkakaloob.' },
  noneYet: {
    en: 'None among the grants looked at so far. Go on with the next page.',
    fil: 'Wala sa mga pagkakaloob na natingnan na. Magpatuloy sa susunod na pahina.',
  },
  what: { en: 'What it is', fil: 'Ano ito' },
  scope: { en: 'Scope', fil: 'Saklaw' },
  from: { en: 'From', fil: 'Mula' },
  lastDay: { en: 'Last day', fil: 'Huling araw' },
  back: { en: 'Back to the grant', fil: 'Bumalik sa pagkakaloob' },
  // A new grant
  recordGrantLead: {
    en: 'The common fields. To accredit others, and rarer limits, by the programming interface.',
    fil: 'Ang mga karaniwang field. Ang pag-akredita ng iba pang mag-aakredita, at ang mga bihirang hangganan, ay sa programming interface.',
  },
  renewLead: {
    en: 'The same to the same institution, for a new period. If the earlier grant still stands when this one begins, it ends there.',
    fil: 'Gayundin sa parehong institusyon, para sa bagong panahon. Kung may bisa pa ang nauna sa pagsisimula nito, doon magwawakas ang nauna.',
  },
  accredited: { en: 'To which institution', fil: 'Sa aling institusyon' },
  accreditedNote: {
    en: 'Its short name here (the last part of the address of its page), or the DID of an institution elsewhere.',
    fil: 'Ang maikling pangalan nito rito (huling bahagi ng address ng pahina nito), o ang DID ng institusyong nasa ibang serbisyo.',
  },
  verb: { en: 'What you do', fil: 'Ano ang ginagawa ninyo' },
  verbNote: {
    en: 'Only an accreditation says that the institution may do it.',
    fil: 'Akreditasyon lamang ang nagsasabing maaari itong gawin ng institusyon.',
  },
  awardType: { en: 'Which kinds of award', fil: 'Aling mga uri ng gawad' },
  pqfFrom: { en: 'PQF level, from', fil: 'Antas sa PQF, mula' },
  pqfTo: { en: 'PQF level, to', fil: 'Antas sa PQF, hanggang' },
  trainingRegulation: { en: 'Only this training regulation', fil: 'Ang regulasyon sa pagsasanay na ito lamang' },
  regulationNote: {
    en: 'Its title as awards state it. Empty: any.',
    fil: 'Ang pamagat nito gaya ng nasa mga gawad. Kung walang laman: kahit alin.',
  },
  validFrom: { en: 'First day', fil: 'Unang araw' },
  lastDayNote: { en: 'Empty: no end is set.', fil: 'Kung walang laman: walang itinakdang katapusan.' },
  decisionDate: { en: 'Day of the decision', fil: 'Araw ng pasiya' },
  condition: { en: 'Conditions', fil: 'Mga kondisyon' },
  conditionNote: {
    en: 'One on each line. They are published.',
    fil: 'Isa sa bawat linya. Inilalathala ang mga ito.',
  },
  provisional: { en: 'Provisional, until a later decision', fil: 'Pansamantala, hanggang sa huling pasiya' },
  instrument: { en: 'Legal instrument', fil: 'Instrumentong legal' },
  secondInstrument: { en: 'Second instrument', fil: 'Ikalawang instrumento' },
  instrument_kind: { en: 'Kind of instrument', fil: 'Uri ng instrumento' },
  instrument_number: { en: 'Number', fil: 'Numero' },
  instrument_series: { en: 'Series (year)', fil: 'Serye (taon)' },
  instrument_date: { en: 'Date', fil: 'Petsa' },
  instrument_url: { en: 'Address (https)', fil: 'Adres (https)' },
  noInstrument: { en: '(none cited)', fil: '(walang binanggit)' },
  sign: { en: 'Sign and publish', fil: 'Lagdaan at ilathala' },
  signNote: {
    en: 'It stands in the public register at once. Nothing there is ever edited; what is wrong is annulled.',
    fil: 'Agad itong makikita sa pampublikong rehistro. Walang binabago roon kailanman; ang mali ay pinawawalang-bisa.',
  },
  // An event
  recordEvent: { en: 'Record what happened to it', fil: 'Itala ang nangyari rito' },
  recordLead: {
    en: 'You see what follows from it, and are asked once more, before anything is recorded.',
    fil: 'Makikita mo ang ibubunga nito, at tatanungin muli, bago may maitala.',
  },
  effectiveAt: { en: 'Has effect from', fil: 'May bisa mula' },
  effectiveNote: {
    en: 'The first day. Only an annulment may leave it empty: then the grant is void from its beginning.',
    fil: 'Ang unang araw. Sa pagpapawalang-bisa lamang ito maaaring walang laman: mula sa simula nang walang bisa ang pagkakaloob.',
  },
  reason: { en: 'Reason', fil: 'Dahilan' },
  reasonNote: {
    en: 'It is published in the register, for everybody. Name no person.',
    fil: 'Inilalathala ito sa rehistro, para sa lahat. Huwag magbanggit ng tao.',
  },
  nothingFollows: {
    en: 'It was annulled: nothing more can be recorded of it.',
    fil: 'Pinawalang-bisa na ito: wala nang maitatala pa tungkol dito.',
  },
  byApi: {
    en: 'A grant in place of this one is recorded by renewing it; everything rarer by the programming interface.',
    fil: 'Ang kapalit na pagkakaloob ay itinatala sa pag-renew nito; ang mga mas bihira ay sa programming interface.',
  },
} satisfies Record<string, Text>;

type Recorded = 'activated' | 'suspended' | 'reinstated' | 'withdrawn' | 'annulled';

export const EVENT_ACTS: Readonly<Record<Recorded, Text>> = {
  activated: { en: 'Confirm finally', fil: 'Pagtibayin nang pinal' },
  suspended: { en: 'Suspend', fil: 'Suspendihin' },
  reinstated: { en: 'Lift the suspension', fil: 'Alisin ang suspensiyon' },
  withdrawn: { en: 'Withdraw', fil: 'Bawiin' },
  annulled: { en: 'Annul', fil: 'Ipawalang-bisa' },
};

/** When it is the right one of them. */
export const EVENT_NOTES: Readonly<Record<Recorded, Text>> = {
  activated: {
    en: 'It was provisional, and you have decided for it.',
    fil: 'Pansamantala ito, at pinasyahan na ninyo ito.',
  },
  suspended: { en: 'For a time, until you lift it.', fil: 'Pansamantala, hanggang sa alisin ninyo ito.' },
  reinstated: { en: 'It counts again from that day on.', fil: 'May bisa itong muli mula sa araw na iyon.' },
  withdrawn: {
    en: 'For good. What was awarded before keeps its standing.',
    fil: 'Tuluyan na. Nananatili ang naigawad bago nito.',
  },
  annulled: {
    en: 'It should never have been granted: what was awarded from that day on never counted.',
    fil: 'Hindi ito dapat ipinagkaloob: hindi kailanman mabibilang ang naigawad mula sa araw na iyon.',
  },
};

/** What changes for others, asked once more before it is done. */
export const EVENT_CONSEQUENCES: Readonly<Record<Recorded, Text>> = {
  activated: {
    en: 'The grant is no longer provisional. What was awarded under it keeps its standing.',
    fil: 'Hindi na pansamantala ang pagkakaloob. Nananatili ang mga naigawad sa ilalim nito.',
  },
  suspended: {
    en: 'What is awarded from that day on does not count until you lift the suspension, and does not count afterwards either. What was awarded before keeps its standing.',
    fil: 'Hindi mabibilang ang igagawad mula sa araw na iyon hanggang sa alisin ang suspensiyon, at hindi rin pagkatapos. Nananatili ang naigawad bago nito.',
  },
  reinstated: {
    en: 'What is awarded from that day on counts again. What was awarded during the suspension still does not.',
    fil: 'May bilang muli ang igagawad mula sa araw na iyon. Hindi pa rin mabibilang ang naigawad habang suspendido.',
  },
  withdrawn: {
    en: 'What is awarded from that day on does not count. This cannot be undone. What was awarded before keeps its standing.',
    fil: 'Hindi mabibilang ang igagawad mula sa araw na iyon. Hindi na ito mababawi. Nananatili ang naigawad bago nito.',
  },
  annulled: {
    en: 'What was awarded from that day on never counted: whoever verifies such an award is told so from now on. This cannot be undone.',
    fil: 'Hindi kailanman mabibilang ang naigawad mula sa araw na iyon: iyan ang sasabihin sa sinumang susuri nito simula ngayon. Hindi na ito mababawi.',
  },
};

/** What depends on a grant. */
export const DEPENDS = {
  title: { en: 'What depends on it', fil: 'Ano ang nakasalalay rito' },
  noAccreditation: {
    en: 'It is no accreditation: no award depends on it. The public register shows it differently from that day on.',
    fil: 'Hindi ito akreditasyon: walang gawad na nakasalalay rito. Iba na ang ipakikita ng pampublikong rehistro mula sa araw na iyon.',
  },
  fromItsBeginning: { en: 'from its beginning', fil: 'mula sa simula nito' },
  grants: { en: 'Grants below it: {count}', fil: 'Mga pagkakaloob sa ilalim nito: {count}' },
  grantsLabel: { en: 'Grants below it', fil: 'Mga pagkakaloob sa ilalim nito' },
  grantsLead: {
    en: 'Nothing else stands above these. Awards under them share the fate of those under this one.',
    fil: 'Wala nang iba pang nasa itaas ng mga ito. Ang mga gawad sa ilalim nila ay magiging gaya ng mga gawad sa ilalim nito.',
  },
  noGrants: {
    en: 'No grant that this service knows depends on it.',
    fil: 'Walang pagkakaloob na alam ng serbisyong ito ang nakasalalay rito.',
  },
  moreGrants: { en: 'There are more than are shown.', fil: 'Mas marami pa kaysa sa ipinakikita.' },
  awards: { en: 'Awards of the institutions', fil: 'Mga gawad ng mga institusyon' },
  since: { en: 'Awarded since the grant began', fil: 'Naigawad mula nang magsimula ang pagkakaloob' },
  standing: { en: 'Of these, neither revoked nor ended', fil: 'Sa mga ito, hindi binawi at hindi pa nagwakas' },
  after: { en: 'Awarded on that day or later', fil: 'Naigawad sa araw na iyon o pagkatapos' },
  atLeast: { en: 'at least {count}', fil: 'hindi bababa sa {count}' },
  awardsKept: {
    en: 'Awards before that day keep their standing. Those of that day or later are no longer shown as accredited by this grant.',
    fil: 'Nananatili ang mga gawad bago ang araw na iyon. Ang mga sa araw na iyon o pagkatapos ay hindi na ipakikitang akreditado ng pagkakaloob na ito.',
  },
  awardsVoid: {
    en: 'Awards of that day or later are shown as never accredited by this grant. They are not revoked: that is for the institution to review.',
    fil: 'Ang mga gawad sa araw na iyon o pagkatapos ay ipakikitang hindi kailanman akreditado ng pagkakaloob na ito. Hindi sila binabawi: ang institusyon ang magsusuri niyan.',
  },
  countedNote: {
    en: 'All awards of the institution on this service, whichever of its grants they rest on; of many, the newest 20,000.',
    fil: 'Lahat ng gawad ng institusyon sa serbisyong ito, alinmang pagkakaloob ang batayan; kung marami, ang pinakabagong 20,000.',
  },
  nobody: {
    en: 'No institution that this service knows awards under it.',
    fil: 'Walang institusyong alam ng serbisyong ito ang naggagawad sa ilalim nito.',
  },
  uncounted: { en: 'Not counted here: {names}.', fil: 'Hindi binilang dito: {names}.' },
  Train: {
    en: 'Awards that name this institution as the training provider are other institutions’, and are not counted here.',
    fil: 'Sa ibang institusyon ang mga gawad na bumabanggit dito bilang tagapagsanay, at hindi binilang dito.',
  },
  Assess: {
    en: 'Awards that were assessed by this institution are other institutions’, and are not counted here.',
    fil: 'Sa ibang institusyon ang mga gawad na tinasa ng institusyong ito, at hindi binilang dito.',
  },
} satisfies Record<string, Text>;
