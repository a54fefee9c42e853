import type { Text } from '#kernel';

/** Words of the certificate and of the transcript. `{name}` is a place for a value. */
export const PAPER = {
  certificateTitle: { en: 'Certificate: {award}', fil: 'Sertipiko: {award}' },
  certificate: { en: 'Certificate of award', fil: 'Sertipiko ng gawad' },
  certifies: { en: 'This certifies that', fil: 'Pinatutunayan nito na si' },
  awardedTo: { en: 'has been awarded', fil: 'ay ginawaran ng' },
  certifiesAward: { en: 'This certifies the award of', fil: 'Pinatutunayan nito ang paggawad ng' },
  noName: {
    en: 'Not named: no name is signed into this badge',
    fil: 'Hindi pinangalanan: walang pangalang nilagdaan sa badge na ito',
  },
  awardedOn: { en: 'Awarded on', fil: 'Iginawad noong' },
  number: { en: 'Certificate number', fil: 'Numero ng sertipiko' },
  specimenMark: { en: 'SPECIMEN', fil: 'SPECIMEN: HALIMBAWA LAMANG' },
  specimenNote: {
    en: 'An example. Institution, person and award are fictitious; nothing was awarded.',
    fil: 'Halimbawa ito. Kathang-isip ang institusyon, ang tao at ang gawad; walang iginawad.',
  },
  revoked: { en: 'Revoked on {day}: it is no longer in force.', fil: 'Binawi noong {day}: wala na itong bisa.' },
  expired: { en: 'Expired: valid until {day}.', fil: 'Lipas na: may bisa hanggang {day}.' },
  suspended: {
    en: 'Suspended since {day}: until that ends it is not in force.',
    fil: 'Sinuspinde mula {day}: wala itong bisa hanggang matapos iyon.',
  },
  check: { en: 'How to check this paper', fil: 'Paano susuriin ang papel na ito' },
  checkText: {
    en: 'It is genuine only if it verifies. Scan the code or open the address below, or give this file to a page that verifies Open Badges: the signed credential is inside it. The answer says whether the award is in force and what is known of its issuer. A signature by hand or a seal proves nothing by itself.',
    fil: 'Tunay lamang ito kung napatutunayan. I-scan ang code o buksan ang address sa ibaba, o ibigay ang file na ito sa pahinang nagpapatunay ng Open Badges: nasa loob nito ang nilagdaang kredensiyal. Sasabihin ng sagot kung may bisa ang gawad at kung ano ang nalalaman tungkol sa nagkaloob. Walang napatutunayan ang pirma ng kamay o selyo nang mag-isa.',
  },
  printed: {
    en: 'The code on the right is signed by the institution and can be checked without a network. It states the status at the time this file was made; it is a summary, not the badge.',
    fil: 'Nilagdaan ng institusyon ang code sa kanan at masusuri ito kahit walang network. Sinasabi nito ang katayuan noong ginawa ang file na ito; buod ito, hindi ang badge.',
  },
  printedAlt: { en: 'QR code to be checked without a network', fil: 'QR code na masusuri kahit walang network' },
  qrAlt: { en: 'QR code of the address {address}', fil: 'QR code ng address na {address}' },
  pictureAlt: { en: 'Picture of the badge {award}', fil: 'Larawan ng badge na {award}' },
  incomplete: {
    en: '[…] stands for characters that cannot be printed here. The page at the address shows them.',
    fil: 'Ang […] ay kapalit ng mga karakter na hindi mailimbag dito. Makikita ang mga iyon sa pahina sa address.',
  },
  attachedJson: {
    en: 'The signed credential (Open Badges 3.0)',
    fil: 'Ang nilagdaang kredensiyal (Open Badges 3.0)',
  },
  attachedJwt: {
    en: 'The same credential as a signed token (JWT)',
    fil: 'Ang kredensiyal ding iyon bilang nilagdaang token (JWT)',
  },
  attachedPart: { en: 'Component: {award}', fil: 'Bahagi: {award}' },
  transcriptTitle: { en: 'Transcript: {award}', fil: 'Talaan ng mga bahagi: {award}' },
  transcript: { en: 'Transcript of components', fil: 'Talaan ng mga bahagi' },
  pathway: { en: 'Pathway', fil: 'Landas' },
  pathwayVersion: { en: '{name}, version {version}', fil: '{name}, bersiyon {version}' },
  components: { en: 'The award rests on these components', fil: 'Nakasalalay ang gawad sa mga bahaging ito' },
  component: { en: 'Component', fil: 'Bahagi' },
  issuedBy: { en: 'Issued by', fil: 'Nagkaloob' },
  day: { en: 'Awarded', fil: 'Iginawad' },
  credit: { en: 'Credit', fil: 'Kredito' },
  state: { en: 'State', fil: 'Katayuan' },
  stateActive: { en: 'In force', fil: 'May bisa' },
  stateExpired: { en: 'Expired', fil: 'Lipas na' },
  stateSuspended: { en: 'Suspended', fil: 'Suspendido' },
  stateRevoked: { en: 'Revoked', fil: 'Binawi' },
  elsewhere: { en: 'Elsewhere: ask at its address', fil: 'Sa ibang lugar: itanong sa address nito' },
  unsaid: { en: 'not stated', fil: 'hindi nakasaad' },
  total: {
    en: 'Credit stated by {count} of {all} components, added by unit: {sums}.',
    fil: 'Kreditong nakasaad sa {count} sa {all} bahagi, pinagsama ayon sa yunit: {sums}.',
  },
  totalNote: {
    en: 'Units are not converted into one another. What a component counted for, the pathway says, and it may be less.',
    fil: 'Hindi isinasalin ang isang yunit sa iba. Ang landas ang nagsasabi kung magkano ang binilang sa bawat bahagi, at maaaring mas kaunti iyon.',
  },
  page: { en: 'Page {page} of {of}', fil: 'Pahina {page} ng {of}' },
} as const satisfies Record<string, Text>;
