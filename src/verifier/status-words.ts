import { textFault } from '#credentials';
import type { Text } from '#kernel';

const SHOWN_CHARS = 200;

/** What the check `status` says. */
export const STATUS_WORDS = {
  none: {
    en: 'The issuer has not provided a way to take this badge back.',
    fil: 'Walang inilaang paraan ang nagkaloob para bawiin ang badge na ito.',
  },
  unsupported: {
    en: 'Its status is kept in a way this verifier does not read yet, so it is not known whether it was revoked.',
    fil: 'Nakatala ang katayuan nito sa paraang hindi pa nababasa rito, kaya hindi alam kung binawi na ito.',
  },
  unread: {
    en: 'The issuer’s status list could not be had or relied on, so it is not known whether the badge was revoked.',
    fil: 'Hindi nakuha o hindi maaasahan ang listahan ng katayuan ng nagkaloob, kaya hindi alam kung binawi na ang badge.',
  },
  purpose: {
    en: 'The status list is for a purpose this verifier does not read.',
    fil: 'Ang listahan ng katayuan ay para sa layuning hindi binabasa rito.',
  },
  revoked: { en: 'The issuer has revoked it.', fil: 'Binawi na ito ng nagkaloob.' },
  suspended: { en: 'The issuer has suspended it.', fil: 'Sinuspinde ito ng nagkaloob.' },
  stands: {
    en: 'The issuer’s status list says that it still stands.',
    fil: 'Ayon sa listahan ng katayuan ng nagkaloob, may bisa pa ito.',
  },
  refresh: {
    en: 'The issuer has a newer version of it; ask its holder for that one.',
    fil: 'May mas bagong bersiyon nito ang nagkaloob; hingin iyon sa may-ari.',
  },
  noRefresh: {
    en: 'The issuer’s list names no newer version of it.',
    fil: 'Walang mas bagong bersiyon nito ayon sa listahan ng nagkaloob.',
  },
} as const satisfies Record<string, Text>;

/** The issuer's words are shown as words, or only in the evidence where they would be seen wrongly. */
export function inOwnWords(words: string): Text {
  const shown = textFault(words) === undefined && words.length <= SHOWN_CHARS ? ` “${words}”` : '';
  return {
    en: `The issuer has left a note about its status${shown ? `, in its own words:${shown}` : '; see the details.'}`,
    fil: `May tala ang nagkaloob tungkol sa katayuan nito${shown ? `, sa sarili nitong salita:${shown}` : '; tingnan ang detalye.'}`,
  };
}
