import type { Text } from '#kernel';

/** Words for badges that were made elsewhere, on the learner's page. */
export const ELSEWHERE = {
  elsewhere: { en: 'Badges from elsewhere', fil: 'Mga badge mula sa iba' },
  elsewhereLead: {
    en: 'Bring Open Badges 3.0 of other issuers, so that they count toward a pathway together with those found here. Each is verified now, kept as it is, and verified again whenever it is used.',
    fil: 'Magdala ng mga Open Badge 3.0 ng ibang nagkaloob upang mabilang ang mga ito sa isang landas kasama ng mga natagpuan dito. Sinusuri ang bawat isa ngayon, iniingatan nang walang pagbabago, at muling sinusuri tuwing gagamitin.',
  },
  bring: { en: 'Bring this badge', fil: 'Dalhin ang badge na ito' },
  byFile: {
    en: 'A file: JSON, a token, a picture (PNG, SVG) or a PDF with the badge in it',
    fil: 'Isang file: JSON, token, larawan (PNG, SVG) o PDF na may lamang badge',
  },
  byAddress: { en: 'Or its web address', fil: 'O ang web address nito' },
  byText: { en: 'Or paste it', fil: 'O i-paste ito' },
  fromOthers: { en: 'issued by {issuer}', fil: 'ipinagkaloob ng {issuer}' },
  unnamed: { en: 'A badge without a name', fil: 'Badge na walang pangalan' },
  unknownIssuer: { en: 'somebody who is not named', fil: 'hindi pinangalanang institusyon' },
  yours: {
    en: 'It is yours, and was genuine when it was last checked.',
    fil: 'Sa iyo ito, at totoo noong huling siniyasat.',
  },
  notYours: {
    en: 'It names no address or key that you have shown, so it does not count. Add the address to which it was issued.',
    fil: 'Wala itong pinapangalanang address o key na naipakita mo, kaya hindi ibinibilang. Idagdag ang address kung kanino ito ipinagkaloob.',
  },
  checkedAt: { en: 'checked {when}', fil: 'siniyasat noong {when}' },
  download: { en: 'Download as received', fil: 'I-download ayon sa pagkatanggap' },
  remove: { en: 'Remove', fil: 'Alisin' },
  noneBrought: { en: 'Nothing was brought yet.', fil: 'Wala pang nadadala.' },
  moreBrought: { en: '{count} older ones are not shown.', fil: '{count} pang mas luma ang hindi ipinapakita.' },
  brought: { en: 'The badge is kept.', fil: 'Naitabi na ang badge.' },
  replaced: {
    en: 'A later edition of this badge took the place of the earlier one.',
    fil: 'Pinalitan ng mas bagong edisyon ng badge na ito ang nauna.',
  },
  notNewer: {
    en: 'You have this badge already, in an edition that is as new or newer. Nothing was changed.',
    fil: 'Nasa iyo na ang badge na ito, sa edisyong kasimbago o mas bago. Walang binago.',
  },
  notBrought: { en: 'It was not kept: {detail}', fil: 'Hindi ito itinabi: {detail}' },
  removed: { en: 'It is removed.', fil: 'Naalis na ito.' },
  notRemoved: { en: 'It was not removed: {detail}', fil: 'Hindi ito naalis: {detail}' },
  giveOne: {
    en: 'Give exactly one: a file, an address or the text.',
    fil: 'Magbigay ng iisa lamang: file, address o teksto.',
  },
} as const satisfies Record<string, Text>;

/** What a badge from elsewhere is worth to a stack, as far as was found out last. */
export const IMPORT_STATES = {
  counts: { en: 'Counts', fil: 'Ibinibilang' },
  not_yours: { en: 'Not shown to be yours', fil: 'Hindi naipakitang sa iyo' },
  not_verified: { en: 'Not verified yet', fil: 'Hindi pa nasusuri' },
  not_valid: { en: 'Not valid', fil: 'Walang bisa' },
  open_badges_2: { en: 'Older kind of badge', fil: 'Mas lumang uri ng badge' },
} as const satisfies Record<string, Text>;
