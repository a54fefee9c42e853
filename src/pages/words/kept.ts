import type { Text } from '#kernel';

export const KEPT_NOTE: Text = {
  en: 'This is the record of one verification on its day. Nothing was checked again since: the badge may have been revoked meanwhile.',
  fil: 'Tala ito ng isang pagsusuri sa araw nito. Walang sinuring muli mula noon: maaaring binawi na ang badge.',
};

export const KEPT = {
  title: { en: 'Report that was kept', fil: 'Itinagong ulat' },
  made: { en: 'Made {when}. It is deleted {ends}.', fil: 'Ginawa {when}. Buburahin ito {ends}.' },
  again: { en: 'Check the badge again now', fil: 'Suriing muli ngayon ang badge' },
  box: { en: 'Keep the report for 30 days', fil: 'Itago ang ulat nang 30 araw' },
  boxNote: {
    en: 'Otherwise nothing is stored. The file never is.',
    fil: 'Kung hindi, walang itinatago. Hindi kailanman itinatago ang file.',
  },
  button: { en: 'Keep this report for 30 days', fil: 'Itago ang ulat na ito nang 30 araw' },
  buttonNote: {
    en: 'The badge is checked once more, and that report gets an address of its own. Whoever has the address can read it.',
    fil: 'Susuriin nang isa pang beses ang badge, at magkakaroon ng sariling address ang ulat na iyon. Mababasa ito ng sinumang may address.',
  },
  kept: { en: 'This report is kept until {ends}:', fil: 'Itatago ang ulat na ito hanggang {ends}:' },
} as const satisfies Record<string, Text>;
