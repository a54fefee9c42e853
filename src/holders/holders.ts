import type { Challenges } from '#challenges';
import {
  dayIn,
  fieldProblem,
  formatInstant,
  isToken,
  type JsonObject,
  Problem,
  randomId,
  randomToken,
  sha256Hex,
  UniqueViolation,
} from '#kernel';
import type { Verifier } from '#verifier';
import { badgesOf, type HolderBadge, vouchedNumbers } from './badges.ts';
import { type CodesDeps, createCodes, type Known } from './codes.ts';
import type { HolderIdentifier, HolderSessionRecord } from './ports.ts';

/** Of a session, from its beginning. */
export const HOLDER_SESSION_MS = 12 * 3_600_000;

/** What a wallet key has to sign. */
export interface KeyChallenge {
  challenge: string;
  /** The one party that it is for: the address of this service. */
  domain: string;
  expiresAt: string;
}

/**
 * Sessions of learners. Every method but `open` and `session` throws Problem `unauthenticated` for a token that opens nothing.
 */
export interface Holders {
  /** A new session; the text of its cookie is shown now and never again. A token that somebody brings is never taken. */
  open(): Promise<{ token: string; session: HolderSessionRecord }>;
  /** undefined when unknown, over or ended. With the student numbers that institutions vouch for at this moment. */
  session(token: string | undefined): Promise<HolderSessionRecord | undefined>;
  /** Another text for the cookie of the same session; the one before is worth nothing. To be called when something was proven. */
  renew(token: string): Promise<string>;
  /**
   * Sends a code by mail; answers alike whether the address is known here or not.
   * @throws Problem `rate-limited`, `invalid-request` at `/email`, `unavailable`
   */
  sendCode(input: { token: string; email: string; lang: 'en' | 'fil' }): Promise<void>;
  /** `dead`: nothing is left to compare with. The address becomes an identifier of the session when it is `right`. */
  confirmCode(input: { token: string; email: string; code: string }): Promise<'right' | 'wrong' | 'dead'>;
  /** For this session only; the one before is worth nothing. */
  keyChallenge(token: string): Promise<KeyChallenge>;
  /** A presentation signed by a wallet key over the challenge of this session. @throws Problem `invalid-request` at `/presentation` */
  addKey(input: { token: string; presentation: string | JsonObject }): Promise<HolderIdentifier>;
  /** The awards of this holder, and of learners this holder is the guardian of, at this service; each once, newest first. */
  badges(token: string): Promise<HolderBadge[]>;
  /** The same of whoever has shown these, without a session: with what institutions vouch for at this moment. */
  badgesOf(identifiers: readonly HolderIdentifier[]): Promise<HolderBadge[]>;
  /** Ids of the same. */
  credentials(token: string): Promise<string[]>;
  end(token: string): Promise<void>;
}

export interface HoldersDeps extends CodesDeps {
  challenges: Pick<Challenges, 'create' | 'isOpen' | 'use'>;
  verifier: Pick<Verifier, 'verifyPresentation'>;
  /** No trailing slash. */
  publicUrl: string;
}

export function createHolders(deps: HoldersDeps): Holders {
  const { reader, transactor, challenges, verifier, clock, random, publicUrl } = deps;
  const codes = createCodes(deps);

  async function find(token: string | undefined): Promise<Known | undefined> {
    if (!isToken(token)) return undefined;
    const session = await reader.holderSession(sha256Hex(token));
    return session && formatInstant(clock.now()) < session.expiresAt ? { token, session } : undefined;
  }

  async function must(token: string): Promise<Known> {
    const known = await find(token);
    if (!known) throw new Problem('unauthenticated', 'there is no such session, or it is over');
    return known;
  }

  const withNumbers = async (proven: readonly HolderIdentifier[]) => [
    ...proven,
    ...(await vouchedNumbers(reader, proven)),
  ];
  const whole = async (session: HolderSessionRecord): Promise<HolderSessionRecord> => ({
    ...session,
    identifiers: await withNumbers(session.identifiers),
  });
  const allOf = async (proven: readonly HolderIdentifier[]) =>
    badgesOf(reader, await withNumbers(proven), dayIn(clock.now()));
  const badges = async (token: string) => allOf((await must(token)).session.identifiers);

  return {
    async open() {
      const token = randomToken(random);
      const now = clock.now();
      const session: HolderSessionRecord = {
        ...{ sessionId: randomId(random), tokenSha256: sha256Hex(token), identifiers: [] },
        ...{ createdAt: formatInstant(now), expiresAt: formatInstant(new Date(now.getTime() + HOLDER_SESSION_MS)) },
      };
      await transactor.commit([{ op: 'holder.insert', row: session }]);
      return { token, session };
    },

    async session(token) {
      const known = await find(token);
      return known && whole(known.session);
    },

    async renew(token) {
      const { session } = await must(token);
      const next = randomToken(random);
      const { sessionId, tokenSha256: from } = session;
      try {
        await transactor.commit([{ op: 'holder.renew', sessionId, from, tokenSha256: sha256Hex(next) }]);
      } catch (error) {
        if (!(error instanceof UniqueViolation)) throw error;
        throw new Problem('unauthenticated', 'this session has another cookie by now', { cause: error });
      }
      return next;
    },

    sendCode: async ({ token, email, lang }) => codes.send(await must(token), email, lang),
    confirmCode: async ({ token, email, code }) => codes.confirm(await must(token), email, code),

    async keyChallenge(token) {
      const { session } = await must(token);
      const made = await challenges.create('system');
      await transactor.commit([{ op: 'holder.challenge', sessionId: session.sessionId, challenge: made.challenge }]);
      return { ...made, domain: publicUrl };
    },

    async addKey({ token, presentation }) {
      const { session } = await must(token);
      const { challenge, sessionId } = session;
      if (challenge === undefined || !(await challenges.isOpen(challenge))) {
        throw refused('nothing is asked of a key now: get a challenge first');
      }
      const input = { presentation, challenge, domain: publicUrl, verifyCredentials: false };
      const { presentation: report } = await verifier.verifyPresentation(input);
      const { holder, verdict, checks } = report;
      if (verdict !== 'valid' || !holder?.startsWith('did:')) {
        const bad = checks.find(({ result }) => result === 'fail' || result === 'unknown');
        throw refused(`it does not show control of a key: ${bad?.code ?? 'holder_not_stated'}`);
      }
      // Used up by whoever is first, over all processes.
      if (!(await challenges.use(challenge))) throw refused('its challenge was used before');
      const identifier: HolderIdentifier = {
        ...{ kind: 'did', value: holder, provenAt: formatInstant(clock.now()) },
      };
      try {
        await transactor.commit([{ op: 'holder.identify', sessionId, identifier }]);
      } catch (error) {
        if (error instanceof UniqueViolation) throw new Problem('unauthenticated', 'the session is over');
        throw error;
      }
      return identifier;
    },

    badges,
    badgesOf: allOf,
    credentials: async (token) => (await badges(token)).map(({ credentialId }) => credentialId),

    async end(token) {
      const known = await find(token);
      if (known) await transactor.commit([{ op: 'holder.end', sessionId: known.session.sessionId }]);
    },
  };
}

const refused = (detail: string) => fieldProblem('invalid-request', '/presentation', detail);
