import type { Text } from '#kernel';

/** Words for hosts of others at which a learner has badges, on the learner's page. `{name}` is a place for a value. */
export const HOSTS = {
  hosts: { en: 'Other places where you have badges', fil: 'Iba pang lugar na may mga badge ka' },
  lead: {
    en: 'A backpack or school that offers the Open Badges 3.0 API can be connected. Badges are brought or sent only when you press the button, never by themselves.',
    fil: 'Maikokonekta ang backpack o paaralang may Open Badges 3.0 API. Dinadala o ipinadadala lamang ang mga badge kapag pinindot mo ang button, hindi kailanman kusa.',
  },
  address: { en: 'Its address', fil: 'Ang address nito' },
  connect: { en: 'Connect', fil: 'Ikonekta' },
  going: {
    en: 'It calls itself “{title}” and is at {host}. Go on only if you know it. It will ask you to allow this service to:',
    fil: '“{title}” ang tawag nito sa sarili at nasa {host} ito. Magpatuloy lamang kung kilala mo ito. Hihilingin nitong pahintulutan mo ang serbisyong ito na:',
  },
  willPull: { en: 'read your badges there', fil: 'basahin ang mga badge mo roon' },
  willPush: { en: 'add badges of yours there', fil: 'magdagdag doon ng mga badge mo' },
  goOn: { en: 'Go on to {host}', fil: 'Magpatuloy sa {host}' },
  since: { en: 'connected {when}', fil: 'nakakonekta mula {when}' },
  ended: {
    en: 'It no longer knows this connection. Connect again.',
    fil: 'Hindi na nito kilala ang koneksiyong ito. Kumonekta muli.',
  },
  pull: { en: 'Bring my badges', fil: 'Dalhin ang mga badge ko' },
  all: { en: 'also those from before the last time', fil: 'pati ang mula bago ang huling pagkakataon' },
  push: { en: 'Send this badge there', fil: 'Ipadala roon ang badge na ito' },
  which: { en: 'A badge of yours', fil: 'Isang badge mo' },
  leave: { en: 'End this connection', fil: 'Tapusin ang koneksiyong ito' },
  transfers: { en: 'What you asked for', fil: 'Mga hiniling mo' },
  pulled: { en: 'Bring badges', fil: 'Pagdadala ng mga badge' },
  pushed: { en: 'Send “{name}”', fil: 'Pagpapadala ng “{name}”' },
  aBadge: { en: 'a badge', fil: 'isang badge' },
  waiting: {
    en: 'under way. Load the page again to see more.',
    fil: 'isinasagawa. I-load muli ang pahina upang makita ang kasunod.',
  },
  waits: { en: 'waits', fil: 'naghihintay' },
  done: { en: 'done', fil: 'tapos na' },
  failed: { en: 'did not work', fil: 'hindi nagtagumpay' },
  created: { en: 'the host has it now', fil: 'nasa host na ito' },
  replaced: { en: 'the host had it, and took this edition', fil: 'nasa host na ito, at kinuha ang edisyong ito' },
  unchanged: { en: 'the host had it already', fil: 'dati nang nasa host ito' },
  counts: {
    en: '{kept} brought, {known} known already, {refused} not kept',
    fil: '{kept} ang nadala, {known} ang dati nang narito, {refused} ang hindi itinabi',
  },
  said: { en: 'The host says: “{said}”', fil: 'Sabi ng host: “{said}”' },
  again: { en: 'It is tried again on {when}', fil: 'Susubukang muli sa {when}' },
  notKept: { en: 'Which were not kept, and why', fil: 'Alin ang hindi itinabi, at bakit' },
  noBadge: { en: 'It is no badge that can be kept.', fil: 'Hindi ito badge na maitatabi.' },
  asked: {
    en: 'It is under way. It goes on when you leave this page.',
    fil: 'Isinasagawa na ito. Magpapatuloy ito kahit umalis ka sa pahina.',
  },
  notConnected: { en: 'It was not connected: {detail}', fil: 'Hindi ito naikonekta: {detail}' },
  notAsked: { en: 'That was not possible: {detail}', fil: 'Hindi iyon nagawa: {detail}' },
  hostLeft: {
    en: 'The connection has ended, and the host took its tokens back. What it has stays there.',
    fil: 'Tapos na ang koneksiyon, at binawi na ng host ang mga token nito. Mananatili roon ang nasa kanila.',
  },
  hostForgotten: {
    en: 'The connection has ended here. The host was not told, or did not answer: end it there too.',
    fil: 'Tapos na rito ang koneksiyon. Hindi nasabihan o hindi sumagot ang host: tapusin din ito roon.',
  },
} as const satisfies Record<string, Text>;
