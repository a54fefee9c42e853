import type { MailContents } from '../ports.ts';
import type { Words } from './words.ts';

/** The code stands in the text only: a subject is shown on locked screens. */
export const mailCodeWords: Words<MailContents['mailCode']> = {
  subject: { en: 'Your code for {host}', fil: 'Ang iyong code para sa {host}' },
  paragraphs: () => [
    { en: 'Your code is', fil: 'Ang iyong code ay' },
    'code',
    {
      en: 'Type it on the page where you asked for it. It works once.',
      fil: 'I-type ito sa pahina kung saan mo ito hiningi. Minsan lamang itong gagana.',
    },
    'minutes',
    {
      en: 'Nobody will ever ask you for it by phone or message. If you did not ask for a code, you need not do anything.',
      fil: 'Walang hihingi nito sa iyo sa telepono o mensahe. Kung hindi ka humingi ng code, wala kang kailangang gawin.',
    },
  ],
};
