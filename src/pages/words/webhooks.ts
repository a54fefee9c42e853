import type { Text } from '#kernel';

export const WEBHOOKS = {
  title: { en: 'Webhooks', fil: 'Mga webhook' },
  one: { en: 'One webhook', fil: 'Isang webhook' },
  lead: {
    en: 'Systems of your institution that are told what happens to awards.',
    fil: 'Mga sistema ng inyong institusyon na sinasabihan ng nangyayari sa mga gawad.',
  },
  none: {
    en: 'No system is told yet. A webhook is made by the API (POST /v1/webhooks).',
    fil: 'Wala pang sistemang sinasabihan. Ginagawa ang webhook sa pamamagitan ng API (POST /v1/webhooks).',
  },
  address: { en: 'Address', fil: 'Address nito' },
  description: { en: 'Description', fil: 'Paglalarawan' },
  state: { en: 'State', fil: 'Kalagayan' },
  events: { en: 'Events', fil: 'Mga pangyayari' },
  event: { en: 'Event', fil: 'Pangyayari' },
  allEvents: { en: 'all', fil: 'lahat' },
  made: { en: 'Made', fil: 'Ginawa' },
  failingSince: { en: 'Nothing gets through since', fil: 'Walang nakakarating mula pa noong' },
  restUntil: { en: 'Tried again after', fil: 'Susubukan muli pagkatapos ng' },
  disabled: { en: 'Disabled', fil: 'Itinigil' },
  deliveries: { en: 'Newest deliveries', fil: 'Mga pinakabagong padala' },
  noDeliveries: { en: 'Nothing was sent there yet.', fil: 'Wala pang naipadala roon.' },
  happened: { en: 'Happened', fil: 'Nangyari' },
  attempts: { en: 'Attempts', fil: 'Mga pagsubok' },
  answer: { en: 'Last answer', fil: 'Huling sagot' },
  next: { en: 'Next attempt', fil: 'Susunod na pagsubok' },
  again: { en: 'Send again', fil: 'Ipadala muli' },
  test: { en: 'Send a test event', fil: 'Magpadala ng pagsubok' },
  only: { en: 'Show', fil: 'Ipakita' },
  everything: { en: 'everything', fil: 'lahat' },
} as const satisfies Record<string, Text>;

export const WEBHOOK_STATES = {
  active: { en: 'active', fil: 'gumagana' },
  paused: { en: 'paused', fil: 'nakahinto muna' },
  disabled: { en: 'disabled', fil: 'itinigil' },
} as const satisfies Record<string, Text>;

export const DISABLED_REASONS = {
  failing: { en: 'nothing got through for three days', fil: 'walang nakarating sa loob ng tatlong araw' },
  gone: { en: 'it said that it is gone (410)', fil: 'sinabi nitong wala na ito (410)' },
} as const satisfies Record<string, Text>;

export const DELIVERY_STATES = {
  pending: { en: 'waiting', fil: 'naghihintay' },
  delivered: { en: 'delivered', fil: 'naihatid' },
  failed: { en: 'given up', fil: 'isinuko na' },
} as const satisfies Record<string, Text>;

export const DELIVERY_FAULTS: Readonly<Record<string, Text>> = {
  timeout: { en: 'no answer in time', fil: 'walang sagot sa takdang oras' },
  tls: { en: 'no trusted TLS connection', fil: 'walang mapagkakatiwalaang koneksiyong TLS' },
  dns: { en: 'the name does not resolve', fil: 'hindi mahanap ang pangalan' },
  connect: { en: 'no connection', fil: 'walang koneksiyon' },
  refused: { en: 'the address may not be reached', fil: 'hindi pinahihintulutang puntahan ang address' },
};
