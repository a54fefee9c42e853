import type { MailContents } from '../ports.ts';
import type { Words } from './words.ts';

/** A link that signs a person in. */
export const signInWords: Words<MailContents['signIn']> = {
  subject: { en: 'Sign in to {host}', fil: 'Mag-sign in sa {host}' },
  paragraphs: ({ institution }) => [
    institution === undefined
      ? { en: 'Sign in with this link:', fil: 'Mag-sign in gamit ang link na ito:' }
      : {
          en: 'Sign in for {institution} with this link:',
          fil: 'Mag-sign in para sa {institution} gamit ang link na ito:',
        },
    'link',
    {
      en: 'It works once. Do not pass it on: it is as good as a key.',
      fil: 'Minsan lamang itong gagana. Huwag itong ipasa sa iba: parang susi ito.',
    },
    'minutes',
    {
      en: 'If you did not ask for it, you need not do anything: nobody was signed in.',
      fil: 'Kung hindi mo ito hiningi, wala kang kailangang gawin: walang nakapag-sign in.',
    },
  ],
};
