import type { Text } from '#kernel';

/** Words of the registrar's console. */
export const CONSOLE = {
  title: { en: 'Console', fil: 'Console' },
  nav: { en: 'Console', fil: 'Console' },
  overview: { en: 'Overview', fil: 'Buod' },
  classLists: { en: 'Class lists', fil: 'Mga listahan ng klase' },
  awards: { en: 'Awards', fil: 'Mga gawad' },
  achievements: { en: 'Achievements', fil: 'Mga kahulugan ng gawad' },
  approvals: { en: 'Approvals', fil: 'Mga pagpapatibay' },
  webhooks: { en: 'Webhooks', fil: 'Mga webhook' },
  grants: { en: 'Grants', fil: 'Mga pagkakaloob' },
  acting: { en: '{role} of {institution}', fil: '{role} ng {institution}' },
  account: { en: 'your account', fil: 'inyong account' },
  next: { en: 'Next page', fil: 'Susunod na pahina' },
  first: { en: 'First page', fil: 'Unang pahina' },
  choose: { en: 'Choose', fil: 'Pumili' },
  unset: { en: '(not stated)', fil: '(hindi tinukoy)' },
  // Overview
  waits: { en: 'Waits for you', fil: 'Naghihintay sa inyo' },
  nothingWaits: { en: 'Nothing waits for you.', fil: 'Walang naghihintay sa inyo.' },
  recent: { en: 'Newest class lists', fil: 'Mga pinakabagong listahan ng klase' },
  noLists: { en: 'No class list was uploaded yet.', fil: 'Wala pang na-upload na listahan ng klase.' },
  readsOnly: {
    en: 'You see what there is; an auditor changes nothing.',
    fil: 'Nakikita ninyo ang lahat; walang binabago ang tagasuri.',
  },
  newList: { en: 'Upload a class list', fil: 'Mag-upload ng listahan ng klase' },
  newAchievement: { en: 'Define an achievement', fil: 'Magtakda ng kahulugan ng gawad' },
  newAward: { en: 'Award to one person', fil: 'Maggawad sa isang tao' },
  findAward: { en: 'Find an award', fil: 'Maghanap ng gawad' },
  allLists: { en: 'All class lists', fil: 'Lahat ng listahan ng klase' },
  // Tables
  when: { en: 'When', fil: 'Kailan' },
  what: { en: 'Achievement', fil: 'Kahulugan ng gawad' },
  rows: { en: 'Rows', fil: 'Mga hanay' },
  state: { en: 'State', fil: 'Kalagayan' },
  name: { en: 'Name', fil: 'Pangalan' },
  email: { en: 'E-mail', fil: 'E-mail' },
  studentNumber: { en: 'Student number', fil: 'Numero ng mag-aaral' },
  guardian: { en: 'Guardian', fil: 'Tagapag-alaga (guardian)' },
  guardianUntil: { en: '{email}, until {day}', fil: '{email}, hanggang {day}' },
  guardianRow: {
    en: 'Guardian: {email}, until {day}. The link goes there.',
    fil: 'Guardian: {email}, hanggang {day}. Doon ipadadala ang link.',
  },
  certificateNumber: { en: 'Certificate number', fil: 'Numero ng sertipiko' },
  awarded: { en: 'Awarded', fil: 'Iginawad' },
  row: { en: 'Row', fil: 'Hanay' },
  wrong: { en: 'What is wrong', fil: 'Ano ang mali' },
  version: { en: 'Version', fil: 'Bersiyon' },
  recipients: { en: 'People', fil: 'Mga tao' },
  preparedBy: { en: 'Prepared by', fil: 'Inihanda ni' },
  decidedBy: { en: 'Decided by', fil: 'Pinasyahan ni' },
  // Achievements
  noAchievements: { en: 'Nothing is defined yet.', fil: 'Wala pang naitakdang kahulugan.' },
  latest: { en: 'Latest version', fil: 'Pinakabagong bersiyon' },
  versions: { en: 'Versions', fil: 'Mga bersiyon' },
  publicPage: { en: 'Public page', fil: 'Pampublikong pahina' },
  listOfIt: { en: 'Upload a class list for it', fil: 'Mag-upload ng listahan ng klase para dito' },
  awardsOfIt: { en: 'Its awards', fil: 'Mga gawad nito' },
  achievementLead: {
    en: 'What a registrar knows of it. Everything else, and new versions, by the programming interface.',
    fil: 'Ang alam ng rehistrador tungkol dito. Ang iba pa, at ang mga bagong bersiyon, ay sa programming interface.',
  },
  description: { en: 'Description', fil: 'Paglalarawan' },
  criteria: { en: 'What somebody has to do to earn it', fil: 'Ang dapat gawin upang makamit ito' },
  awardType: { en: 'Kind of award', fil: 'Uri ng gawad' },
  regime: { en: 'Under whose rules', fil: 'Sa ilalim ng aling tuntunin' },
  pqfLevel: { en: 'PQF level', fil: 'Antas sa PQF' },
  pqfLevelStatus: { en: 'Who says so', fil: 'Sino ang nagsabi' },
  creditSystem: { en: 'Credit system', fil: 'Sistema ng kredito' },
  creditValue: { en: 'Credit, as a number', fil: 'Kredito, bilang numero' },
  assessmentType: { en: 'How it is assessed', fil: 'Paano tinatasa' },
  suspendable: {
    en: 'Awards of it can be suspended and reinstated (otherwise only revoked, which is final)',
    fil: 'Maaaring suspendihin at ibalik ang mga gawad nito (kung hindi, pagbawi lamang, na hindi na mababago)',
  },
  saveAchievement: { en: 'Define it', fil: 'Itakda ito' },
  neverEdited: {
    en: 'A definition is never edited: badges carry it as it was. A change is its next version.',
    fil: 'Hindi binabago ang isang kahulugan: dala ito ng mga badge ayon sa dati. Susunod na bersiyon ang pagbabago.',
  },
  // Class list form
  uploadLead: {
    en: 'Every row is checked first, and nothing is issued before it is started.',
    fil: 'Sinusuri muna ang bawat hanay, at walang igagawad bago ito simulan.',
  },
  template: { en: 'Template with all columns (CSV)', fil: 'Huwaran na may lahat ng column (CSV)' },
  templateNote: {
    en: 'Columns that you do not need may be left out. For a learner under age fill in guardianEmail and guardianUntil: who acts for them, and the day (2027-03-14) they come of age. Until then links and codes go to the guardian, never to the learner.',
    fil: 'Maaaring alisin ang mga column na hindi kailangan. Para sa menor de edad, punan ang guardianEmail at guardianUntil: sino ang kikilos para sa kanya, at ang araw (2027-03-14) ng pagsapit niya sa hustong gulang. Hanggang doon, sa guardian ipadadala ang mga link at code, hindi kailanman sa mag-aaral.',
  },
  awardedDate: { en: 'Day of the award', fil: 'Araw ng paggawad' },
  awardedDateNote: {
    en: 'For rows that name none. Empty: the day on which it is issued.',
    fil: 'Para sa mga hanay na walang araw. Kung walang laman: ang araw ng pag-isyu.',
  },
  signed: { en: 'What of the person is signed into the badge', fil: 'Ang lalagdaan sa badge tungkol sa tao' },
  signedNone: {
    en: 'Nothing: the name stays here, and the learner decides',
    fil: 'Wala: mananatili rito ang pangalan, at ang mag-aaral ang magpapasiya',
  },
  signedName: { en: 'The name, which cannot be taken back', fil: 'Ang pangalan, na hindi na mababawi' },
  signedHash: {
    en: 'A hash of the e-mail address, which can be guessed',
    fil: 'Isang hash ng e-mail address, na maaaring mahulaan',
  },
  signedBoth: { en: 'Both', fil: 'Pareho' },
  offer: { en: 'How people get it', fil: 'Paano ito makukuha ng mga tao' },
  offerNone: { en: 'They are told by you', fil: 'Kayo ang magsasabi sa kanila' },
  offerLink: { en: 'Claim links in the result file', fil: 'Mga link sa pagkuha sa file ng resulta' },
  offerMail: { en: 'Claim links by mail', fil: 'Mga link sa pagkuha sa e-mail' },
  confirmation: { en: 'What opens a claim link', fil: 'Ang magbubukas sa link sa pagkuha' },
  confirmationNone: { en: 'The link alone', fil: 'Ang link lamang' },
  confirmationTxCode: { en: 'A code that you tell them', fil: 'Code na sasabihin ninyo sa kanila' },
  confirmationEmail: { en: 'A code sent to their address', fil: 'Code na ipadadala sa address nila' },
  mailLang: { en: 'Language of the mail', fil: 'Wika ng e-mail' },
  file: { en: 'Class list (CSV)', fil: 'Listahan ng klase (CSV)' },
  check: { en: 'Check the list', fil: 'Suriin ang listahan' },
  // Class list
  listTitle: { en: 'Class list', fil: 'Listahan ng klase' },
  good: { en: 'Rows without errors', fil: 'Mga hanay na walang mali' },
  bad: { en: 'Rows with errors', fil: 'Mga hanay na may mali' },
  issued: { en: 'Issued', fil: 'Naigawad' },
  failedRows: { en: 'Not issued', fil: 'Hindi naigawad' },
  madeBy: { en: 'Uploaded', fil: 'In-upload' },
  allGood: { en: 'All {count} rows are good.', fil: 'Walang mali sa lahat ng {count} hanay.' },
  someBad: {
    en: '{bad} of {count} rows have errors. They are left out unless you mend them.',
    fil: 'May mali ang {bad} sa {count} hanay. Hindi sila isasama maliban kung itatama.',
  },
  noneGood: { en: 'No row can be issued.', fil: 'Walang hanay na maigagawad.' },
  mend: {
    en: 'Download these rows, mend them, and upload that file as a list of its own.',
    fil: 'I-download ang mga hanay na ito, itama, at i-upload ang file bilang sariling listahan.',
  },
  errorsCsv: { en: 'Rows with errors (CSV)', fil: 'Mga hanay na may mali (CSV)' },
  uploadMended: { en: 'Upload the mended list', fil: 'I-upload ang naitamang listahan' },
  onlyErrors: { en: 'Only rows with errors', fil: 'Mga hanay na may mali lamang' },
  everyRow: { en: 'Every row', fil: 'Bawat hanay' },
  start: { en: 'Issue {count} awards', fil: 'Igawad ang {count}' },
  approve: { en: 'Approve and issue {count} awards', fil: 'Pagtibayin at igawad ang {count}' },
  waitsForApprover: {
    en: 'Waits for a second person: an approver of this institution looks at it and starts it.',
    fil: 'Naghihintay sa ikalawang tao: titingnan at sisimulan ito ng tagapag-apruba ng institusyong ito.',
  },
  youApprove: {
    en: 'Another person uploaded this. Look at it: by starting it you approve it.',
    fil: 'Ibang tao ang nag-upload nito. Tingnan ito: sa pagsisimula, pinagtitibay ninyo ito.',
  },
  cancel: { en: 'Cancel this list', fil: 'Kanselahin ang listahang ito' },
  cancelNote: {
    en: 'What was issued stays issued; the rest never is.',
    fil: 'Mananatili ang naigawad na; hindi na igagawad ang iba.',
  },
  progress: { en: '{issued} of {count} issued', fil: '{issued} sa {count} ang naigawad' },
  running: { en: 'Being issued', fil: 'Iginagawad na' },
  queued: { en: 'Begins in a moment.', fil: 'Magsisimula na.' },
  done: { en: 'Issued: {issued}. Not issued: {left}.', fil: 'Naigawad: {issued}. Hindi naigawad: {left}.' },
  resultCsv: { en: 'Result (CSV)', fil: 'Resulta (CSV)' },
  signedFile: { en: 'Signed badges (NDJSON)', fil: 'Mga nilagdaang badge (NDJSON)' },
  awardsOfList: { en: 'Awards of this list', fil: 'Mga gawad ng listahang ito' },
  rowsTitle: { en: 'Rows', fil: 'Mga hanay' },
  noRows: { en: 'There is no such row.', fil: 'Walang ganitong hanay.' },
  // Awards
  findBy: { en: 'Look for', fil: 'Hanapin ang' },
  findWhat: { en: 'What to look for', fil: 'Hahanapin' },
  byName: { en: 'a name, or a part of it', fil: 'pangalan, o bahagi nito' },
  byEmail: { en: 'an e-mail address', fil: 'e-mail address' },
  byStudentNumber: { en: 'a student number', fil: 'numero ng mag-aaral' },
  byCertificateNumber: { en: 'a certificate number', fil: 'numero ng sertipiko' },
  byId: { en: 'an id, or the address of a badge', fil: 'id, o address ng badge' },
  any: { en: 'Any', fil: 'Kahit alin' },
  find: { en: 'Find', fil: 'Hanapin' },
  found: { en: 'Found', fil: 'Natagpuan' },
  nothingFound: { en: 'Nothing was found.', fil: 'Walang natagpuan.' },
  searched: {
    en: 'Names and certificate numbers are looked for among the newest {count} awards, of one achievement when it is chosen.',
    fil: 'Hinahanap ang mga pangalan at numero ng sertipiko sa pinakabagong {count} gawad, ng isang kahulugan kung may pinili.',
  },
  noName: { en: '(no name)', fil: '(walang pangalan)' },
  award: { en: 'Award', fil: 'Gawad' },
  stored: { en: 'What is stored of it', fil: 'Ang nakaimbak tungkol dito' },
  subject: { en: 'Subject', fil: 'Tagatanggap (subject)' },
  awardId: { en: 'Award id', fil: 'Id ng gawad' },
  validFrom: { en: 'Valid from', fil: 'May bisa mula' },
  validUntil: { en: 'Valid until', fil: 'May bisa hanggang' },
  issuedAt: { en: 'Signed', fil: 'Nilagdaan' },
  fromList: { en: 'From the class list', fil: 'Mula sa listahan ng klase' },
  history: { en: 'History', fil: 'Kasaysayan' },
  noHistory: { en: 'Nothing was changed since it was issued.', fil: 'Walang binago mula nang igawad ito.' },
  change: { en: 'Change its state', fil: 'Baguhin ang kalagayan nito' },
  reason: { en: 'Reason', fil: 'Dahilan' },
  reasonNote: {
    en: 'It is kept in the history, and anybody who verifies the badge may read it. Name nobody.',
    fil: 'Itatago ito sa kasaysayan, at mababasa ng sinumang susuri sa badge. Huwag magbanggit ng tao.',
  },
  onward: { en: 'Go on', fil: 'Magpatuloy' },
  sure: { en: 'Are you sure?', fil: 'Sigurado ba kayo?' },
  back: { en: 'Back to the award', fil: 'Bumalik sa gawad' },
  offers: { en: 'Offers', fil: 'Mga alok' },
  noOffers: { en: 'It was not offered.', fil: 'Hindi ito inialok.' },
  until: { en: 'until {time}', fil: 'hanggang {time}' },
  mail: { en: 'Mail', fil: 'E-mail' },
  noMail: { en: 'no mail', fil: 'walang e-mail' },
  sendLink: { en: 'Send a claim link by mail', fil: 'Magpadala ng link sa pagkuha sa e-mail' },
  erased: {
    en: 'What was held about the recipient was erased on {time}. The signed record and its status stay.',
    fil: 'Binura noong {time} ang hawak na impormasyon tungkol sa tumanggap. Nananatili ang nilagdaang tala at ang katayuan nito.',
  },
  // One award
  newAwardLead: {
    en: 'For one person, without a file. What is not needed may stay empty.',
    fil: 'Para sa isang tao, walang file. Iwanang blangko ang hindi kailangan ng badge.',
  },
  guardianEmail: { en: 'E-mail of the guardian', fil: 'E-mail ng tagapag-alaga (guardian)' },
  guardianNote: {
    en: 'Only for a learner under age: links and codes go there until the day beside it.',
    fil: 'Para lamang sa menor de edad: doon ipadadala ang mga link at code hanggang sa araw sa tabi nito.',
  },
  ofAge: { en: 'Day the learner comes of age', fil: 'Araw ng pagsapit sa hustong gulang' },
  awardEmailNote: {
    en: 'For the claim link, which you can send afterwards.',
    fil: 'Para sa link sa pagkuha, na maipadadala ninyo pagkatapos.',
  },
  awardDayNote: { en: 'Today when empty.', fil: 'Ngayong araw kapag blangko.' },
  validUntilNote: { en: 'Without an end when empty.', fil: 'Walang katapusan kapag blangko.' },
  awardIt: { en: 'Award it', fil: 'Igawad' },
  resend: { en: 'Send a new link by mail', fil: 'Magpadala ng bagong link sa e-mail' },
  resent: {
    en: 'A new link is on its way. The one before opens nothing any more.',
    fil: 'May bagong link nang ipinadala. Wala nang mabubuksan ang nauna.',
  },
  // Approvals
  noApprovals: { en: 'Nothing was prepared for approval yet.', fil: 'Wala pang inihandang pagtitibayin.' },
  waitingLists: { en: 'Class lists that wait', fil: 'Mga listahang naghihintay' },
  waitingRequests: { en: 'Single requests that wait', fil: 'Mga isahang kahilingang naghihintay' },
  requests: { en: 'All single requests', fil: 'Lahat ng isahang kahilingan' },
  approval: { en: 'Approval', fil: 'Pagpapatibay' },
  request: { en: 'What is to be issued', fil: 'Ang igagawad' },
  approveOne: { en: 'Approve and issue', fil: 'Pagtibayin at igawad' },
  reject: { en: 'Reject', fil: 'Tanggihan' },
  decide: { en: 'Decide', fil: 'Magpasiya' },
  decideNote: { en: 'A reason is needed to reject it.', fil: 'Kailangan ng dahilan upang tanggihan ito.' },
  notYours: {
    en: 'An approver of this institution decides this.',
    fil: 'Tagapag-apruba ng institusyong ito ang magpapasiya rito.',
  },
  cannot: { en: 'That was not done', fil: 'Hindi iyon nagawa' },
  mendFields: { en: 'Mend these fields', fil: 'Itama ang mga field na ito' },
} satisfies Record<string, Text>;

