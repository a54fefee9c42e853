import type { Text } from '#kernel';

/** What the check `stackability` says when a pathway was named, by its code. */
export const STACKED = {
  serves: {
    en: 'It serves in this pathway, at the places named.',
    fil: 'Magagamit ito sa landas na ito, sa mga lugar na binanggit.',
  },
  serves_after_others: {
    en: 'It serves in this pathway only after another award, which this badge alone does not show.',
    fil: 'Magagamit lamang ito sa landas na ito pagkatapos ng ibang gawad, na hindi naipakikita ng badge na ito lamang.',
  },
  serves_not_in_effect: {
    en: 'It would serve in this pathway, but the pathway is not in effect today.',
    fil: 'Magagamit sana ito sa landas na ito, ngunit walang bisa ang landas ngayon.',
  },
  does_not_count: {
    en: 'The pathway asks for it, but it does not count there, for the reasons named.',
    fil: 'Hinihingi ito ng landas, ngunit hindi ito ibinibilang doon, sa mga dahilang binanggit.',
  },
  not_asked: { en: 'The pathway does not ask for it.', fil: 'Hindi ito hinihingi ng landas.' },
  not_found_out: {
    en: 'The pathway asks for it; whether it counts could not be found out.',
    fil: 'Hinihingi ito ng landas; hindi natiyak kung mabibilang ito.',
  },
  pathway_not_had: {
    en: 'The pathway could not be fetched, so nothing is said about it.',
    fil: 'Hindi nakuha ang landas, kaya walang sinasabi tungkol dito.',
  },
  pathway_not_relied_on: {
    en: 'The pathway itself could not be relied on, so nothing is said by it.',
    fil: 'Hindi maaasahan ang landas mismo, kaya walang sinasabi ayon dito.',
  },
} as const satisfies Record<string, Text>;
