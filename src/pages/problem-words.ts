import { HOST_REFUSALS } from '#consumer';
import type { Text } from '#kernel';

/** What went wrong, for people: by `kind/code`, else by kind. The problem's own text follows it small, in English. */
const TEXTS: Readonly<Record<string, Text>> = {
  'malformed-json': {
    en: 'This is not a badge: it is neither JSON, nor a signed token, nor an address.',
    fil: 'Hindi ito badge: hindi ito JSON, hindi nilagdaang token, at hindi address.',
  },
  'invalid-request': {
    en: 'Something in this request is missing or wrong.',
    fil: 'May kulang o mali sa kahilingang ito.',
  },
  'invalid-request/wallet_request': {
    en: 'The wallet that sent you here asked in a wrong way, and was given nothing.',
    fil: 'Mali ang paghingi ng wallet na nagpadala sa iyo rito, kaya walang ibinigay dito.',
  },
  'invalid-request/wallet_unknown': {
    en: 'You were sent here by a wallet that is not known here, or for an answer to an address it never named. It was given nothing.',
    fil: 'Pinadala ka rito ng wallet na hindi kilala rito, o para sa sagot sa address na hindi nito sinabi noon. Walang ibinigay dito.',
  },
  ...Object.fromEntries(
    Object.entries(HOST_REFUSALS).map(([code, text]) => [`invalid-request/${code}`, text] as const),
  ),
  'gone/report_over': {
    en: 'This report was kept for 30 days and is deleted now. The badge itself can be checked again.',
    fil: 'Itinago nang 30 araw ang ulat na ito at binura na ngayon. Maaari pa ring suriing muli ang badge mismo.',
  },
  'gone/wallet_over': {
    en: 'This request of a wallet is over, or its offer is. Start again in the wallet.',
    fil: 'Tapos na ang kahilingang ito ng wallet, o ang alok nito. Magsimula muli sa wallet.',
  },
  'forbidden/wallet_not_holder': {
    en: 'Only the person whom the badge was awarded to may give it to a wallet, after confirming the address.',
    fil: 'Ang ginawaran lamang ng badge ang makapagbibigay nito sa wallet, matapos kumpirmahin ang address.',
  },
  'invalid-request/one_of': {
    en: 'Give exactly one of these: an address, a file, or the text of a badge.',
    fil: 'Isa lamang ang ibigay: address, file, o teksto ng badge.',
  },
  'invalid-request/url': {
    en: 'This is not the address of a web resource. It begins with https://.',
    fil: 'Hindi ito address sa web. Nagsisimula iyon sa https://.',
  },
  'fetch-refused': {
    en: 'This address is not fetched: only https addresses on the public internet are. Nothing is said about the badge.',
    fil: 'Hindi kinukuha ang address na ito: mga https na address lamang sa bukás na internet. Walang sinasabi ito tungkol sa badge.',
  },
  'fetch-failed': {
    en: 'The badge could not be fetched from this address. Nothing is said about the badge; try later, or give its file.',
    fil: 'Hindi nakuha ang badge mula sa address na ito. Walang sinasabi ito tungkol sa badge; subukan mamaya, o ibigay ang file.',
  },
  'fetch-failed/html': {
    en: 'This is a web page, and no badge was found in it or behind its links. Look on it for a file to download, and give that.',
    fil: 'Pahina ito sa web, at walang nakitang badge dito o sa mga link nito. Maghanap doon ng file na maida-download, at iyon ang ibigay.',
  },
  'invalid-request/jwt': {
    en: 'This looks like a signed token, but it is not the token of a badge.',
    fil: 'Mukha itong nilagdaang token, ngunit hindi ito token ng badge.',
  },
  'malformed-json/jwt': {
    en: 'This looks like a signed token, but what it holds cannot be read.',
    fil: 'Mukha itong nilagdaang token, ngunit hindi mabasa ang laman nito.',
  },
  'invalid-request/attestation': {
    en: 'This begins like the text of a printed code, but it is not a whole one. Scan the code again.',
    fil: 'Nagsisimula ito gaya ng teksto ng naka-print na code, ngunit hindi ito buo. I-scan muli ang code.',
  },
  'invalid-image': {
    en: 'No badge can be read from this picture: the file is damaged, or the badge was not put into it as the standard says.',
    fil: 'Walang mabasang badge sa larawang ito: sira ang file, o hindi ayon sa pamantayan ang paglalagay ng badge.',
  },
  'invalid-image/no_badge': {
    en: 'This picture shows a badge at most; there is none inside it. Ask for the file with the badge in it, or its address.',
    fil: 'Larawan lamang ito; walang badge sa loob nito. Humingi ng file na may badge sa loob, o ng address nito.',
  },
  'invalid-image/baked_twice': {
    en: 'There is more than one badge inside this picture, and nobody can say which one counts. Ask for the JSON file.',
    fil: 'Higit sa isa ang badge sa loob ng larawang ito, at hindi masasabi kung alin ang mabibilang. Humingi ng JSON file.',
  },
  'invalid-image/svg_doctype': {
    en: 'This SVG holds declarations that are not read, because they can do harm. Ask for the JSON file.',
    fil: 'May mga deklarasyon ang SVG na ito na hindi binabasa, dahil maaaring makapinsala. Humingi ng JSON file.',
  },
  'invalid-image/image_type': {
    en: 'This kind of file carries no badge: give JSON, a signed token, a PNG, an SVG or a PDF.',
    fil: 'Walang badge sa ganitong uri ng file: magbigay ng JSON, nilagdaang token, PNG, SVG o PDF.',
  },
  'invalid-image/pdf_no_badge': {
    en: 'No badge is attached to this PDF. Ask for the file with the badge in it, or open the address that is printed on the paper.',
    fil: 'Walang badge na nakalakip sa PDF na ito. Humingi ng file na may badge sa loob, o buksan ang address na nakalimbag sa papel.',
  },
  'invalid-image/pdf_twice': {
    en: 'More than one badge is attached to this PDF, and nobody can say which one counts. Ask for the JSON file.',
    fil: 'Higit sa isa ang badge na nakalakip sa PDF na ito, at hindi masasabi kung alin ang mabibilang. Humingi ng JSON file.',
  },
  'invalid-image/pdf_broken': {
    en: 'This PDF is damaged and cannot be read. Ask for it again, or open the address that is printed on the paper.',
    fil: 'Sira at hindi mabasa ang PDF na ito. Hingin itong muli, o buksan ang address na nakalimbag sa papel.',
  },
  'invalid-image/pdf_locked': {
    en: 'This PDF is locked with a password and is not read. Ask for one without, or for the JSON file.',
    fil: 'May password ang PDF na ito kaya hindi binabasa. Humingi ng walang password, o ng JSON file.',
  },
  'invalid-image/pdf_too_much': {
    en: 'This PDF would take too much time or memory to read. Ask for the JSON file.',
    fil: 'Masyadong matagal o malaki ang kailangan para mabasa ang PDF na ito. Humingi ng JSON file.',
  },
  'fetch-failed/http-status': {
    en: 'There is no badge at this address, or it may not be read. Nothing is said about the badge.',
    fil: 'Walang badge sa address na ito, o hindi ito maaaring basahin. Walang sinasabi ito tungkol sa badge.',
  },
  'payload-too-large': {
    en: 'This is too large for a badge.',
    fil: 'Masyadong malaki ito para sa isang badge.',
  },
  'rate-limited': {
    en: 'Too many requests from your network. Wait a minute and try again.',
    fil: 'Napakaraming kahilingan mula sa inyong network. Maghintay ng isang minuto at subukang muli.',
  },
  'not-found': { en: 'There is nothing at this address.', fil: 'Walang anuman sa address na ito.' },
  'method-not-allowed': {
    en: 'This address does not answer that kind of request.',
    fil: 'Hindi sinasagot ng address na ito ang ganitong kahilingan.',
  },
  gone: { en: 'This is no longer available.', fil: 'Wala na ito rito.' },
  unavailable: {
    en: 'The service is not ready. Try again in a minute.',
    fil: 'Hindi pa handa ang serbisyo. Subukang muli pagkaraan ng isang minuto.',
  },
  internal: { en: 'Something went wrong on our side.', fil: 'Nagkaroon ng pagkakamali sa panig namin.' },
};

export interface ShownProblem {
  kind: string;
  /** Narrows the kind, e.g. `html` of `fetch-failed`. */
  code?: string;
  /** The problem's own text. */
  detail: string;
}

/** @returns undefined for a kind without words; its own text is then all there is */
export function problemText({ kind, code }: Pick<ShownProblem, 'kind' | 'code'>): Text | undefined {
  const key = code === undefined ? kind : `${kind}/${code}`;
  if (Object.hasOwn(TEXTS, key)) return TEXTS[key];
  return Object.hasOwn(TEXTS, kind) ? TEXTS[kind] : undefined;
}
