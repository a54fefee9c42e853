import type { Text } from '#kernel';

/** The page of one credential: what to do with it. */
export const CREDENTIAL = {
  keep: { en: 'Keep it and show it', fil: 'Itago at ipakita ito' },
  address: {
    en: 'Its permanent address. Whoever opens it sees this page and can check the badge.',
    fil: 'Ang permanenteng address nito. Makikita ng magbubukas ang pahinang ito at masusuri niya ang badge.',
  },
  qrAlt: { en: 'QR code of this page’s address', fil: 'QR code ng address ng pahinang ito' },
  linkedIn: { en: 'Add to LinkedIn profile', fil: 'Idagdag sa profile sa LinkedIn' },
  wallet: {
    en: 'For a wallet: open the claim link that the institution sent you, or find it at {my}.',
    fil: 'Para sa wallet: buksan ang link ng pagtanggap na ipinadala ng institusyon, o hanapin ito sa {my}.',
  },
  my: { en: 'My badges', fil: 'Mga badge ko' },
  forms: {
    '.pdf': { en: 'Certificate (PDF)', fil: 'Sertipiko (PDF)' },
    '.png': { en: 'Picture (PNG)', fil: 'Larawan (PNG)' },
    '.svg': { en: 'Picture (SVG)', fil: 'Larawan (SVG)' },
    '.json': { en: 'Signed credential (JSON)', fil: 'Nilagdaang kredensiyal (JSON)' },
    '.jwt': { en: 'Signed token (JWT)', fil: 'Nilagdaang token (JWT)' },
  },
  printed: { en: 'Code for checking without a network', fil: 'Code na masusuri kahit walang network' },
  transcript: { en: 'Transcript of its parts (PDF)', fil: 'Talaan ng mga bahagi nito (PDF)' },
  nameTitle: { en: 'Were you told a name?', fil: 'May sinabing pangalan sa inyo?' },
  nameLead: {
    en: 'Type it to learn whether it is the one on record, which is not shown. A match does not prove who somebody is. Five names a day.',
    fil: 'I-type ito upang malaman kung ito ang nakatala, na hindi ipinapakita. Hindi patunay ng pagkakakilanlan ang pagtugma. Limang pangalan sa isang araw.',
  },
  name: { en: 'Full name', fil: 'Buong pangalan' },
  compare: { en: 'Compare', fil: 'Ihambing' },
  nameAnswers: {
    match: { en: 'The name matches the record', fil: 'Tugma ang pangalan sa tala' },
    no_match: { en: 'The name does not match the record', fil: 'Hindi tugma ang pangalan sa tala' },
    not_recorded: { en: 'No name is on record for this badge', fil: 'Walang pangalang nakatala para sa badge na ito' },
    refused: {
      en: 'The learner does not let names be compared for this badge',
      fil: 'Hindi pinapayagan ng nag-aral ang paghahambing ng pangalan para sa badge na ito',
    },
    too_many: { en: 'No more names can be compared today', fil: 'Hindi na makapaghahambing ng pangalan ngayong araw' },
  },
} satisfies Record<string, Text | Record<string, Text>>;
