import type { Text } from '#kernel';

/** What a learner may see, choose, take and have erased. `{name}` is a place for a value. */
export const PRIVACY = {
  theName: { en: 'The name', fil: 'Ang pangalan' },
  recordedName: {
    en: 'as recorded by the institution, not signed',
    fil: 'ayon sa tala ng institusyon, hindi nilagdaan',
  },
  hiddenTitle: { en: 'This badge is not shown here', fil: 'Hindi ipinapakita rito ang badge na ito' },
  hiddenLead: {
    en: 'Its learner has chosen not to show it on this page. Whether it is in force is public, so that copies of it can be checked.',
    fil: 'Pinili ng nag-aral na huwag itong ipakita sa pahinang ito. Hayag kung may bisa ito, upang masuri ang mga kopya nito.',
  },
  hiddenCopies: {
    en: 'Whoever was given a copy by the learner can check it. The signed file stays at this address for that reason.',
    fil: 'Masusuri ito ng sinumang binigyan ng nag-aral ng kopya. Kaya nananatili sa address na ito ang nilagdaang file.',
  },

  release: { en: 'What its page shows', fil: 'Ang ipinapakita ng pahina nito' },
  releaseLead: {
    en: 'Holds for the page and papers of this badge here. What the institution signed into the badge itself stays in every copy.',
    fil: 'Para ito sa pahina at mga papel ng badge na ito rito. Mananatili sa bawat kopya ang nilagdaan ng institusyon sa badge mismo.',
  },
  page: { en: 'Who sees the page', fil: 'Sino ang nakakakita ng pahina' },
  pageShown: { en: 'Anyone who has the link', fil: 'Sinumang may link' },
  pageHidden: { en: 'Nobody: only whether it is in force', fil: 'Walang iba: kung may bisa lamang ito' },
  name: { en: 'My name on it', fil: 'Ang pangalan ko rito' },
  nameHidden: { en: 'Not shown, unless it is signed', fil: 'Hindi ipinapakita, maliban kung nilagdaan' },
  nameShown: { en: 'Shown as the institution recorded it', fil: 'Ipinapakita ayon sa tala ng institusyon' },
  comparison: { en: 'When somebody types a name', fil: 'Kapag may nag-type ng pangalan' },
  comparisonAnswered: { en: 'Say whether it matches', fil: 'Sabihin kung tugma' },
  comparisonRefused: { en: 'Do not answer', fil: 'Huwag sumagot' },
  choose: { en: 'Save', fil: 'I-save' },
  chosen: {
    en: 'Your choice is saved and holds from now on.',
    fil: 'Nai-save ang pinili mo at umiiral na mula ngayon.',
  },
  notChosen: { en: 'It could not be saved: {detail}', fil: 'Hindi ito nai-save: {detail}' },

  title: { en: 'Your data', fil: 'Ang datos mo' },
  lead: {
    en: 'The Data Privacy Act (RA 10173) gives you the right to a copy of what is held about you, and to have it erased. No lawyer has read this page.',
    fil: 'Ibinibigay sa iyo ng Data Privacy Act (RA 10173) ang karapatan sa kopya ng hawak tungkol sa iyo, at na ipabura ito. Wala pang abogadong nakabasa ng pahinang ito.',
  },
  export: { en: 'Download everything (JSON)', fil: 'I-download ang lahat (JSON)' },
  exportLead: {
    en: 'One file with all that this service holds about what you have shown to be yours, the signed badges included.',
    fil: 'Isang file ng lahat ng hawak ng serbisyong ito tungkol sa naipakita mong iyo, kasama ang mga nilagdaang badge.',
  },
  eraseLead: {
    en: 'First you see what would be erased. Download your badges before: an erased one cannot be had here again.',
    fil: 'Makikita mo muna kung ano ang mabubura. I-download muna ang mga badge mo: hindi na makukuha rito ang nabura.',
  },
  ask: { en: 'See what would be erased', fil: 'Tingnan kung ano ang mabubura' },
  planTitle: { en: 'Erase what is held about you?', fil: 'Burahin ang hawak tungkol sa iyo?' },
  planLead: {
    en: 'Nothing is erased yet. This cannot be undone, and the institutions are told that it was done.',
    fil: 'Wala pang nabubura. Hindi na ito mababawi, at malalaman ng mga institusyon na ginawa ito.',
  },
  planNothing: { en: 'Nothing is held that could be erased.', fil: 'Walang hawak na maaaring burahin.' },
  confirm: { en: 'Erase it for good', fil: 'Burahin nang tuluyan' },
  keep: { en: 'Keep everything', fil: 'Panatilihin ang lahat' },
  erased: {
    en: 'It is erased, and you are signed out. What stays was listed before: digests, the status of your badges, and records that institutions keep.',
    fil: 'Nabura na ito, at naka-sign out ka na. Nakalista kanina ang nananatili: mga digest, ang kalagayan ng mga badge mo, at mga talang pinananatili ng mga institusyon.',
  },
  notErased: { en: 'Nothing was erased: {detail}', fil: 'Walang nabura: {detail}' },
} as const satisfies Record<string, Text>;

