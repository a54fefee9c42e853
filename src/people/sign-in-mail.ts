import { SYSTEM_TENANT } from '#auth';
import type { Mail, MailWrite } from '#delivery';
import { Problem } from '#kernel';
import type { AccountRecord } from './ports.ts';

/** What the words of a message say besides the link. */
export type SignInReason = 'link' | 'invitation' | 'recovery';

type Lang = 'en' | 'fil';

/** Messages to officers, as writes that commit with whatever they tell of. */
export interface SignInMail {
  /** @throws Problem `unavailable` when no mail can be sent */
  assertAvailable(): void;
  /** The link that signs in, once. */
  link(account: AccountRecord, token: string, lang: Lang): MailWrite[];
  /** Where to sign in; nothing secret. */
  invitation(account: AccountRecord): MailWrite[];
  recovery(account: AccountRecord): MailWrite[];
}

/** @param publicUrl no trailing slash */
export function createSignInMail(mail: Pick<Mail, 'queued' | 'available'>, publicUrl: string): SignInMail {
  const message = ({ accountId, email }: AccountRecord, lang: Lang, reason: SignInReason, link: string) => {
    const content = { reason, link, service: new URL(publicUrl).host };
    return mail.queued({ ...{ tenant: SYSTEM_TENANT, kind: 'signIn', to: email, lang, object: accountId }, content });
  };
  const page = `${publicUrl}/sign-in`;
  // The account is there without the message: whoever made it can say where to sign in.
  const told = (account: AccountRecord, reason: SignInReason) =>
    mail.available ? [message(account, 'en', reason, page)] : [];
  return {
    assertAvailable() {
      if (!mail.available) throw new Problem('unavailable', 'this service cannot send mail');
    },
    link: (account, token, lang) => [
      message(account, lang, 'link', `${page}/link?token=${token}${lang === 'fil' ? '&lang=fil' : ''}`),
    ],
    invitation: (account) => told(account, 'invitation'),
    recovery: (account) => told(account, 'recovery'),
  };
}
