import type { Text } from '#kernel';

/** The privacy notice. `{…}` are settings and numbers in force. */
export const NOTICE = {
  link: { en: 'Privacy', fil: 'Pagkapribado' },
  title: { en: 'Privacy notice', fil: 'Abiso sa pagkapribado' },
  lead: {
    en: 'What this service keeps about people, why, for how long, and what you can ask for. The numbers are those in force here.',
    fil: 'Ano ang itinatago ng serbisyong ito tungkol sa mga tao, bakit, gaano katagal, at ano ang mahihiling mo. Ang mga bilang ay ang mga umiiral dito.',
  },
  unread: {
    en: 'No lawyer has read this notice. It is written from the program and its settings, and is no legal advice.',
    fil: 'Walang abogadong nakabasa sa abisong ito. Isinulat ito ayon sa programa at mga setting nito, at hindi ito payong legal.',
  },
  who: { en: 'Who is responsible', fil: 'Sino ang may pananagutan' },
  operator: { en: 'Operator', fil: 'Nagpapatakbo' },
  address: { en: 'Address', fil: 'Tirahan' },
  contact: { en: 'Contact about personal data', fil: 'Kontak tungkol sa personal na datos' },
  unset: { en: 'Not stated by the operator', fil: 'Hindi sinabi ng nagpapatakbo' },
  institutions: {
    en: 'Each institution decides whom it awards what, and answers for that record. The operator keeps it on the institution’s behalf.',
    fil: 'Bawat institusyon ang nagpapasiya kung kanino nito iginagawad ang ano, at ito ang nananagot sa talang iyon. Itinatago iyon ng nagpapatakbo para sa institusyon.',
  },
  kept: { en: 'What is kept, and for how long', fil: 'Ano ang itinatago, at gaano katagal' },
  what: { en: 'What', fil: 'Ano' },
  why: { en: 'Why', fil: 'Bakit' },
  howLong: { en: 'How long', fil: 'Gaano katagal' },
  sensitive: {
    en: 'A person’s education is sensitive personal information (RA 10173, section 3(l)). A badge therefore carries a made-up id by default; name and e-mail stay with the service.',
    fil: 'Sensitibong personal na impormasyon ang edukasyon ng isang tao (RA 10173, seksiyon 3(l)). Kaya karaniwang gawa-gawang id lamang ang dala ng badge; nananatili sa serbisyo ang pangalan at e-mail.',
  },
  minors: { en: 'Learners under age', fil: 'Mga mag-aaral na menor de edad' },
  minorsLead: {
    en: 'An institution may record a guardian of a learner who is under 18 (RA 6809), with the day the learner comes of age. Until that day what this service sends about the award (links, letters, codes) goes to the guardian only; the guardian chooses what is shown, takes the badge, has a copy of what is held and can have it erased. Every such act is logged as a guardian’s, or under the offer that was made for the guardian. The learner can look at it. From that day, or as soon as the guardian lets them, the learner acts alone.',
    fil: 'Maaaring magtala ang institusyon ng guardian ng mag-aaral na wala pang 18 taong gulang (RA 6809), kasama ang araw ng pagsapit ng mag-aaral sa hustong gulang. Hanggang sa araw na iyon, sa guardian lamang ipinadadala ng serbisyong ito ang tungkol sa gawad (mga link, liham at code); ang guardian ang pumipili ng ipinapakita, kumukuha ng badge, nakakukuha ng kopya ng itinatago at nakapagpapabura nito. Itinatala ang bawat gayong kilos bilang sa guardian, o sa ilalim ng alok na ginawa para sa guardian. Matitingnan ito ng mag-aaral. Mula sa araw na iyon, o kapag hinayaan na siya ng guardian, kikilos nang mag-isa ang mag-aaral.',
  },
  verifying: { en: 'When somebody verifies a badge', fil: 'Kapag may sumusuri ng badge' },
  verifyNothing: {
    en: 'Neither what you give nor the report is stored: they are in memory until the answer is sent. Addresses that the badge names may be asked, and see this service, not you.',
    fil: 'Hindi itinatago ang ibinigay mo o ang ulat: nasa memorya lamang ang mga ito hanggang maipadala ang sagot. Maaaring tanungin ang mga address na binabanggit ng badge, at ang serbisyong ito ang makikita nila, hindi ikaw.',
  },
  verifyKept: {
    en: 'If you ask for it, the report (never the file) is kept for {days} days at an address that cannot be guessed. Whoever has the address can read it. Then it is deleted.',
    fil: 'Kung hihilingin mo, itatago ang ulat (hindi kailanman ang file) nang {days} araw sa address na hindi mahuhulaan. Mababasa ito ng sinumang may address. Pagkatapos ay buburahin ito.',
  },
  logs: { en: 'Logs and cookies', fil: 'Mga log at cookie' },
  logsHold: {
    en: 'A line of the log names the operation, the time, the outcome and a random request id; of officers and programs also the id of their account or key. It holds no address of a page, no query, no id of a badge, no name, no e-mail and no network address.',
    fil: 'Pangalan ng operasyon, oras, kinalabasan at random na id ng kahilingan ang laman ng isang linya ng log; sa mga opisyal at programa, pati ang id ng account o key nila. Wala itong address ng pahina, query, id ng badge, pangalan, e-mail o address sa network.',
  },
  counted: {
    en: 'Requests are counted per network address in memory for two minutes. Where there is a limit for a day, a digest of the address is kept until that day is over.',
    fil: 'Binibilang sa memorya ang mga kahilingan ayon sa address sa network nang dalawang minuto. Kung may hangganan bawat araw, itinatago ang digest ng address hanggang matapos ang araw.',
  },
  cookies: {
    en: 'Cookies are set only when you sign in, open a claim link or ask a wallet, and only for that. There is no tracking, no advertising and nothing from other sites in these pages.',
    fil: 'Naglalagay lamang ng cookie kapag nag-sign in ka, nagbukas ng link ng alok o nagtanong sa wallet, at para lamang doon. Walang pagsubaybay, walang patalastas at walang mula sa ibang site sa mga pahinang ito.',
  },
  rights: { en: 'Your rights', fil: 'Ang mga karapatan mo' },
  rightsLead: {
    en: 'Under the Data Privacy Act of 2012 (RA 10173, sections 16 and 18) you may:',
    fil: 'Ayon sa Data Privacy Act of 2012 (RA 10173, seksiyon 16 at 18), maaari mong:',
  },
  how: { en: 'How to use them', fil: 'Paano gamitin ang mga ito' },
  howMy: {
    en: 'Show at {my} that an e-mail address is yours: there you see what institutions issued to it. For anything else write to {contact}, or to the institution that issued the badge.',
    fil: 'Ipakita sa {my} na sa iyo ang isang e-mail address: makikita mo roon ang ipinagkaloob dito ng mga institusyon. Para sa iba pa, sumulat sa {contact}, o sa institusyong nagkaloob ng badge.',
  },
  theContact: { en: 'the contact above', fil: 'kontak sa itaas' },
  complain: { en: 'If that does not help', fil: 'Kung hindi iyon nakatulong' },
  commission: {
    en: 'You may complain to the National Privacy Commission (RA 10173, section 7(b)): {npc}.',
    fil: 'Maaari kang magreklamo sa National Privacy Commission (RA 10173, seksiyon 7(b)): {npc}.',
  },
} as const satisfies Record<string, Text>;