export const BATCH_STATES = {
  uploading: { en: 'arriving', fil: 'dumarating' },
  previewed: { en: 'checked, not started', fil: 'nasuri, hindi pa sinimulan' },
  queued: { en: 'about to begin', fil: 'magsisimula na' },
  running: { en: 'being issued', fil: 'iginagawad na' },
  done: { en: 'done', fil: 'tapos na' },
  failed: { en: 'stopped by a fault', fil: 'natigil dahil sa sira' },
  cancelled: { en: 'cancelled', fil: 'kinansela' },
} satisfies Record<string, Text>;

export const ROW_STATES = {
  valid: { en: 'good', fil: 'walang mali' },
  invalid: { en: 'has errors', fil: 'may mali' },
  issued: { en: 'issued', fil: 'naigawad' },
  failed: { en: 'not issued', fil: 'hindi naigawad' },
  cancelled: { en: 'cancelled', fil: 'kinansela' },
} satisfies Record<string, Text>;

export const AWARD_STATES = {
  active: { en: 'in force', fil: 'may bisa' },
  suspended: { en: 'suspended', fil: 'suspendido' },
  revoked: { en: 'revoked', fil: 'binawi' },
} satisfies Record<string, Text>;

export const ACTIONS = {
  revoke: { en: 'Revoke', fil: 'Bawiin' },
  suspend: { en: 'Suspend', fil: 'Suspendihin' },
  reinstate: { en: 'Reinstate', fil: 'Ibalik' },
} satisfies Record<string, Text>;

