import { fieldProblem, formatInstant, isObject, Problem, parseStrictJson, sha256Hex, textFault } from '#kernel';
import { entry } from './audit.ts';
import { PEOPLE_LIMITS } from './policy.ts';
import type { AccountRecord, OfficerSessionRecord, PasskeyPurpose, PasskeyRecord } from './ports.ts';
import { decided, type OpenedSession, openedBy, opening, type SessionsDeps } from './sessions.ts';
import type { SignInMail } from './sign-in-mail.ts';
import { digestOf } from './tokens.ts';
import type { AssertionJson, AttestationJson, WebAuthn } from './webauthn.ts';

export interface Passkeys {
  /**
   * For `navigator.credentials.create` (`add`) or `.get` (`use`), as JSON of WebAuthn 3 section 5.1.8; good once, for five
   * minutes, for whoever holds that cookie. @throws Problem as `add`
   */
  options(input: { purpose: PasskeyPurpose; token: string | undefined; browser: string }): Promise<object>;
  /**
   * Adds one to the account of the session: the first by a session of a link, further ones by a session of a passkey.
   * The session that was opened by link is replaced by one that may act.
   * @throws Problem `unauthenticated`, `forbidden`, `invalid-request`, `conflict`
   */
  add(input: { token: string | undefined; name: string; credential: unknown }): Promise<OpenedSession | undefined>;
  /** Signs in. @throws Problem `unauthenticated`, alike for whatever is wrong */
  use(input: { token: string | undefined; browser: string | undefined; credential: unknown }): Promise<OpenedSession>;
  /** By a session of a passkey, which stays while all others end; the only passkey stays. @throws Problem `unauthenticated`, `forbidden`, `not-found`, `conflict` */
  remove(input: { token: string | undefined; credentialId: string }): Promise<void>;
}

export interface PasskeysDeps extends SessionsDeps {
  webAuthn: WebAuthn;
  mail: Pick<SignInMail, 'told'>;
}

const NAME_CHARS = 60;
const refused = () => new Problem('unauthenticated', 'this passkey does not sign in here');

