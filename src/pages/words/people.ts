import type { Text } from '#kernel';

/** Words of the pages on which officers sign in and look after their account. */
export const PEOPLE = {
  title: { en: 'Sign in', fil: 'Mag-sign in' },
  lead: {
    en: 'For those who act for an institution or run this service. Learners need no account.',
    fil: 'Para sa mga kumikilos para sa institusyon o nagpapatakbo ng serbisyong ito. Hindi kailangan ng mag-aaral ng account.',
  },
  learners: { en: 'A learner? Your badges are here.', fil: 'Mag-aaral? Narito ang mga badge mo.' },
  by_passkey: { en: 'Sign in with a passkey', fil: 'Mag-sign in gamit ang passkey' },
  by_passkey_note: {
    en: 'Your device asks for your fingerprint, face or PIN. Nothing is typed here.',
    fil: 'Hihingin ng iyong device ang fingerprint, mukha o PIN mo. Walang ita-type dito.',
  },
  by_link: { en: 'First time, or no passkey here?', fil: 'Unang beses, o walang passkey dito?' },
  email: { en: 'E-mail address of your account', fil: 'E-mail address ng iyong account' },
  send: { en: 'Send me a link', fil: 'Padalhan ako ng link' },
  by_openid: { en: 'With the account of your institution', fil: 'Gamit ang account ng iyong institusyon' },
  asked: { en: 'Look into your mail', fil: 'Tingnan ang iyong e-mail' },
  asked_lead: {
    en: 'If this address has an account, a link is on its way to it. It is good for 15 minutes, once, and in this browser only.',
    fil: 'Kung may account ang address na ito, may link nang ipinadala rito. Mabisa ito nang 15 minuto, minsan lamang, at sa browser na ito lamang.',
  },
  link_title: { en: 'One more step', fil: 'Isa pang hakbang' },
  link_here: {
    en: 'Sign in here, in the browser in which you asked.',
    fil: 'Mag-sign in dito, sa browser kung saan mo ito hiningi.',
  },
  link_elsewhere: {
    en: 'This link was asked for in another browser. Open it there, or ask for a new one here.',
    fil: 'Sa ibang browser hiningi ang link na ito. Buksan ito roon, o humingi ng bago rito.',
  },
  again: { en: 'Ask for a new link', fil: 'Humingi ng bagong link' },
  account: { en: 'Your account', fil: 'Iyong account' },
  signed_in: { en: 'Signed in as', fil: 'Naka-sign in bilang' },
  how: { en: 'Signed in with', fil: 'Nag-sign in gamit ang' },
  how_link: { en: 'a link from your mail', fil: 'link mula sa e-mail' },
  how_passkey: { en: 'a passkey', fil: 'passkey' },
  how_openid: { en: 'the account of your institution', fil: 'account ng iyong institusyon' },
  acting: { en: 'Acting as', fil: 'Kumikilos bilang' },
  nobody: { en: 'nobody yet', fil: 'wala pa' },
  roles: { en: 'Your roles', fil: 'Iyong mga tungkulin' },
  no_roles: { en: 'No role was given to you yet.', fil: 'Wala pang tungkuling ibinigay sa iyo.' },
  console: { en: 'To the console', fil: 'Sa console' },
  act: { en: 'Act as this', fil: 'Kumilos bilang ito' },
  now: { en: 'now', fil: 'ngayon' },
  system: { en: 'this service', fil: 'serbisyong ito' },
  passkeys: { en: 'Your passkeys', fil: 'Iyong mga passkey' },
  no_passkeys: {
    en: 'None yet. A link lets you add one, and nothing else: with a passkey you can act.',
    fil: 'Wala pa. Sa link, makapagdaragdag ka lamang nito: sa passkey ka makakakilos.',
  },
  need_passkey: {
    en: 'You came by a link. Use your passkey now to act.',
    fil: 'Dumating ka sa pamamagitan ng link. Gamitin na ang iyong passkey upang makakilos.',
  },
  lost: {
    en: 'Lost every passkey? The operator of this service can start a recovery.',
    fil: 'Nawala ang lahat ng passkey? Makapagsisimula ng pagbawi ang operator ng serbisyong ito.',
  },
  passkey_name: { en: 'Name of the new passkey', fil: 'Pangalan ng bagong passkey' },
  passkey_default: { en: 'My device', fil: 'Aking device' },
  add: { en: 'Add a passkey', fil: 'Magdagdag ng passkey' },
  remove: { en: 'Remove', fil: 'Alisin' },
  added: { en: 'added', fil: 'idinagdag' },
  used: { en: 'last used', fil: 'huling ginamit' },
  sessions: { en: 'Where you are signed in', fil: 'Kung saan ka naka-sign in' },
  since: { en: 'since', fil: 'mula' },
  seen: { en: 'last seen', fil: 'huling nakita' },
  this_one: { en: 'this one', fil: 'itong ginagamit mo' },
  end: { en: 'End', fil: 'Tapusin' },
  sign_out: { en: 'Sign out', fil: 'Mag-sign out' },
  held: {
    en: 'This account was recovered. Until {until} it acts for nobody, unless a second officer confirms that it is still yours.',
    fil: 'Binawi ang account na ito. Hanggang {until}, hindi ito makakakilos maliban kung patunayan ng ikalawang opisyal na iyo pa rin ito.',
  },
  script: {
    en: 'Passkeys need JavaScript: it is the only script of these pages.',
    fil: 'Kailangan ng JavaScript ang passkey: ito lamang ang script ng mga pahinang ito.',
  },
  failed: { en: 'The passkey was not taken. Try again.', fil: 'Hindi tinanggap ang passkey. Subukan muli.' },
} satisfies Record<string, Text>;

