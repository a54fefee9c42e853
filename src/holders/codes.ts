import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Mail, MailWrite } from '#delivery';
import {
  type Clock,
  fieldProblem,
  formatInstant,
  normalEmail,
  Problem,
  type Random,
  sha256Hex,
  type Transactor,
  UniqueViolation,
} from '#kernel';
import { limitedUse } from './limited-use.ts';
import type { HolderReader, HolderSessionRecord, HolderWrite, LimitedUse } from './ports.ts';

/** Of a code. */
export const CODE_MS = 600_000;
/** Comparisons with one code, however many are asked for at once. */
const CODE_TRIES = 5;
/**
 * Codes: of one address over all sessions, so that guessing has at most 50 chances in a million a day; of one session, so that
 * one browser does not write to many; of the whole service, so that it does not write to everybody for whoever asks.
 */
export const CODE_LIMITS = { addressHour: 5, addressDay: 10, sessionHour: 10, serviceHour: 3_000 } as const;

export interface CodesDeps {
  reader: HolderReader;
  transactor: Transactor<HolderWrite | MailWrite>;
  mail: Pick<Mail, 'queued' | 'available'>;
  clock: Clock;
  random: Random;
  /** Codes in an hour over all sessions and addresses; `CODE_LIMITS.serviceHour` when absent. */
  codesHour?: number;
}

/** A session that was found by its cookie. */
export interface Known {
  token: string;
  session: HolderSessionRecord;
}

export function createCodes({ reader, transactor, mail, clock, random, codesHour }: CodesDeps) {
  return {
    /** Whoever has badges here and whoever has none is told the same, and gets the same mail. */
    async send({ token, session }: Known, email: string, lang: 'en' | 'fil'): Promise<void> {
      const to = addressOf(email);
      if (!mail.available) throw new Problem('unavailable', 'no mail can be sent from here');
      const now = clock.now();
      const code = sixDigits(random);
      const row = {
        ...{ sessionId: session.sessionId, email: to, mac: macOf(token, to, code), tries: 0 },
        ...{ createdAt: formatInstant(now), expiresAt: formatInstant(new Date(now.getTime() + CODE_MS)) },
      };
      const message = { tenant: 'system', kind: 'mailCode', to, lang, object: session.sessionId } as const;
      try {
        await transactor.commit([
          { op: 'mailCode.insert', row, uses: usesOf(to, session.sessionId, now, codesHour) },
          mail.queued({ ...message, expiresAt: row.expiresAt, content: { code } }),
        ]);
      } catch (error) {
        if (!(error instanceof UniqueViolation && error.table === 'mailCode.limit')) throw error;
        throw new Problem('rate-limited', 'too many codes were asked for; try again in an hour');
      }
    },

    /** `dead`: there is nothing left to compare with, and a new code has to be asked for. */
    async confirm({ token, session }: Known, email: string, given: string): Promise<'right' | 'wrong' | 'dead'> {
      const address = normalEmail(email);
      const code = given.replace(/[\s-]+/g, '');
      const row = address === undefined ? undefined : await reader.mailCode(session.sessionId, address);
      if (!row) return 'dead';
      if (!/^\d{6}$/.test(code)) return 'wrong';
      const at = formatInstant(clock.now());
      const { sessionId, mac } = row;
      const of = { sessionId, email: row.email, mac, at };
      // Counted first: of fifty that ask at once, five are compared.
      if (!(await won(transactor.commit([{ op: 'mailCode.try', ...of, most: CODE_TRIES }])))) return 'dead';
      if (!timingSafeEqual(Buffer.from(mac, 'hex'), Buffer.from(macOf(token, row.email, code), 'hex'))) return 'wrong';
      const identifier = { kind: 'email', value: row.email, provenAt: at } as const;
      const proven = transactor.commit([
        { op: 'mailCode.use', ...of },
        { op: 'holder.identify', sessionId, identifier },
      ]);
      return (await won(proven)) ? 'right' : 'dead';
    },
  };
}

async function won(commit: Promise<void>): Promise<boolean> {
  try {
    await commit;
    return true;
  } catch (error) {
    if (error instanceof UniqueViolation) return false;
    throw error;
  }
}

/** @throws Problem `invalid-request` */
function addressOf(text: string): string {
  const email = normalEmail(text);
  if (email === undefined) throw fieldProblem('invalid-request', '/email', 'is not an e-mail address', 'email');
  return email;
}

/** From 000000 to 999999, each as likely. */
function sixDigits(random: Random): string {
  const fair = 4_294_000_000;
  for (;;) {
    const drawn = Buffer.from(random.bytes(4)).readUInt32BE(0);
    if (drawn < fair) return String(drawn % 1_000_000).padStart(6, '0');
  }
}

/** Keyed by the cookie: a million codes are soon tried, and whoever reads the table has everything but the cookie. */
function macOf(token: string, email: string, code: string): string {
  return createHmac('sha256', token)
    .update(JSON.stringify(['mail code', email, code]))
    .digest('hex');
}

function usesOf(
  email: string,
  sessionId: string,
  now: Date,
  serviceHour: number = CODE_LIMITS.serviceHour,
): LimitedUse[] {
  const use = (key: string, ms: number, most: number) => limitedUse({ key, ms, most, now });
  const address = `mailCode address ${sha256Hex(email)}`;
  const { addressHour, addressDay, sessionHour } = CODE_LIMITS;
  // Always in this order: two that wait for one another would wait for ever. What all share comes last and is held shortest.
  return [
    use(address, 3_600_000, addressHour),
    use(address, 86_400_000, addressDay),
    use(`mailCode session ${sessionId}`, 3_600_000, sessionHour),
    use('mailCode service', 3_600_000, serviceHour),
  ];
}
