import { MAIL_KEPT_DAYS } from '#delivery';
import { CODE_MS, HOLDER_SESSION_MS } from '#holders';
import { KEPT_DAYS } from '#kept-reports';
import { LIMITS } from '#kernel';
import { type Retention, renderPrivacy } from '#pages';
import type { ApiDeps } from '../deps.ts';
import type { Handlers } from '../http/operation.ts';
import { publish } from '../http/publish.ts';
import { siteOf } from '../http/site.ts';

/** What the code that forgets goes by, so that the notice cannot say another number. */
const RETENTION: Retention = {
  sessionHours: HOLDER_SESSION_MS / 3_600_000,
  codeMinutes: CODE_MS / 60_000,
  mailDays: MAIL_KEPT_DAYS,
  answerMinutes: LIMITS.presentationAnswerMs / 60_000,
  reportDays: KEPT_DAYS,
};

export function publicPrivacy({ operator, privacyContact, specimen }: ApiDeps): Handlers<'getPrivacyPage'> {
  return {
    async getPrivacyPage(request, reply) {
      const body = renderPrivacy(siteOf(request, specimen), {
        ...{ operator, retention: RETENTION },
        ...(privacyContact === undefined ? {} : { privacyContact }),
      });
      return publish(request, reply, { body, type: 'text/html', cache: 'definition' });
    },
  };
}