/** RA 10173, sections 16 (a) to (f) and 18, in short. */
export const RIGHTS: readonly (Text & { section: string })[] = [
  {
    en: 'be informed whether and how your data is processed',
    fil: 'malaman kung pinoproseso ang datos mo at paano',
    section: '16(a), (b)',
  },
  { en: 'have access to it', fil: 'makita ang datos mo', section: '16(c)' },
  { en: 'dispute an error and have it corrected', fil: 'tutulan ang mali at ipatama ito', section: '16(d)' },
  {
    en: 'have it blocked or erased where the law gives you that',
    fil: 'ipahinto o ipabura ito kung ipinahihintulot ng batas',
    section: '16(e)',
  },
  {
    en: 'be indemnified for damage by inaccurate or unlawfully used data',
    fil: 'mabayaran sa pinsalang dulot ng mali o labag sa batas na paggamit ng datos',
    section: '16(f)',
  },
  {
    en: 'get a copy in a common electronic form',
    fil: 'kumuha ng kopya sa karaniwang elektronikong anyo',
    section: '18',
  },
];

/** Rows of what is kept: what, why, how long. Names of numbers in braces are those of `Retention`. */
export const KEPT_THINGS: readonly Record<'what' | 'why' | 'howLong', Text>[] = [
  {
    what: {
      en: 'Awards: name, e-mail or student number as the institution gave them',
      fil: 'Mga gawad: pangalan, e-mail o numero ng estudyante ayon sa ibinigay ng institusyon',
    },
    why: { en: 'To issue, show and check badges', fil: 'Para magkaloob, magpakita at sumuri ng mga badge' },
    howLong: {
      en: 'Until the institution has no more reason, or erasure is granted',
      fil: 'Hanggang wala nang dahilan ang institusyon, o napagbigyan ang pagbura',
    },
  },
  {
    what: {
      en: 'Of a learner under age: the guardian’s e-mail and the day the learner comes of age',
      fil: 'Ng mag-aaral na menor de edad: e-mail ng guardian at araw ng pagsapit sa hustong gulang',
    },
    why: { en: 'So that the guardian acts for the learner', fil: 'Para kumilos ang guardian para sa mag-aaral' },
    howLong: {
      en: 'Until that day, or until the guardian lets the learner act alone; in a row of a class list that became no award, 30 days more',
      fil: 'Hanggang sa araw na iyon, o hanggang hayaan ng guardian na kumilos mag-isa ang mag-aaral; 30 araw pa sa hanay ng listahan ng klase na hindi naging gawad',
    },
  },
  {
    what: { en: 'Signed credentials and their status', fil: 'Mga nilagdaang kredensiyal at ang katayuan ng mga ito' },
    why: { en: 'So that they can be verified', fil: 'Para masuri ang mga ito' },
    howLong: { en: 'As long as this service runs', fil: 'Habang tumatakbo ang serbisyong ito' },
  },
  {
    what: { en: 'A learner’s session and what was proven in it', fil: 'Session ng nag-aaral at ang napatunayan doon' },
    why: { en: 'To show you your own badges', fil: 'Para maipakita sa iyo ang sarili mong mga badge' },
    howLong: { en: '{sessionHours} hours at most', fil: 'Hindi lalampas sa {sessionHours} oras' },
  },
  {
    what: {
      en: 'Badges of other issuers that a learner brought, as they came',
      fil: 'Mga badge ng ibang nagkaloob na dinala ng nag-aaral, gaya ng pagdating',
    },
    why: { en: 'So that they count toward a pathway', fil: 'Para mabilang ang mga ito sa isang landas' },
    howLong: { en: 'Until the learner removes them', fil: 'Hanggang alisin ng nag-aaral' },
  },
  {
    what: {
      en: 'Which applications a learner let in, for which address, and to do what',
      fil: 'Kung aling mga application ang pinapasok ng nag-aaral, para sa aling address, at para gawin ang ano',
    },
    why: {
      en: 'So that they can work with the learner’s badges, and be shut out again',
      fil: 'Para magamit nila ang mga badge ng nag-aaral, at maisara muli sa kanila',
    },
    howLong: {
      en: 'Until the learner ends it; 180 days at most',
      fil: 'Hanggang tapusin ng nag-aaral; hindi lalampas sa 180 araw',
    },
  },
  {
    what: {
      en: 'Which hosts of others a learner connected, for which address, the tokens for them (encrypted), and what was brought and sent',
      fil: 'Kung aling host ng iba ang ikinonekta ng nag-aaral, para sa aling address, ang mga token sa mga ito (naka-encrypt), at ang dinala at ipinadala',
    },
    why: {
      en: 'To bring badges from there and send badges there when the learner asks',
      fil: 'Para dalhin ang mga badge mula roon at magpadala roon kapag hiniling ng nag-aaral',
    },
    howLong: {
      en: 'Until the learner ends it; what was asked for, 90 days at most',
      fil: 'Hanggang tapusin ng nag-aaral; hindi lalampas sa 90 araw ang mga hiniling',
    },
  },
  {
    what: {
      en: 'The profile that a learner had an application write',
      fil: 'Ang profile na ipinasulat ng nag-aaral sa isang application',
    },
    why: { en: 'So that other applications find it', fil: 'Para makita ito ng ibang application' },
    howLong: { en: 'Until it is replaced or erased', fil: 'Hanggang mapalitan o mabura' },
  },
  {
    what: { en: 'Codes sent by mail, as a digest', fil: 'Mga code na ipinadala sa mail, bilang digest' },
    why: { en: 'To show that an address is yours', fil: 'Para maipakitang sa iyo ang address' },
    howLong: {
      en: 'Good for {codeMinutes} minutes, deleted with the session',
      fil: 'May bisa nang {codeMinutes} minuto, binubura kasama ng session',
    },
  },
  {
    what: { en: 'Messages that were sent: address and answer', fil: 'Mga ipinadalang mensahe: address at sagot' },
    why: { en: 'To send them again when they did not arrive', fil: 'Para ipadala muli kung hindi dumating' },
    howLong: {
      en: '{mailDays} days for codes and links to sign in',
      fil: '{mailDays} araw para sa mga code at link sa pag-sign in',
    },
  },
  {
    what: { en: 'What a wallet showed when it was asked', fil: 'Ang ipinakita ng wallet nang tanungin' },
    why: { en: 'To tell whoever asked', fil: 'Para masabi sa nagtanong' },
    howLong: { en: '{answerMinutes} minutes', fil: '{answerMinutes} minuto' },
  },
  {
    what: { en: 'Reports that a visitor asked to keep', fil: 'Mga ulat na hiniling ng bisita na itago' },
    why: { en: 'To show them again', fil: 'Para maipakitang muli' },
    howLong: { en: '{reportDays} days', fil: '{reportDays} araw' },
  },
  {
    what: {
      en: 'The audit log: who did what, without names of learners',
      fil: 'Ang talaan ng awdit: sino ang gumawa ng ano, walang pangalan ng nag-aaral',
    },
    why: { en: 'So that nothing is done unseen', fil: 'Para walang nagagawa nang lihim' },
    howLong: { en: 'As long as this service runs', fil: 'Habang tumatakbo ang serbisyong ito' },
  },
];
