import { fieldProblem, formatInstant, Problem, randomToken, sha256Hex, UniqueViolation } from '#kernel';
import { canonicalEmail } from './email.ts';
import { PEOPLE_LIMITS } from './policy.ts';
import { decided, type OpenedSession, opening, type SessionsDeps } from './sessions.ts';
import type { SignInMail } from './sign-in-mail.ts';
import { digestOf } from './tokens.ts';

export interface SignIn {
  /**
   * Sends a link by mail, good once within 15 minutes and in this browser. Answers alike, and after the same work, whether
   * the address has an account or not: which it is, is looked up afterwards.
   * @param browser of the cookie of this browser
   * @throws Problem `invalid-request`; `rate-limited` after five in an hour for one address, known or not; `unavailable`
   */
  ask(input: { email: string; browser: string; lang: 'en' | 'fil' }): Promise<void>;
  /** undefined for a link that is used, over, unknown, or was asked for in another browser. */
  useLink(input: { token: string; browser: string | undefined }): Promise<OpenedSession | undefined>;
  /** Resolves when every link that was asked for is on its way. */
  settled(): Promise<void>;
}

export interface SignInDeps extends SessionsDeps {
  mail: SignInMail;
  onError(error: unknown): void;
}

const TRIES = 10;

export function createSignIn(deps: SignInDeps): SignIn {
  const { reader, transactor, clock, random, mail } = deps;
  const sending = new Set<Promise<void>>();

  async function send(email: string, token: string, lang: 'en' | 'fil', expiresAt: string): Promise<void> {
    const account = await reader.accountByEmail(email);
    if (!account || account.deactivatedAt !== undefined) return;
    const { accountId } = account;
    const linkSha256 = digestOf(token)!;
    await transactor.commit([
      { op: 'signInLink.send', linkSha256, accountId },
      ...mail.link(account, token, lang, expiresAt),
    ]);
  }

  return {
    async ask({ email: given, browser, lang }) {
      mail.assertAvailable();
      const email = canonicalEmail(given);
      if (email === undefined) throw fieldProblem('invalid-request', '/email', 'must be an e-mail address');
      const browserSha256 = digestOf(browser);
      if (browserSha256 === undefined) throw new Error('a browser without its cookie');
      const token = randomToken(random);
      const now = clock.now().getTime();
      const instant = (ms: number) => formatInstant(new Date(ms));
      const row = {
        ...{ linkSha256: digestOf(token)!, emailSha256: sha256Hex(email), browserSha256 },
        ...{ createdAt: instant(now), expiresAt: instant(now + PEOPLE_LIMITS.linkMs) },
      };
      const since = instant(now - PEOPLE_LIMITS.linkWindowMs);
      const write = { op: 'signInLink.insert', row, most: PEOPLE_LIMITS.links, since } as const;
      let counted = false;
      for (let tries = 0; tries < TRIES && !counted; tries++) {
        counted = await decided(transactor.commit([write]), 'sign_in_links').catch((error: unknown) => {
          if (!(error instanceof UniqueViolation) || error.table !== 'signInLink.rate') throw error;
          throw new Problem('rate-limited', 'too many links were asked for with this address: wait an hour');
        });
      }
      if (!counted) throw new Problem('unavailable', 'too many ask at once');
      const work = send(email, token, lang, row.expiresAt)
        .catch(deps.onError)
        .finally(() => sending.delete(work));
      sending.add(work);
    },

    async useLink({ token, browser }) {
      const [linkSha256, browserSha256] = [digestOf(token), digestOf(browser)];
      if (linkSha256 === undefined || browserSha256 === undefined) return undefined;
      const accountId = (await reader.signInLink(linkSha256))?.accountId;
      const account = accountId === undefined ? undefined : await reader.account(accountId);
      if (!account || account.deactivatedAt !== undefined) return undefined;
      const { opened, writes } = await opening(deps, account, { assurance: 'link' });
      const at = formatInstant(clock.now());
      const use = { op: 'signInLink.use', linkSha256, browserSha256, at } as const;
      return (await decided(transactor.commit([use, ...writes]), 'signInLink.used')) ? opened : undefined;
    },

    async settled() {
      await Promise.all(sending);
    },
  };
}
