import type { MailContents } from '../ports.ts';
import type { Words } from './words.ts';

const CONFIRMATION = {
  none: undefined,
  txCode: {
    en: 'You will be asked for a code that {institution} gives you in another way.',
    fil: 'Hihingan ka ng code na ibibigay sa iyo ng {institution} sa ibang paraan.',
  },
  email: {
    en: 'You will be asked to show that this e-mail address is yours.',
    fil: 'Hihilinging ipakita mong sa iyo ang e-mail address na ito.',
  },
};

/** An award waits to be taken. */
export const offerWords: Words<MailContents['offer']> = {
  subject: {
    en: '{institution}: your badge “{achievement}”',
    fil: '{institution}: ang iyong badge na “{achievement}”',
  },
  paragraphs: ({ confirmation = 'none' }) => [
    {
      en: '{institution} has issued you the badge “{achievement}”. Look at it, download it or keep it in a wallet here:',
      fil: 'Ginawaran ka ng {institution} ng badge na “{achievement}”. Tingnan, i-download o itago ito sa wallet dito:',
    },
    'link',
    {
      en: 'Whoever has this link can take the badge, so keep it to yourself.',
      fil: 'Makukuha ang badge ng sinumang may hawak ng link na ito, kaya huwag itong ibigay sa iba.',
    },
    CONFIRMATION[confirmation],
    'until',
    {
      en: 'If you did not expect this message, you need not do anything.',
      fil: 'Kung hindi mo inaasahan ang mensaheng ito, wala kang kailangang gawin.',
    },
  ],
};
