import type { EquivalenceEventType, EquivalenceStanding, Match } from '#equivalences';
import type { Text } from '#kernel';

/** Words of the page of an equivalence decision. */
export const EQUIVALENCE = {
  kicker: { en: 'Equivalence decision', fil: 'Pasiya ng pagkakatumbas' },
  lead: {
    en: 'By decision of {decider}, each award counts as {credit}. Without a recorded decision credit is never converted.',
    fil: 'Ayon sa pasiya ng {decider}, ang bawat gawad ay katumbas ng {credit}. Kung walang naitalang pasiya, hindi kailanman isinasalin ang kredito.',
  },
  together: { en: '{count} achievements together', fil: '{count} tagumpay nang magkakasama' },
  stands_for: { en: 'stands for', fil: 'ay katumbas ng' },
  awarded: { en: 'What was awarded', fil: 'Ang iginawad' },
  target: { en: 'What it stands for', fil: 'Ang katumbas nito' },
  block: { en: 'all of these together', fil: 'lahat ng ito nang magkakasama' },
  unspecified: { en: 'credit that names no course', fil: 'kreditong walang tinukoy na kurso' },
  versions: { en: 'Versions', fil: 'Mga bersiyon' },
  all_versions: { en: 'every version', fil: 'lahat ng bersiyon' },
  version: { en: 'version', fil: 'bersiyon' },
  mode: { en: 'Kind of credit', fil: 'Uri ng kredito' },
  category: { en: 'Category', fil: 'Kategorya' },
  credit: { en: 'Credit for each award', fil: 'Kredito sa bawat gawad' },
  cap: { en: 'At most, for one learner', fil: 'Pinakamarami, sa isang mag-aaral' },
  no_cap: { en: 'No limit stated', fil: 'Walang itinakdang hangganan' },
  decided_by: { en: 'Decided by', fil: 'Nagpasiya' },
  panel: { en: 'Panel', fil: 'Lupon' },
  decided: { en: 'Decided on', fil: 'Petsa ng pasiya' },
  instrument: { en: 'By which instrument', fil: 'Ayon sa aling kautusan' },
  no_instrument: { en: 'None cited', fil: 'Walang binanggit' },
  from_day: { en: 'In force from', fil: 'May bisa mula' },
  until_day: { en: 'Last day in force', fil: 'Huling araw ng bisa' },
  no_end: { en: 'No end date stated', fil: 'Walang itinakdang katapusan' },
  never: { en: 'Never in force: it ended before it began', fil: 'Hindi nagkabisa: nagwakas bago nagsimula' },
  matching: { en: 'How the outcomes were matched', fil: 'Paano pinagtugma ang mga bunga ng pagkatuto' },
  match: { en: 'Match', fil: 'Tugma' },
  evidence: { en: 'What the decision rests on', fil: 'Pinagbatayan ng pasiya' },
  appeal: { en: 'How to appeal', fil: 'Paano mag-apela' },
  appeal_until: { en: 'An appeal is possible until {day}.', fil: 'Maaaring mag-apela hanggang {day}.' },
  appeal_open: {
    en: 'An appeal waits for its outcome. Until then the decision stands.',
    fil: 'May apelang hinihintay ang kinalabasan. Hanggang doon, nananatili ang pasiya.',
  },
  replaces: { en: 'Takes the place of', fil: 'Pumapalit sa' },
  earlier: { en: 'an earlier decision', fil: 'naunang pasiya' },
  later: { en: 'a later decision', fil: 'mas bagong pasiya' },
  history: { en: 'History', fil: 'Kasaysayan' },
  received: { en: 'Received', fil: 'Natanggap' },
  last_day: { en: 'Last day', fil: 'Huling araw' },
  recorded: { en: 'Recorded', fil: 'Naitala' },
  kept: {
    en: 'What was evaluated while it was in force keeps it.',
    fil: 'Napapanatili ito sa mga pagtatasang ginawa habang may bisa ito.',
  },
} as const satisfies Record<string, Text>;

/** How it stands, in a word. */
export const STANDS: Readonly<Record<EquivalenceStanding, Text>> = {
  draft: { en: 'Draft', fil: 'Burador' },
  not_yet: { en: 'Not yet in force', fil: 'Wala pang bisa' },
  in_force: { en: 'In force', fil: 'May bisa' },
  expired: { en: 'Ended', fil: 'Nagwakas' },
  withdrawn: { en: 'Withdrawn', fil: 'Binawi' },
  superseded: { en: 'Replaced', fil: 'Napalitan' },
  overturned: { en: 'Overturned on appeal', fil: 'Binaligtad sa apela' },
};

export const MATCHES: Readonly<Record<Match, Text>> = {
  full: { en: 'Fully', fil: 'Buo' },
  partial: { en: 'In part', fil: 'Bahagya' },
  none: { en: 'Not matched', fil: 'Walang katugma' },
};

export const HAPPENED: Readonly<Record<EquivalenceEventType, Text>> = {
  withdrawn: { en: 'Withdrawn', fil: 'Binawi' },
  superseded: { en: 'Replaced', fil: 'Napalitan' },
  appealed: { en: 'Appealed', fil: 'Inapela' },
  confirmed: { en: 'Confirmed on appeal', fil: 'Pinagtibay sa apela' },
  overturned: { en: 'Overturned on appeal', fil: 'Binaligtad sa apela' },
};
