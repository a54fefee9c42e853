import { SYSTEM_TENANT } from '#auth';
import type { Mail, MailContents, MailWrite } from '#delivery';
import { Problem } from '#kernel';
import type { AccountRecord } from './ports.ts';

type Lang = 'en' | 'fil';

/** Messages to officers, as writes that commit with whatever they tell of. */
export interface SignInMail {
  /** @throws Problem `unavailable` when no mail can be sent */
  assertAvailable(): void;
  /** The link that signs in, once. */
  link(account: AccountRecord, token: string, lang: Lang, expiresAt: string): MailWrite[];
  /** What became of the account, and where to sign in; nothing secret. None when no mail can be sent: whoever made the account can say so as well. */
  told(account: AccountRecord, reason: NonNullable<MailContents['signIn']['reason']>): MailWrite[];
}

/** @param publicUrl no trailing slash */
export function createSignInMail(mail: Pick<Mail, 'queued' | 'available'>, publicUrl: string): SignInMail {
  const about = ({ accountId, email }: AccountRecord) =>
    ({ tenant: SYSTEM_TENANT, kind: 'signIn', to: email, object: accountId }) as const;
  const page = `${publicUrl}/sign-in`;
  return {
    assertAvailable() {
      if (!mail.available) throw new Problem('unavailable', 'this service cannot send mail');
    },
    link(account, token, lang, expiresAt) {
      const link = `${page}/link?token=${token}${lang === 'fil' ? '&lang=fil' : ''}`;
      return [mail.queued({ ...about(account), lang, expiresAt, content: { link } })];
    },
    told(account, reason) {
      const lang = account.lang ?? 'en';
      return mail.available ? [mail.queued({ ...about(account), lang, content: { link: page, reason } })] : [];
    },
  };
}