/** The same when it was done. */
export const EVENTS: Readonly<Record<string, Text>> = {
  revoke: { en: 'Revoked', fil: 'Binawi' },
  suspend: { en: 'Suspended', fil: 'Sinuspende' },
  reinstate: { en: 'Reinstated', fil: 'Ibinalik' },
  abandon: { en: 'Given up', fil: 'Hindi na itinuloy' },
};

/** Asked once more before it is done. */
export const CONSEQUENCES = {
  revoke: {
    en: 'Revoking is final. Everybody who verifies this badge will be told that it was revoked.',
    fil: 'Hindi na mababago ang pagbawi. Sasabihan ang lahat ng susuri sa badge na ito na binawi ito.',
  },
  suspend: {
    en: 'Everybody who verifies this badge will be told that it is suspended, until it is reinstated.',
    fil: 'Sasabihan ang lahat ng susuri sa badge na ito na suspendido ito, hanggang sa ibalik ito.',
  },
  reinstate: { en: 'The badge will be in force again.', fil: 'Magkakabisa muli ang badge.' },
} satisfies Record<string, Text>;

export const APPROVAL_STATES = {
  pending: { en: 'waits', fil: 'naghihintay' },
  approved: { en: 'approved, being issued', fil: 'pinagtibay, iginagawad' },
  issued: { en: 'issued', fil: 'naigawad' },
  rejected: { en: 'rejected', fil: 'tinanggihan' },
  failed: { en: 'approved, and could not be issued', fil: 'pinagtibay, ngunit hindi naigawad' },
} satisfies Record<string, Text>;

export const OFFER_STATES = {
  open: { en: 'waits', fil: 'naghihintay' },
  taken: { en: 'taken', fil: 'nakuha na' },
  withdrawn: { en: 'withdrawn', fil: 'binawi ang alok' },
  locked: { en: 'locked: wrong codes', fil: 'nakakandado: mga maling code' },
  expired: { en: 'expired', fil: 'lumipas na' },
} satisfies Record<string, Text>;

export const MAIL_STATES = {
  queued: { en: 'on its way', fil: 'ipinadadala' },
  sent: { en: 'sent', fil: 'naipadala' },
  failed: { en: 'could not be sent', fil: 'hindi naipadala' },
} satisfies Record<string, Text>;
