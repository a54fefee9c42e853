import type { Text } from '#kernel';
import type { TransferCode } from './ports.ts';

/** Why a host was not connected. */
export const REFUSALS = {
  no_address: {
    en: 'This is no address of a host: write it as badges.example.org',
    fil: 'Hindi ito address ng isang host: isulat gaya ng badges.example.org',
  },
  not_https: { en: 'Only addresses with https are used', fil: 'Mga address na may https lamang ang ginagamit' },
  own_host: { en: 'This is the service you are at', fil: 'Ito mismo ang serbisyong kinaroroonan mo' },
  not_a_host: {
    en: 'What stands there is no service description of Open Badges 3.0',
    fil: 'Hindi service description ng Open Badges 3.0 ang naroon',
  },
  other_host: {
    en: 'The service description of this host leads to another host, so it is not used',
    fil: 'Papunta sa ibang host ang service description ng host na ito kaya hindi ito ginamit',
  },
  nothing_to_ask: {
    en: 'This host offers neither reading nor adding badges',
    fil: 'Walang iniaalok ang host na ito na pagbasa o pagdagdag ng badge',
  },
  no_answer: { en: 'The host does not answer as it should', fil: 'Hindi sumasagot nang tama ang host' },
  registration_refused: {
    en: 'The host does not let this service register',
    fil: 'Hindi pinahihintulutan ng host na magparehistro ang serbisyong ito',
  },
  state_unknown: {
    en: 'Nobody in this session was sent to that host, or it was too long ago. Begin again on your page',
    fil: 'Walang ipinadala sa host na iyon mula sa session na ito, o matagal na iyon. Magsimulang muli sa iyong pahina',
  },
  denied: { en: 'You did not allow it at the host', fil: 'Hindi mo ito pinahintulutan sa host' },
  not_granted: { en: 'The host did not let this service in', fil: 'Hindi pinapasok ng host ang serbisyong ito' },
  other_issuer: {
    en: 'The answer comes from somebody else than the host you were sent to',
    fil: 'Galing sa iba ang sagot, hindi sa host na pinuntahan mo',
  },
  scope_grown: {
    en: 'The host gave more than was asked for, so it was not taken',
    fil: 'Higit sa hiniling ang ibinigay ng host kaya hindi ito tinanggap',
  },
} as const satisfies Record<string, Text>;

export type RefusalCode = keyof typeof REFUSALS;

/** Why a transfer failed, or what it waits for. */
export const TRANSFER_WORDS: Readonly<Record<TransferCode, Text>> = {
  busy: { en: 'The host is busy', fil: 'Abala ang host' },
  no_answer: { en: 'The host did not answer in time', fil: 'Hindi sumagot sa takdang oras ang host' },
  connect_again: {
    en: 'The host no longer knows this connection: connect again',
    fil: 'Hindi na kilala ng host ang koneksiyong ito: kumonekta muli',
  },
  forbidden: { en: 'The host does not allow this', fil: 'Hindi ito pinahihintulutan ng host' },
  refused: { en: 'The host refused it', fil: 'Tinanggihan ito ng host' },
  not_understood: {
    en: 'The host answered in a way that Open Badges 3.0 does not know',
    fil: 'Sumagot ang host sa paraang hindi kilala ng Open Badges 3.0',
  },
  link_elsewhere: {
    en: 'The host said that more of your badges are somewhere else; nobody was asked there',
    fil: 'Sinabi ng host na nasa ibang lugar ang iba mo pang badge; walang tinanong doon',
  },
  too_large: {
    en: 'The host sent more than is read at once',
    fil: 'Mas malaki ang ipinadala ng host kaysa binabasa nang isahan',
  },
  too_many: {
    en: 'There are more badges at the host than are brought at once',
    fil: 'Mas marami ang badge sa host kaysa nadadala nang isahan',
  },
  quota: {
    en: 'You keep as many badges from elsewhere as there is room for: remove some',
    fil: 'Puno na ang lugar mo para sa mga badge mula sa iba: mag-alis ng ilan',
  },
  later: {
    en: 'So many badges came in this hour that the rest waits',
    fil: 'Napakaraming badge ang dumating sa oras na ito kaya naghihintay ang iba',
  },
  gone: { en: 'The badge is no longer yours to send', fil: 'Hindi mo na maipadadala ang badge' },
};
