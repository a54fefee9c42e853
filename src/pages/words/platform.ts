import type { Text } from '#kernel';

/** Applications that a learner lets in, on the way in and on their own page. `{name}` is a place for a value. */
export const PLATFORM = {
  title: {
    en: 'An application asks to work with your badges',
    fil: 'May application na humihiling gumamit ng mga badge mo',
  },
  application: { en: 'Who asks', fil: 'Sino ang humihiling' },
  named: {
    en: 'It calls itself “{name}”; nobody checked that.',
    fil: '“{name}” ang tawag nito sa sarili; walang nagsuri niyon.',
  },
  host: { en: 'Its site', fil: 'Ang site nito' },
  hostNote: {
    en: 'What you allow goes to this site. If you did not come from there, stop here.',
    fil: 'Mapupunta sa site na ito ang pahihintulutan mo. Kung hindi ka galing doon, huminto rito.',
  },
  terms: { en: 'Its terms', fil: 'Mga tuntunin nito' },
  policy: { en: 'Its privacy policy', fil: 'Patakaran nito sa privacy' },
  wants: { en: 'It would be able to', fil: 'Magagawa nitong' },
  readCredentials: {
    en: 'read all badges that belong to you here, also those you hide from others',
    fil: 'basahin ang lahat ng badge mo rito, pati ang mga itinatago mo sa iba',
  },
  upsertCredentials: {
    en: 'add badges to yours, or replace one by a later edition; it can remove none',
    fil: 'magdagdag ng badge sa iyo, o palitan ang isa ng mas bagong edisyon; wala itong maaalis',
  },
  readProfile: {
    en: 'read your profile: your e-mail address, and what was written into it',
    fil: 'basahin ang iyong profile: ang email address mo, at ang nakasulat doon',
  },
  updateProfile: { en: 'change your profile', fil: 'baguhin ang iyong profile' },
  until: {
    en: 'For at most 180 days. You can end it at any time on your page.',
    fil: 'Hanggang 180 araw lamang. Maaari mo itong tapusin anumang oras sa iyong pahina.',
  },
  address: {
    en: 'First show that an address is yours: we send a code to it. No account and no password are needed.',
    fil: 'Ipakita muna na iyo ang isang address: magpapadala kami ng code doon. Hindi kailangan ng account o password.',
  },
  email: { en: 'Your e-mail address', fil: 'Ang iyong email address' },
  you: { en: 'You are here as', fil: 'Narito ka bilang' },
  allow: { en: 'Allow this', fil: 'Pahintulutan ito' },
  deny: { en: 'No, stop here', fil: 'Huwag, itigil dito' },

  connected: { en: 'Connected applications', fil: 'Mga nakakonektang application' },
  connectedLead: {
    en: 'They may do this until you end it. What they copied before stays with them.',
    fil: 'Magagawa nila ito hanggang tapusin mo. Mananatili sa kanila ang nakopya na nila.',
  },
  since: { en: 'Since {since}, until {until}', fil: 'Mula {since}, hanggang {until}' },
  may: { en: 'It may', fil: 'Magagawa nitong' },
  disconnect: { en: 'End this connection', fil: 'Tapusin ang koneksiyong ito' },
  disconnected: {
    en: 'The connection has ended. That application gets nothing from here any more.',
    fil: 'Tapos na ang koneksiyon. Wala nang makukuha rito ang application na iyon.',
  },
  notDisconnected: { en: 'It could not be ended: {detail}', fil: 'Hindi ito natapos: {detail}' },
} as const satisfies Record<string, Text>;
