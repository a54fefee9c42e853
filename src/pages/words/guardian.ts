import type { Text } from '#kernel';

/** A guardian who acts for a learner under age. `{name}` is a place for a value. */
export const GUARDIAN = {
  actFor: { en: 'For {name}', fil: 'Para kay {name}' },
  actForUnnamed: { en: 'For a learner', fil: 'Para sa isang mag-aaral' },
  until: {
    en: 'You act here for {name}, as the guardian whom the institution recorded, until they come of age on {day}. From that day they act alone.',
    fil: 'Kumikilos ka rito para kay {name}, bilang guardian na itinala ng institusyon, hanggang sumapit siya sa hustong gulang sa {day}. Mula sa araw na iyon, siya na mismo ang kikilos.',
  },
  untilUnnamed: {
    en: 'You act here for a learner, as the guardian whom the institution recorded, until they come of age on {day}. From that day they act alone.',
    fil: 'Kumikilos ka rito para sa isang mag-aaral, bilang guardian na itinala ng institusyon, hanggang sumapit siya sa hustong gulang sa {day}. Mula sa araw na iyon, siya na mismo ang kikilos.',
  },
  boundBy: { en: 'you act by {what}', fil: 'kumikilos ka sa pamamagitan ng {what}' },
  theirs: {
    en: 'Where a form below says “my”, it means this learner. A badge that is put into a wallet is bound to the key of that wallet for good: use the learner’s wallet, not your own.',
    fil: 'Kung may “ko” sa form sa ibaba, ang mag-aaral na ito ang tinutukoy. Ang badge na inilagay sa wallet ay nakatali na sa susi ng wallet na iyon: gamitin ang wallet ng mag-aaral, hindi ang sa iyo.',
  },
  aloneTitle: { en: 'Let this learner act alone', fil: 'Hayaang kumilos mag-isa ang mag-aaral' },
  aloneLead: {
    en: 'If you find that they are ready before that day: from then on only they decide on these badges, with their own e-mail address. Yours is deleted here, and links that were sent to you open nothing any more. You cannot take it back.',
    fil: 'Kung sa tingin mo ay handa na siya bago ang araw na iyon: mula noon, siya lamang ang magpapasya sa mga badge na ito gamit ang sarili niyang e-mail address. Buburahin dito ang sa iyo, at wala nang mabubuksan ang mga link na ipinadala sa iyo. Hindi mo na ito mababawi.',
  },
  alone: { en: 'They may act alone', fil: 'Maaari na siyang kumilos mag-isa' },
  noAddress: {
    en: 'No e-mail address of this learner is recorded with these badges, so they could not sign in. The institution would have to award them again with one.',
    fil: 'Walang nakatalang e-mail address ng mag-aaral na ito sa mga badge na ito, kaya hindi siya makakapag-sign in. Kailangang igawad muli ng institusyon ang mga ito nang may address.',
  },
  actsAlone: {
    en: 'Done: the learner acts alone from now on, and you no longer act for them.',
    fil: 'Tapos na: mula ngayon ay kikilos mag-isa ang mag-aaral, at hindi ka na kumikilos para sa kanya.',
  },
  notAlone: { en: 'Nothing was changed: {detail}', fil: 'Walang nabago: {detail}' },
  dataTitle: { en: 'What is held about this learner', fil: 'Ang hawak tungkol sa mag-aaral na ito' },
  export: {
    en: 'Download all about this learner (JSON)',
    fil: 'I-download ang lahat tungkol sa mag-aaral na ito (JSON)',
  },
  ask: {
    en: 'See what would be erased about this learner',
    fil: 'Tingnan kung ano ang mabubura tungkol sa mag-aaral na ito',
  },
  planTitle: { en: 'Erase what is held about {name}?', fil: 'Burahin ang hawak tungkol kay {name}?' },
  planTitleUnnamed: {
    en: 'Erase what is held about the learner you act for?',
    fil: 'Burahin ang hawak tungkol sa mag-aaral na kinakatawan mo?',
  },
  planWhose: {
    en: 'You act as guardian: “your” below means the learner’s. What is held about yourself stays.',
    fil: 'Kumikilos ka bilang guardian: ang “mo” sa ibaba ay tumutukoy sa mag-aaral. Mananatili ang hawak tungkol sa iyo mismo.',
  },
  wardErased: {
    en: 'It is erased. What stays was listed before: digests, the status of the badges, and records that institutions keep.',
    fil: 'Nabura na ito. Nakalista kanina ang nananatili: mga digest, ang kalagayan ng mga badge, at mga talang pinananatili ng mga institusyon.',
  },
  minor: {
    en: 'Your guardian decides on this badge until {day}, or until they let you act alone. Until then you can look at it; a copy of your data, or its erasure, is for your guardian to ask for. If you are of age, or have another guardian, tell the institution: only it can award the badge anew.',
    fil: 'Ang guardian mo ang magpapasya sa badge na ito hanggang {day}, o hanggang hayaan ka niyang kumilos mag-isa. Hanggang doon, matitingnan mo ito; ang guardian mo ang hihiling ng kopya ng datos mo at ng pagbura nito. Kung nasa hustong gulang ka na, o iba ang guardian mo, sabihin sa institusyon: ito lamang ang makapaggagawad muli ng badge.',
  },
  claim: {
    en: 'This badge was issued to a learner under age. Only the guardian whom the institution recorded may take it, for the learner.',
    fil: 'Iginawad ang badge na ito sa isang menor de edad na mag-aaral. Ang guardian lamang na itinala ng institusyon ang maaaring kumuha nito, para sa mag-aaral.',
  },
} as const satisfies Record<string, Text>;
