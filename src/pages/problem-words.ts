import type { Text } from '#kernel';

/** What went wrong, for people: by `kind/code`, else by kind. The problem's own text follows it small, in English. */
const TEXTS: Readonly<Record<string, Text>> = {
  'malformed-json': {
    en: 'This is not a badge: it cannot be read as JSON.',
    fil: 'Hindi ito badge: hindi ito mabasa bilang JSON.',
  },
  'invalid-request': {
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
    en: 'This is a web page, not a badge. Look on it for the badge itself: a link to JSON, or a file to download.',
    fil: 'Pahina ito sa web, hindi badge. Hanapin doon ang badge mismo: link sa JSON, o file na maida-download.',
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