export const ROLE_NAMES = {
  operator: { en: 'Operator', fil: 'Operator' },
  authority: { en: 'Authority', fil: 'Awtoridad' },
  issuer: { en: 'Registrar', fil: 'Rehistrador' },
  approver: { en: 'Approver', fil: 'Tagapag-apruba' },
  auditor: { en: 'Auditor', fil: 'Tagasuri' },
} satisfies Record<string, Text>;

/** Why somebody cannot act in a role as they are signed in. */
export const REFUSAL_WORDS = {
  elsewhere: {
    en: 'Not with this sign-in: it counts only in the institution whose account you used. Sign in with your passkey.',
    fil: 'Hindi sa sign-in na ito: para lamang ito sa institusyong may account na ginamit mo. Mag-sign in gamit ang passkey.',
  },
  passkey: { en: 'This role needs a passkey.', fil: 'Kailangan ng passkey para sa tungkuling ito.' },
  link: {
    en: 'Needs your passkey: sign in with it, or add one below.',
    fil: 'Kailangan ang iyong passkey: gamitin ito sa pag-sign in, o magdagdag sa ibaba.',
  },
  held: {
    en: 'Not yet: another officer has to confirm the recovery, or a day has to pass.',
    fil: 'Hindi pa: kailangang patunayan ng ibang opisyal ang pagbawi, o maghintay ng isang araw.',
  },
} satisfies Record<string, Text>;

/** Why a form of the account page changed nothing, or another page led here. */
export const ACCOUNT_PROBLEMS = {
  console: {
    en: 'The console is for those who act for an institution: choose a role below first.',
    fil: 'Ang console ay para sa kumikilos para sa institusyon: pumili muna ng tungkulin sa ibaba.',
  },
  act: { en: 'You cannot act as that now.', fil: 'Hindi ka makakakilos bilang iyon ngayon.' },
  endSession: { en: 'There is no such session any more.', fil: 'Wala na ang session na iyon.' },
  removePasskey: {
    en: 'That passkey was not removed: it is gone already, or you did not sign in with a passkey.',
    fil: 'Hindi naalis ang passkey: wala na ito, o hindi ka nag-sign in gamit ang passkey.',
  },
  lastPasskey: {
    en: 'This is your only passkey: add another one first.',
    fil: 'Ito lamang ang iyong passkey: magdagdag muna ng isa pa.',
  },
  nothing: { en: 'That form was not complete.', fil: 'Hindi kumpleto ang form na iyon.' },
} satisfies Record<string, Text>;

/** Why signing in did not go on. */
export const SIGN_IN_PROBLEMS = {
  link: {
    en: 'That link is used, too old, or was asked for in another browser. Ask for a new one.',
    fil: 'Nagamit na, luma na, o sa ibang browser hiningi ang link. Humingi ng bago.',
  },
  openid: {
    en: 'The account of your institution did not sign you in: it has no role here, or its address is not verified.',
    fil: 'Hindi ka naipasok ng account ng iyong institusyon: wala itong tungkulin dito, o hindi beripikado ang address nito.',
  },
  'rate-limited': {
    en: 'Too many links were asked for with this address. Wait an hour.',
    fil: 'Napakaraming link na ang hiningi gamit ang address na ito. Maghintay ng isang oras.',
  },
  'invalid-request': { en: 'That is no e-mail address.', fil: 'Hindi iyon e-mail address.' },
  unavailable: {
    en: 'This service cannot send mail now.',
    fil: 'Hindi makapagpadala ng e-mail ang serbisyong ito ngayon.',
  },
} satisfies Record<string, Text>;