export function createPasskeys(deps: PasskeysDeps): Passkeys {
  const { reader, transactor, clock, random, webAuthn, mail } = deps;

  /** @throws Problem `unauthenticated`, `forbidden` */
  async function mayAdd(token: string | undefined) {
    const opened = await openedBy(deps, token);
    if (!opened) throw new Problem('unauthenticated', 'sign in first');
    const passkeys = await reader.passkeys(opened.account.accountId);
    const { assurance } = opened.session;
    if (assurance === 'openid')
      throw new Problem('forbidden', 'the first passkey is added by a link that comes by mail');
    if (assurance === 'link' && passkeys.length > 0) throw new Problem('forbidden', 'sign in with your passkey first');
    if (passkeys.length >= PEOPLE_LIMITS.passkeys)
      throw new Problem('conflict', 'this account has many passkeys: remove one');
    return { ...opened, passkeys };
  }

  /** Uses it up, whatever becomes of the rest. */
  async function takeChallenge(credential: unknown, purpose: PasskeyPurpose, holderSha256: string) {
    const challenge = challengeIn(credential);
    if (challenge === undefined) return undefined;
    const at = formatInstant(clock.now());
    const challengeSha256 = sha256Hex(challenge);
    const write = { op: 'passkeyChallenge.use', challengeSha256, purpose, holderSha256, at } as const;
    return (await decided(transactor.commit([write]), 'passkeyChallenge.used')) ? challenge : undefined;
  }

  async function insert(row: PasskeyRecord, session: OfficerSessionRecord, account: AccountRecord) {
    const first = session.assurance === 'link';
    const { sessionSha256 } = session;
    const { opened, writes } = await opening(deps, account, { assurance: 'passkey', instead: session });
    const by = `account:${account.accountId}`;
    const kept = await decided(
      transactor.commit([
        { op: 'passkey.insert', row, first, sessionSha256 },
        ...(first ? writes : []),
        entry('passkey.add', account.accountId, row.createdAt, by, {
          detail: { passkey: sha256Hex(row.credentialId) },
        }),
        ...mail.told(account, 'passkeyAdded'),
      ]),
      ...['passkeys', 'passkey.first', 'passkey.session'],
    );
    if (!kept) throw new Problem('conflict', 'this passkey cannot be added: sign in again');
    return first ? opened : undefined;
  }

  return {
    async options({ purpose, token, browser }) {
      const challenge = random.bytes(32);
      const text = Buffer.from(challenge).toString('base64url');
      const now = clock.now();
      const holder = purpose === 'add' ? token : browser;
      const adding = purpose === 'add' ? await mayAdd(token) : undefined;
      const row = {
        ...{ challengeSha256: sha256Hex(text), purpose, holderSha256: digestOf(holder)! },
        createdAt: formatInstant(now),
        expiresAt: formatInstant(new Date(now.getTime() + PEOPLE_LIMITS.challengeMs)),
      };
      await transactor.commit([{ op: 'passkeyChallenge.insert', row }]);
      if (adding) return webAuthn.creation({ challenge, account: adding.account, passkeys: adding.passkeys });
      // Whoever came by link may hold a key that cannot be found without being named.
      const known = await openedBy(deps, token);
      return webAuthn.request({ challenge, passkeys: known ? await reader.passkeys(known.account.accountId) : [] });
    },

    async add({ token, name, credential }) {
      const fault = textFault(name, NAME_CHARS);
      if (fault) throw fieldProblem('invalid-request', '/name', fault);
      const { session, account } = await mayAdd(token);
      const challenge = await takeChallenge(credential, 'add', session.sessionSha256);
      const made = challenge && (await webAuthn.verifyNew(credential as AttestationJson, challenge));
      if (!made) throw fieldProblem('invalid-request', '/credential', 'is not a new passkey for this request');
      const { accountId } = account;
      return insert({ ...made, accountId, name, createdAt: formatInstant(clock.now()) }, session, account);
    },

    async use({ token, browser, credential }) {
      const holder = digestOf(browser);
      const challenge = holder && (await takeChallenge(credential, 'use', holder));
      const id = isObject(credential) && typeof credential.id === 'string' ? credential.id : '';
      const passkey = challenge ? await reader.passkey(id) : undefined;
      const account = passkey && (await reader.account(passkey.accountId));
      if (!challenge || !passkey || !account || account.deactivatedAt !== undefined) throw refused();
      const counter = await webAuthn.verifyUse(credential as AssertionJson, challenge, passkey);
      if (counter === undefined) throw refused();
      const before = await openedBy(deps, token);
      const { opened, writes } = await opening(deps, account, { assurance: 'passkey', instead: before?.session });
      const at = formatInstant(clock.now());
      const { credentialId, counter: from } = passkey;
      const use = { op: 'passkey.use', credentialId, from, counter, at } as const;
      if (!(await decided(transactor.commit([use, ...writes]), 'passkey.counter'))) throw refused();
      return opened;
    },

    async remove({ token, credentialId }) {
      const opened = await openedBy(deps, token);
      if (!opened) throw new Problem('unauthenticated', 'sign in first');
      if (opened.session.assurance !== 'passkey') throw new Problem('forbidden', 'sign in with your passkey first');
      const { accountId } = opened.account;
      const at = formatInstant(clock.now());
      const detail = { passkey: sha256Hex(credentialId) };
      // Whoever has the device that is given up may have a session as well.
      const others = (await reader.officerSessions(accountId)).filter(
        ({ sessionId }) => sessionId !== opened.session.sessionId,
      );
      const removed = await decided(
        transactor.commit([
          { op: 'passkey.remove', accountId, credentialId },
          ...others.map(({ sessionId }) => ({ op: 'officerSession.end', accountId, sessionId, at }) as const),
          entry('passkey.remove', accountId, at, `account:${accountId}`, { detail }),
          ...mail.told(opened.account, 'passkeyRemoved'),
        ]),
        'passkey.last',
      );
      if (!removed) throw new Problem('conflict', 'this is your only passkey: add another one first');
    },
  };
}

/** The challenge that a response claims to answer; undefined for anything that is not a response. */
function challengeIn(credential: unknown): string | undefined {
  const response = isObject(credential) ? credential.response : undefined;
  const text = isObject(response) ? response.clientDataJSON : undefined;
  if (typeof text !== 'string') return undefined;
  try {
    const said = parseStrictJson(Buffer.from(text, 'base64url').toString('utf8'));
    // Nobody frames these pages: a response made inside another page's frame is not ours (WebAuthn 3, 5.8.1).
    if (!isObject(said) || said.crossOrigin === true) return undefined;
    return typeof said.challenge === 'string' ? said.challenge : undefined;
  } catch {
    return undefined;
  }
}
