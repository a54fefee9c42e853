import type { Text } from '#kernel';

/** What is wrong with a field, by the code of its error. */
export const FIELD_ERRORS: Readonly<Record<string, Text>> = {
  required: { en: 'This is needed.', fil: 'Kailangan ito.' },
  minLength: { en: 'This is needed.', fil: 'Kailangan ito.' },
  maxLength: { en: 'This is too long.', fil: 'Masyadong mahaba ito.' },
  pattern: { en: 'This is not written as it has to be.', fil: 'Hindi ito nakasulat nang tama.' },
  format: { en: 'This is not written as it has to be.', fil: 'Hindi ito nakasulat nang tama.' },
  enum: { en: 'This is none of the values that are known.', fil: 'Wala ito sa mga kilalang halaga.' },
  'date-times': {
    en: 'This is no day that exists (write 2026-03-14).',
    fil: 'Walang ganitong araw (isulat nang ganito: 2026-03-14).',
  },
  unicode: {
    en: 'This holds characters that are invisible or not allowed.',
    fil: 'May mga karakter dito na hindi nakikita o hindi pinahihintulutan.',
  },
  'philsys-number': {
    en: 'This looks like a PhilSys Number, which is never stored here.',
    fil: 'Mukha itong PhilSys Number, na hindi kailanman iniimbak dito.',
  },
  'absolute-iris': { en: 'This is no complete address or identifier.', fil: 'Hindi ito buong address o identifier.' },
  extension_off: {
    en: 'The achievement does not carry the Philippine terms that this needs.',
    fil: 'Walang mga terminong Pilipino ang kahulugan ng gawad na kailangan nito.',
  },
  guardian_is_learner: {
    en: 'This is the learner’s own address: give that of the guardian.',
    fil: 'Sariling address ito ng mag-aaral: ibigay ang sa guardian.',
  },
  guardian_over: {
    en: 'This day is today or past: from it the learner acts alone, and no guardian is recorded.',
    fil: 'Ngayon o lumipas na ang araw na ito: mula rito ay mag-isa nang kumikilos ang mag-aaral, at walang itinatalang guardian.',
  },
  guardian_too_long: {
    en: 'This is more than 18 years away: give the day the learner comes of age.',
    fil: 'Mahigit 18 taon pa ito: ibigay ang araw ng pagsapit ng mag-aaral sa hustong gulang.',
  },
  unknown_column: {
    en: 'There is no such column: use those of the template.',
    fil: 'Walang ganitong column: gamitin ang nasa huwaran.',
  },
  repeated_column: { en: 'This column stands there twice.', fil: 'Dalawang ulit ang column na ito.' },
  before_grant: { en: 'This is before the grant begins.', fil: 'Bago pa ito magsimula ang pagkakaloob.' },
  annulment_ahead: {
    en: 'An annulment reaches back. For a day to come, withdraw it.',
    fil: 'Pabalik ang bisa ng pagpapawalang-bisa. Kung sa araw na darating pa, bawiin ito.',
  },
  contradiction: {
    en: 'This cannot stand beside what is recorded.',
    fil: 'Hindi ito maaari kasabay ng mga naitala na.',
  },
  self_granted: {
    en: 'An authority does not accredit itself.',
    fil: 'Hindi inaakredita ng awtoridad ang sarili nito.',
  },
  loop: { en: 'It stands above your own authority.', fil: 'Nasa itaas ito ng sarili ninyong awtoridad.' },
  gap: {
    en: 'This lies outside the time that your own authority is granted for.',
    fil: 'Labas ito sa panahong ipinagkaloob sa sarili ninyong awtoridad.',
  },
  wider_than_parent: {
    en: 'This is wider than what your own authority was granted.',
    fil: 'Mas malawak ito kaysa sa ipinagkaloob sa sarili ninyong awtoridad.',
  },
  no_institution: {
    en: 'There is no institution of this name here. Another service is named by its DID (did:web:...).',
    fil: 'Walang institusyong may ganitong pangalan dito. Sa ibang serbisyo, gamitin ang DID nito (did:web:...).',
  },
  not_permitted: { en: 'Your institution may not award this.', fil: 'Hindi ito maigagawad ng inyong institusyon.' },
};

