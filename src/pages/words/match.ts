import type { Text } from '#kernel';

/** Words of the section on what a badge counts toward. */
export const MATCH = {
  title: { en: 'What this badge counts toward', fil: 'Kung saan mabibilang ang badge na ito' },
  lead: {
    en: 'Of the pathways published by this service that ask for it. Whether a pathway is met depends on all badges together.',
    fil: 'Sa mga landas na inilalathala ng serbisyong ito na humihingi nito. Nakasalalay sa lahat ng badge kung natutugunan ang landas.',
  },
  serves: { en: 'Can serve', fil: 'Magagamit' },
  does_not_count: { en: 'Does not count', fil: 'Hindi ibinibilang' },
  unknown: { en: 'Not known', fil: 'Hindi alam' },
  not_asked: { en: 'Not asked for', fil: 'Hindi hinihingi' },
  conferrer: { en: 'Conferred by {name}', fil: 'Igagawad ng {name}' },
  byDecision: { en: 'by a recorded decision', fil: 'sa bisa ng naitalang pasiya' },
  afterOthers: { en: 'Only after another award.', fil: 'Pagkatapos lamang ng ibang gawad.' },
  compare: { en: 'How the systems compare', fil: 'Paghahambing ng mga sistema' },
  none: {
    en: 'No pathway published by this service asks for it.',
    fil: 'Walang landas na inilalathala ng serbisyong ito ang humihingi nito.',
  },
  notGenuine: {
    en: 'Nothing: it is not shown to be genuine, so no pathway was asked.',
    fil: 'Wala: hindi naipakitang tunay ito, kaya walang landas na tinanong.',
  },
  more: {
    en: 'There are more pathways than were looked at here.',
    fil: 'May iba pang landas na hindi natingnan dito.',
  },
} as const satisfies Record<string, Text>;
