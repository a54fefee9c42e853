import {
  type Clock,
  formatInstant,
  isWebAddress,
  Problem,
  type Random,
  randomId,
  type Transactor,
  UniqueViolation,
  unreachable,
} from '#kernel';
import { mailAddress } from './address.ts';
import { compose, type Sender } from './compose.ts';
import type { Mail, MailReader, MailRecord, MailWrite, Outcome, Post } from './ports.ts';
import { nextAttempt } from './retries.ts';

export interface MailDeps extends Sender {
  reader: MailReader;
  transactor: Transactor<MailWrite>;
  clock: Clock;
  random: Random;
  /** The claim link of an offer; undefined for one that cannot be taken any more: no message is sent then. */
  offerLink?: (offerId: string) => Promise<string | undefined>;
  /** Absent: no mail can be sent here. */
  post?: Post;
  /** Told of every attempt: ids and what the server said, no address. */
  onOutcome?: (told: { mailId: string; kind: string; attempts: number } & Outcome) => void;
  /** For tests that die there. */
  onStep?: (step: 'claimed' | 'sent' | 'stored', mailId: string) => void | Promise<void>;
}

/** A lease outlives any attempt, so that nobody else takes up what is still being sent. Milliseconds. */
const LEASE = 300_000;
const SEND_MS = 60_000;
const CLOSE_MS = 5_000;
/** Looked up at once; between two look-ups a code overtakes the offers of a class. */
const AT_ONCE = 40;
/** Letters on their way at the same time. */
const LANES = 4;
/** Settled messages of the service itself are of no use to anybody after so long. */
export const MAIL_KEPT_DAYS = 30;

/** Messages that leave together with what they tell of: an outbox in the store, and whoever sends what is in it. */
export function createMail(deps: MailDeps): Mail {
  const { reader, transactor, clock, random, post, publicUrl } = deps;
  const now = () => formatInstant(clock.now());
  const closing = new AbortController();
  let closed = false;
  let running: Promise<unknown> = Promise.resolve();

  /** False when another process has it. */
  async function mine(write: MailWrite): Promise<boolean> {
    try {
      await transactor.commit([write]);
      return true;
    } catch (error) {
      if (error instanceof UniqueViolation) return false;
      throw error;
    }
  }

  /** One attempt. @returns what became of it; undefined when somebody else has the message */
  async function attempt(way: Post, record: MailRecord): Promise<Outcome['result'] | undefined> {
    const { mailId, kind, to, content, expiresAt } = record;
    const until = formatInstant(new Date(clock.now().getTime() + LEASE));
    if (!(await mine({ op: 'mail.claim', mailId, attempts: record.attempts, at: now(), until }))) return undefined;
    const attempts = record.attempts + 1;
    await deps.onStep?.('claimed', mailId);
    if (to === undefined || content === undefined) throw new Error('a message that waits without its content');
    const link = kind === 'offer' ? await deps.offerLink?.(record.object) : '';
    const over = (expiresAt !== undefined && expiresAt <= now()) || link === undefined;
    const outcome: Outcome = over
      ? { result: 'refused', answer: 'was over before it could be sent' }
      : await way.send(
          compose({ ...record, to, content: withLink(content, link) }, deps, clock.now()),
          AbortSignal.any([closing.signal, AbortSignal.timeout(SEND_MS)]),
        );
    await deps.onStep?.('sent', mailId);
    await mine(settling(mailId, attempts, outcome));
    await deps.onStep?.('stored', mailId);
    deps.onOutcome?.({ mailId, kind, attempts, ...outcome });
    return outcome.result;
  }

  function settling(mailId: string, attempts: number, { result, answer }: Outcome): MailWrite {
    const at = clock.now();
    switch (result) {
      case 'sent':
      case 'refused':
        return { op: result === 'sent' ? 'mail.sent' : 'mail.failed', mailId, attempts, at: formatInstant(at), answer };
      case 'later':
      case 'unreachable': {
        const next = nextAttempt(attempts, at, random.bytes(1)[0]! / 256);
        if (!next) return { op: 'mail.failed', mailId, attempts, at: formatInstant(at), answer };
        return { op: 'mail.later', mailId, attempts, dueAt: formatInstant(next), answer };
      }
      default:
        return unreachable(result, 'outcome of a letter');
    }
  }

  async function run(way: Post, stopping: () => boolean): Promise<boolean> {
    const due = await reader.dueMail(now(), AT_ONCE);
    const more = due.length === AT_ONCE;
    let went = false;
    let reachable = true;
    const lane = async () => {
      for (let next = due.shift(); next && reachable && !closed && !stopping(); next = due.shift()) {
        const result = await attempt(way, next);
        if (result === 'unreachable') reachable = false;
        else if (result !== undefined) went = true;
      }
    };
    try {
      await allSettled(Array.from({ length: Math.min(LANES, due.length) }, lane));
    } finally {
      // The server is not kept waiting for messages that do not come.
      if (!went || !reachable || !more) way.rest();
    }
    return went && reachable;
  }

  /** Whoever trusts the sender trusts the link. */
  function assertOwn(link: string): void {
    if (!isWebAddress(link) || !link.startsWith(`${publicUrl}/`))
      throw new Error('a link of a message leads elsewhere');
  }

  return {
    available: post !== undefined,

    queued({ tenant, kind, to, lang, object, expiresAt, content }) {
      if (!post) throw new Problem('unavailable', 'no mail can be sent here: no mail server is set');
      const address = mailAddress(to);
      if (address === undefined) throw new Problem('invalid-request', 'this is no e-mail address that mail can go to');
      if ('link' in content) assertOwn(content.link);
      const at = clock.now();
      const createdAt = formatInstant(at);
      const row: MailRecord = {
        ...{ tenant, mailId: randomId(random), kind, to: address, lang, object, content: JSON.stringify(content) },
        ...{ state: 'queued', attempts: 0, dueAt: createdAt, createdAt },
        ...(expiresAt === undefined ? {} : { expiresAt }),
      };
      const forgetBefore = formatInstant(new Date(at.getTime() - MAIL_KEPT_DAYS * 86_400_000));
      return { op: 'mail.queue', row, forgetBefore };
    },

    sendOnce(stopping = () => false) {
      if (!post || closed) return Promise.resolve(false);
      const work = run(post, stopping);
      running = work.catch(() => {});
      return work;
    },

    async close() {
      closed = true;
      const late = setTimeout(() => closing.abort(), CLOSE_MS);
      await running;
      clearTimeout(late);
      post?.rest();
    },
  };
}

/** @param link empty for messages that bring their own, or have none */
function withLink(content: string, link: string): Record<string, string> {
  const members = JSON.parse(content) as Record<string, string>;
  return link === '' ? members : { ...members, link };
}

/** A fault in one lane does not leave the others running unseen. */
async function allSettled(work: Promise<void>[]): Promise<void> {
  const fault = (await Promise.allSettled(work)).find((one) => one.status === 'rejected');
  if (fault) throw fault.reason;
}
