import type { Text } from '#kernel';
import type { MailContents } from '../ports.ts';
import type { Words } from './words.ts';

const TOLD: Record<NonNullable<MailContents['signIn']['reason']>, readonly Text[]> = {
  invitation: [
    {
      en: 'You have an account at {host} now. Sign in with your e-mail address on this page; it asks you to add a passkey:',
      fil: 'May account ka na sa {host}. Mag-sign in gamit ang iyong e-mail address sa pahinang ito; hihilingin nitong magdagdag ka ng passkey:',
    },
  ],
  passkeyAdded: [
    {
      en: 'A passkey was added to your account at {host}. You see all of them here:',
      fil: 'May idinagdag na passkey sa iyong account sa {host}. Makikita mo ang lahat dito:',
    },
    {
      en: 'If it was not you, tell the operator of this service at once: somebody can act in your name.',
      fil: 'Kung hindi ikaw ito, ipaalam agad sa operator ng serbisyong ito: may makakakilos gamit ang pangalan mo.',
    },
  ],
  passkeyRemoved: [
    {
      en: 'A passkey was removed from your account at {host}, and all other sessions ended. You see the rest here:',
      fil: 'May inalis na passkey sa iyong account sa {host}, at tinapos ang lahat ng ibang session. Makikita mo ang natitira dito:',
    },
    {
      en: 'If it was not you, tell the operator of this service at once: somebody acts in your name.',
      fil: 'Kung hindi ikaw ito, ipaalam agad sa operator ng serbisyong ito: may kumikilos gamit ang pangalan mo.',
    },
  ],
  recovery: [
    {
      en: 'The passkeys of your account at {host} were removed, because you said that you lost them. Sign in here and add a new one:',
      fil: 'Inalis ang mga passkey ng iyong account sa {host} dahil sinabi mong nawala ang mga ito. Mag-sign in dito at magdagdag ng bago:',
    },
    {
      en: 'If you did not say so, tell the operator of this service at once: somebody wants to act in your name.',
      fil: 'Kung hindi mo ito sinabi, ipaalam agad sa operator ng serbisyong ito: may gustong kumilos gamit ang pangalan mo.',
    },
  ],
};

/** A link that signs a person in, or what an account's owner has to know. */
export const signInWords: Words<MailContents['signIn']> = {
  subject: { en: 'Your account at {host}', fil: 'Ang iyong account sa {host}' },
  paragraphs: ({ institution, reason }) => {
    if (reason !== undefined) {
      const [first, ...rest] = TOLD[reason];
      return [first, 'link', ...rest];
    }
    return [
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
    ];
  },
};