/** Where the field says more than the code. */
export const ERRORS_OF_FIELD: Readonly<Record<string, Text>> = {
  email: { en: 'This is no e-mail address.', fil: 'Hindi ito e-mail address.' },
  guardianEmail: { en: 'This is no e-mail address.', fil: 'Hindi ito e-mail address.' },
  reason: {
    en: 'Give a reason, of three characters at least.',
    fil: 'Magbigay ng dahilan, hindi bababa sa tatlong karakter.',
  },
  accredited: {
    en: 'This is neither a short name of an institution here nor a DID.',
    fil: 'Hindi ito maikling pangalan ng institusyon dito, at hindi rin DID.',
  },
  creditValue: { en: 'Write a number, such as 3 or 1.5.', fil: 'Magsulat ng numero, gaya ng 3 o 1.5.' },
};

/** Codes whose words are enough without the error's own text. */
export const PLAIN_CODES: ReadonlySet<string> = new Set([
  ...['required', 'minLength', 'pattern', 'format', 'date-times', 'unicode', 'philsys-number', 'absolute-iris'],
  ...['before_grant', 'annulment_ahead', 'self_granted', 'no_institution'],
  ...['guardian_is_learner', 'guardian_over', 'guardian_too_long'],
]);

export const FIELD_ERROR: Text = { en: 'This is not acceptable.', fil: 'Hindi ito katanggap-tanggap.' };

/** Why something was not done, by the kind of the problem. */
export const CONSOLE_PROBLEMS: Readonly<Record<string, Text>> = {
  'invalid-request': { en: 'Something in this form is missing or wrong.', fil: 'May kulang o mali sa form na ito.' },
  'invalid-csv': {
    en: 'The file could not be read as a class list (CSV, UTF-8, first line with the names of the columns).',
    fil: 'Hindi mabasa ang file bilang listahan ng klase (CSV, UTF-8, unang linya ang pangalan ng mga column).',
  },
  'payload-too-large': { en: 'The list is too long: use several.', fil: 'Masyadong mahaba ang listahan: hatiin ito.' },
  'request-timeout': {
    en: 'The upload was too slow. Try again.',
    fil: 'Masyadong mabagal ang pag-upload. Subukan muli.',
  },
  unavailable: {
    en: 'The service cannot do this at the moment. Try again in a minute.',
    fil: 'Hindi ito magagawa ng serbisyo ngayon. Subukan muli pagkaraan ng isang minuto.',
  },
  conflict: {
    en: 'Somebody else was faster, or it is over. Look at how it stands now.',
    fil: 'May nauna na, o tapos na ito. Tingnan ang kalagayan nito ngayon.',
  },
  'not-entitled': { en: 'Your institution may not award this.', fil: 'Hindi ito maigagawad ng inyong institusyon.' },
  'not-accredited': {
    en: 'No register shows that your institution is accredited for this award on that day.',
    fil: 'Walang rehistrong nagpapakita na akreditado ang inyong institusyon para sa gawad na ito sa araw na iyon.',
  },
  'same-person': {
    en: 'Whoever prepared this may not approve it: another person has to.',
    fil: 'Hindi ito mapagtitibay ng naghanda nito: ibang tao ang dapat.',
  },
  'person-required': {
    en: 'Your account names no person. The operator can add it.',
    fil: 'Walang pinapangalanang tao ang iyong account. Maidaragdag ito ng operator.',
  },
  'approval-required': {
    en: 'This institution wants two persons: an approver starts it.',
    fil: 'Dalawang tao ang kailangan sa institusyong ito: tagapag-apruba ang magsisimula.',
  },
  forbidden: { en: 'Your role does not allow this.', fil: 'Hindi ito pinahihintulutan ng iyong tungkulin.' },
  'status-purpose': {
    en: 'The state of this badge does not allow that change.',
    fil: 'Hindi pinahihintulutan ng kalagayan ng badge na ito ang pagbabagong iyon.',
  },
  gone: { en: 'It is over.', fil: 'Tapos na ito.' },
  'rate-limited': {
    en: 'Too often. Wait a minute, or until tomorrow.',
    fil: 'Napakadalas. Maghintay ng isang minuto, o hanggang bukas.',
  },
  'signing-stopped': {
    en: 'Signing is stopped until an operator has looked at it.',
    fil: 'Itinigil ang paglagda hanggang matingnan ito ng operator.',
  },
};
