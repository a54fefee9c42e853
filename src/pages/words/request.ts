import type { Text } from '#kernel';

/** Words of the pages by which somebody asks a holder for badges. */
export const REQUEST = {
  title: { en: 'Ask somebody for a badge', fil: 'Humingi ng badge sa may hawak nito' },
  lead: {
    en: 'You get a code to show. Its owner scans it with a wallet and decides what to share; you see the answer here, checked.',
    fil: 'Makakukuha kayo ng code na ipapakita. Ii-scan ito ng may-ari gamit ang kaniyang wallet at siya ang magpapasiya kung ano ang ibabahagi; dito ninyo makikita ang nasuring sagot.',
  },
  privacy: {
    en: 'No account is needed. The answer is shown to this browser only, and forgotten half an hour later.',
    fil: 'Hindi kailangan ng account. Sa browser na ito lamang ipapakita ang sagot, at kalilimutan pagkalipas ng kalahating oras.',
  },
  byAchievement: { en: 'One badge: the address of its definition', fil: 'Isang badge: address ng kahulugan nito' },
  byName: {
    en: 'Badges with exactly this name, of any issuer',
    fil: 'Mga badge na ganito mismo ang pangalan, sinuman ang nagkaloob',
  },
  byType: { en: 'Badges of this type, of any issuer', fil: 'Mga badge na ganito ang uri, sinuman ang nagkaloob' },
  byPathway: { en: 'What counts toward a pathway: its address', fil: 'Mga mabibilang sa isang landas: address nito' },
  required: {
    en: 'Only badges whose holder is proved by a wallet key',
    fil: 'Mga badge lamang na napatunayan ng susi sa wallet kung sino ang may hawak',
  },
  requiredNote: {
    en: 'Most badges name no key. Without this, they are accepted too, and the answer says that nobody showed whose they are.',
    fil: 'Walang pinapangalanang susi ang karamihan sa mga badge. Kung wala ito, tatanggapin din ang mga iyon, at sasabihin ng sagot na hindi naipakita kung kanino ang mga iyon.',
  },
  ask: { en: 'Make the code', fil: 'Gawin ang code' },
  wrong: {
    en: 'Fill in exactly one of the four, as it is described.',
    fil: 'Punan ang isa lamang sa apat, ayon sa paglalarawan.',
  },
  wrongPathway: {
    en: 'This is not the address of a pathway that this service publishes.',
    fil: 'Hindi ito address ng landas na inilalathala ng serbisyong ito.',
  },
  wrongAchievement: {
    en: 'This is not the address of a definition of a badge.',
    fil: 'Hindi ito address ng kahulugan ng isang badge.',
  },
  waiting: { en: 'Show this code to the owner of the badge', fil: 'Ipakita ang code na ito sa may-ari ng badge' },
  qrAlt: {
    en: 'QR code of this question, for a wallet. The link below leads to the same question.',
    fil: 'QR code ng tanong na ito, para sa wallet. Sa parehong tanong papunta ang link sa ibaba.',
  },
  scan: {
    en: 'It is scanned with a wallet that keeps Open Badges, not with a camera alone.',
    fil: 'Ini-scan ito ng wallet na may Open Badges, hindi ng kamera lamang.',
  },
  thisDevice: { en: 'The wallet is on this device', fil: 'Nasa device na ito ang wallet' },
  lookAgain: { en: 'Look again', fil: 'Tumingin muli' },
  refreshes: {
    en: 'This page looks by itself every few seconds, until {until}.',
    fil: 'Kusang tumitingin ang pahinang ito bawat ilang segundo, hanggang {until}.',
  },
  asked: { en: 'What is asked', fil: 'Ang hinihingi' },
  wasAsked: { en: 'What was asked', fil: 'Ang hiningi' },
  askedAchievement: { en: 'A badge of this definition: {value}', fil: 'Badge ng kahulugang ito: {value}' },
  askedName: { en: 'Badges with the name “{value}”', fil: 'Mga badge na may pangalang “{value}”' },
  askedType: { en: 'Badges of the type {value}', fil: 'Mga badge na may uring {value}' },
  askedPathway: { en: 'Badges toward the pathway {value}', fil: 'Mga badge para sa landas na {value}' },
  onlyBound: { en: 'Only with proof of the holder.', fil: 'May patunay lamang ng may hawak.' },
  again: { en: 'Ask something else', fil: 'Humingi muli' },
  named: { en: 'Its issuer calls it “{name}”.', fil: 'Ang tawag dito ng nagkaloob: “{name}”.' },
  expired: { en: 'Nobody answered in time', fil: 'Walang sumagot sa takdang oras' },
  expiredText: {
    en: 'The code can no longer be used. Nothing was shared.',
    fil: 'Hindi na magagamit ang code. Walang naibahagi.',
  },
  declined: { en: 'Nothing was shared', fil: 'Walang ibinahagi' },
  denied: {
    en: 'The wallet has no such badge, or its owner chose not to share it.',
    fil: 'Walang ganoong badge sa wallet, o pinili ng may-ari na huwag itong ibahagi.',
  },
  declinedText: { en: 'The wallet could not answer: {error}.', fil: 'Hindi makasagot ang wallet: {error}.' },
  elsewhere: { en: 'The wallet has answered', fil: 'Sumagot na ang wallet' },
  elsewhereText: {
    en: 'The answer is on the page that the wallet opened on this device. This page does not show it: whoever was only sent the link would see it too.',
    fil: 'Nasa pahinang binuksan ng wallet sa device na ito ang sagot. Hindi ito ipapakita rito: makikita rin sana ito ng sinumang napadalhan lamang ng link.',
  },
  shown: { en: 'What was shown', fil: 'Ang ipinakita' },
  genuineAll: {
    en: 'All {count} badges that were shown are genuine and in force.',
    fil: 'Tunay at may bisa ang lahat ng {count} badge na ipinakita.',
  },
  genuineSome: {
    en: 'Genuine and in force: {genuine} of the {count} badges that were shown.',
    fil: 'Tunay at may bisa: {genuine} sa {count} badge na ipinakita.',
  },
  holderShown: {
    en: 'Whoever answered proved to hold the key that this badge is made out to.',
    fil: 'Napatunayan ng sumagot na hawak niya ang susi na pinangalanan sa badge na ito.',
  },
  holderNotShown: {
    en: 'Nobody showed that this badge is theirs: anybody who has a copy can show it. Compare the name with another document.',
    fil: 'Walang nagpakita na kaniya ang badge na ito: maipapakita ito ng sinumang may kopya. Ihambing ang pangalan sa ibang dokumento.',
  },
  severalKeys: {
    en: 'These badges are made out to {count} keys. All of them answered this question together, which one person’s wallet does, and two people could.',
    fil: 'Nakapangalan sa {count} susi ang mga badge na ito. Sabay-sabay na sumagot ang lahat ng iyon: ginagawa ito ng wallet ng isang tao, at kaya rin ng dalawang tao.',
  },
  answeredAt: { en: 'Answered {at}.', fil: 'Sinagot noong {at}.' },
  forgotten: {
    en: 'This page is forgotten half an hour after that.',
    fil: 'Kalilimutan ang pahinang ito pagkalipas ng kalahating oras mula roon.',
  },
} as const satisfies Record<string, Text>;

/** Of Open Badges 3.0; those that awards here commonly have. */
export const ACHIEVEMENT_TYPES: readonly { value: string; text: Text }[] = [
  { value: 'Certificate', text: { en: 'Certificate', fil: 'Sertipiko' } },
  { value: 'CertificateOfCompletion', text: { en: 'Certificate of completion', fil: 'Sertipiko ng pagtatapos' } },
  { value: 'Certification', text: { en: 'Certification', fil: 'Sertipikasyon' } },
  { value: 'Competency', text: { en: 'Competency', fil: 'Kakayahan' } },
  { value: 'Course', text: { en: 'Course', fil: 'Kurso' } },
  { value: 'Diploma', text: { en: 'Diploma', fil: 'Diploma' } },
  { value: 'License', text: { en: 'Licence', fil: 'Lisensiya' } },
  { value: 'MicroCredential', text: { en: 'Micro-credential', fil: 'Micro-credential' } },
];
