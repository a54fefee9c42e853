import type { Text } from '#kernel';
import type { Origin, Readable, UnreadForm } from '../input/model.ts';
import { type Check, check } from '../report.ts';

const UNREAD: Record<UnreadForm, { code: string; message: Text }> = {
  cose: {
    code: 'unsupported',
    message: {
      en: 'It is secured with COSE, which is not read here. Ask its holder for another form of it.',
      fil: 'COSE ang gamit nitong panseguridad, na hindi binabasa rito. Humingi sa may hawak ng ibang anyo nito.',
    },
  },
  'open-badges-2': {
    code: 'open_badges_2',
    message: {
      en: 'It is a badge of Open Badges 2.0 or older. Those are not verified here: ask its issuer for the badge as Open Badges 3.0.',
      fil: 'Badge ito ng Open Badges 2.0 o mas luma. Hindi pinatutunayan dito ang mga iyon: humingi sa nagkaloob ng badge na Open Badges 3.0.',
    },
  },
};

/** The check `document` of something that was recognised and is not read: never a pass, never a fail. */
export function checkUnread(form: UnreadForm, origin: Origin): Check {
  const { code, message } = UNREAD[form];
  return check('document', 'unknown', code, message, { form, ...origin });
}

/** The same check, saying also in what form the badge came and at which address it was found. */
export function withOrigin(one: Check, { kind, origin }: Readable): Check {
  const form = kind === 'jwt' ? { form: 'jwt' } : {};
  return { ...one, evidence: { ...one.evidence, ...form, ...origin } };
}
