import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMail, createSmtpPost, type Mail, type MailDeps, type Message, type Post } from '#delivery';
import { systemRandom } from '#kernel';
import { openSqlite, type Storage } from '#storage';

export const PUBLIC = 'https://badges.example.edu';
export const FROM = 'badges@example.edu';

/** A clock that stands until it is moved. */
export function standing(start = '2026-06-01T08:00:00Z') {
  let at = Date.parse(start);
  return {
    now: () => new Date(at),
    /** Seconds. */
    move(seconds: number) {
      at += seconds * 1_000;
    },
  };
}

/** Of `offer-N`; `withdrawn` has none. */
export const linkOf = async (offerId: string): Promise<string | undefined> =>
  offerId === 'withdrawn' ? undefined : `${PUBLIC}/claim/SECRET-${offerId.slice(6)}`;

export interface MailWorld {
  storage: Storage;
  path: string;
  clock: ReturnType<typeof standing>;
  mail: Mail;
  told: Parameters<NonNullable<MailDeps['onOutcome']>>[0][];
  /** Queues and commits. @returns the id */
  put(message: Partial<Omit<Message, 'content'>> & { content?: unknown }): Promise<string>;
  /** Until nothing is due. */
  drain(): Promise<void>;
  /** Another process's view of the same outbox. */
  other(post: Post, more?: Partial<MailDeps>): Mail;
  close(): Promise<void>;
}

export const offer = (n = 1): Message => ({
  ...{ tenant: 'specimen-college', kind: 'offer', to: `learner${n}@example.org`, lang: 'en', object: `offer-${n}` },
  expiresAt: '2026-07-01T08:00:00Z',
  content: {
    institution: 'Specimen College',
    achievement: 'SPECIMEN Data Literacy',
  },
});

export async function openMailWorld(post: Post | undefined, more: Partial<MailDeps> = {}): Promise<MailWorld> {
  const directory = mkdtempSync(join(tmpdir(), 'tatak-mail-'));
  const path = join(directory, 'store.sqlite');
  const storage = await openSqlite({ path });
  const clock = standing();
  const told: MailWorld['told'] = [];
  const deps: MailDeps = {
    ...{ reader: storage.reader, transactor: storage.transactor, clock, random: systemRandom },
    ...{ from: FROM, publicUrl: PUBLIC, onOutcome: (one) => void told.push(one), offerLink: linkOf },
    ...(post ? { post } : {}),
    ...more,
  };
  const mail = createMail(deps);
  return {
    ...{ storage, path, clock, mail, told },
    async put(message) {
      const write = mail.queued({ ...offer(), ...message } as Message);
      await storage.transactor.commit([write]);
      return write.row.mailId;
    },
    async drain() {
      while (await mail.sendOnce());
    },
    other: (way, others = {}) => createMail({ ...deps, post: way, ...others }),
    async close() {
      await mail.close();
      await storage.close();
      rmSync(directory, { recursive: true });
    },
  };
}

/** A post to a server on this machine. */
export const postTo = (
  server: { port: number; ca?: string },
  more: Partial<Parameters<typeof createSmtpPost>[0]> = {},
): Post =>
  createSmtpPost({
    ...{ host: 'localhost', port: server.port, tls: 'none', silenceMs: 1_500 },
    ...(server.ca === undefined ? {} : { ca: server.ca }),
    ...more,
  });
