import type { Mail } from '#delivery';
import { type Clock, type Random, randomToken, type Transactor } from '#kernel';
import { type Accounts, createAccounts } from './accounts.ts';
import { createOpenIdProviders, type OpenIdProviders } from './openid.ts';
import type { OpenIdClient } from './openid-client.ts';
import { createPasskeys, type Passkeys } from './passkeys.ts';
import type { PeopleCommit, PeopleReader } from './ports.ts';
import { createSessions, type Sessions } from './sessions.ts';
import { createSignIn, type SignIn } from './sign-in.ts';
import { createSignInMail } from './sign-in-mail.ts';
import { createWebAuthn } from './webauthn.ts';

/** Those who act for institutions and run the service: their accounts, how they sign in, and what a session may do. */
export interface People {
  accounts: Accounts;
  signIn: SignIn;
  passkeys: Passkeys;
  sessions: Sessions;
  openId: OpenIdProviders;
  /** For the cookie that ties a link, a challenge or a sign-in elsewhere to one browser. */
  newBrowser(): string;
}

export interface PeopleDeps {
  reader: PeopleReader & { institution(tenant: string): Promise<object | undefined> };
  transactor: Transactor<PeopleCommit>;
  mail: Pick<Mail, 'queued' | 'available'>;
  openIdClient: OpenIdClient;
  clock: Clock;
  random: Random;
  /** No trailing slash. */
  publicUrl: string;
  /** What goes wrong where nobody waits for an answer. */
  onError(error: unknown): void;
}

export function createPeople(deps: PeopleDeps): People {
  const { publicUrl, random } = deps;
  const mail = createSignInMail(deps.mail, publicUrl);
  return {
    accounts: createAccounts({ ...deps, mail }),
    signIn: createSignIn({ ...deps, mail }),
    passkeys: createPasskeys({ ...deps, mail, webAuthn: createWebAuthn(publicUrl) }),
    sessions: createSessions(deps),
    openId: createOpenIdProviders({
      ...deps,
      client: deps.openIdClient,
      insecure: new URL(publicUrl).protocol === 'http:',
    }),
    newBrowser: () => randomToken(random),
  };
}