/** What becomes of a thing. `{count}`, and `{until}` where the institution keeps it for a time. */
export const BECOMES = {
  document: {
    en: 'Badges that name nobody: your name and address go, the signed badge stays at its address.',
    fil: 'Mga badge na walang pinapangalanan: mawawala ang pangalan at address mo, mananatili ang nilagdaang badge sa address nito.',
  },
  digest: {
    en: 'Badges with something about you signed into them: they go from here. Their digest and status stay, so that your own copies still verify.',
    fil: 'Mga badge na may nilagdaang tungkol sa iyo: mawawala rito. Mananatili ang digest at kalagayan nila, kaya mapatutunayan pa rin ang sarili mong mga kopya.',
  },
  entry: {
    en: 'Entries in class lists, requests, offers, messages, choices and sessions, and badges that you brought from elsewhere: they go.',
    fil: 'Mga entry sa listahan ng klase, kahilingan, alok, mensahe, pinili at session, at mga badge na dinala mo mula sa iba: mawawala.',
  },
  retained: {
    en: 'Not erased now, because the institution keeps its records until the time it has set, at the latest {until}: ask again then.',
    fil: 'Hindi mabubura ngayon, dahil pinananatili ng institusyon ang mga tala nito hanggang sa itinakda nito, pinakamatagal na {until}: humiling muli pagkatapos.',
  },
  busy: {
    en: 'Not erased now, because a badge is being made of it or somebody decides on it: ask again when that is done.',
    fil: 'Hindi mabubura ngayon, dahil ginagawan pa ito ng badge o may nagpapasya pa rito: humiling muli kapag tapos na.',
  },
  kept: {
    en: 'Not erased here: records of decisions (assessments, qualifications conferred) that institutions keep. Ask them.',
    fil: 'Hindi binubura rito: mga tala ng pasya (pagtatasa, iginawad na kuwalipikasyon) na pinananatili ng mga institusyon. Sila ang hilingan.',
  },
} as const satisfies Record<string, Text>;

/** What kinds of things are held. */
export const KINDS = {
  credential: { en: 'badge', fil: 'badge' },
  batchRow: { en: 'row of a class list', fil: 'hanay ng listahan ng klase' },
  approval: { en: 'request that a second person decides', fil: 'kahilingang pinagpapasyahan ng ikalawang tao' },
  priorLearningCase: { en: 'case of prior learning', fil: 'kaso ng dating pagkatuto' },
  hostConnection: {
    en: 'connection to a host where you have badges',
    fil: 'koneksiyon sa host na may mga badge ka',
  },
  imported: { en: 'badge that you brought from elsewhere', fil: 'badge na dinala mo mula sa iba' },
  priorLearningEntry: { en: 'evidence or assessment in a case', fil: 'ebidensiya o pagtatasa sa isang kaso' },
  offer: { en: 'offer of a badge', fil: 'alok ng badge' },
  walletIssuance: { en: 'delivery to a wallet', fil: 'paghahatid sa wallet' },
  mail: { en: 'message that waits to be sent', fil: 'mensaheng naghihintay ipadala' },
  session: { en: 'session', fil: 'session' },
  connection: { en: 'application that you connected', fil: 'application na ikinonekta mo' },
  holderProfile: { en: 'your profile', fil: 'iyong profile' },
  choice: { en: 'choice of what to show', fil: 'piniling ipakita' },
  guardian: { en: 'guardian recorded for a learner', fil: 'guardian na nakatala para sa isang mag-aaral' },
  evaluation: { en: 'evaluation of a pathway', fil: 'pagtaya sa isang landas' },
  conferral: { en: 'qualification conferred', fil: 'iginawad na kuwalipikasyon' },
} as const satisfies Record<string, Text>;
