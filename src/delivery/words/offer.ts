import type { Text } from '#kernel';
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

type Content = MailContents['offer'];

const OWN: Text = {
  en: '{institution} has issued you the badge “{achievement}”. Look at it, download it or keep it in a wallet here:',
  fil: 'Ginawaran ka ng {institution} ng badge na “{achievement}”. Tingnan, i-download o itago ito sa wallet dito:',
};

/** Whose award it is, why the guardian gets the letter, and until when. */
function toGuardian({ learner }: Content): readonly Text[] {
  return [
    learner === undefined
      ? {
          en: '{institution} has issued the badge “{achievement}” to a learner for whom you are recorded as guardian.',
          fil: 'Iginawad ng {institution} ang badge na “{achievement}” sa isang mag-aaral. Ikaw ang nakatala bilang kanyang guardian.',
        }
      : {
          en: '{institution} has issued the badge “{achievement}” to {learner}, for whom you are recorded as guardian.',
          fil: 'Iginawad ng {institution} ang badge na “{achievement}” kay {learner}. Ikaw ang nakatala bilang kanyang guardian.',
        },
    {
      en: 'You get this message because the learner is under age: you act for them until they come of age on {guardianUntil}. From that day they act alone, and messages go to them.',
      fil: 'Natanggap mo ang mensaheng ito dahil menor de edad ang mag-aaral: ikaw ang kikilos para sa kanya hanggang sumapit siya sa hustong gulang sa {guardianUntil}. Mula sa araw na iyon, siya na mismo ang kikilos at sa kanya na ipadadala ang mga mensahe.',
    },
    {
      en: 'Look at the badge, download it or keep it in a wallet for the learner here:',
      fil: 'Tingnan, i-download o itago sa wallet ang badge para sa mag-aaral dito:',
    },
  ];
}

/** An award waits to be taken. */
export const offerWords: Words<Content> = {
  subject: (content) =>
    content.guardianUntil === undefined
      ? {
          en: '{institution}: your badge “{achievement}”',
          fil: '{institution}: ang iyong badge na “{achievement}”',
        }
      : {
          en: '{institution}: the badge “{achievement}” of a learner you act for',
          fil: '{institution}: badge na “{achievement}” ng mag-aaral na kinakatawan mo',
        },
  paragraphs: (content) => [
    ...(content.guardianUntil === undefined ? [OWN] : toGuardian(content)),
    'link',
    {
      en: 'Whoever has this link can take the badge, so keep it to yourself.',
      fil: 'Makukuha ang badge ng sinumang may hawak ng link na ito, kaya huwag itong ibigay sa iba.',
    },
    CONFIRMATION[content.confirmation ?? 'none'],
    'until',
    {
      en: 'If you did not expect this message, you need not do anything.',
      fil: 'Kung hindi mo inaasahan ang mensaheng ito, wala kang kailangang gawin.',
    },
  ],
};
