import { createChallenges } from '#challenges';
import { createMail, type Mail, type MailContents } from '#delivery';
import { createHolders, type Holders, type HoldersDeps } from '#holders';
import { systemRandom } from '#kernel';
import { openSqlite, type Storage } from '#storage';

/** One message that was queued. */
export interface Message {
  kind: string;
  to: string;
  lang: string;
  content: MailContents['mailCode'];
}

/** Holders on a store, with the messages that would have left. */
export interface World {
  holders: Holders;
  storage: Storage;
  now: { at: string };
  sent: Message[];
  /** Of the last message to this address. */
  code(to: string): string;
  close(): Promise<void>;
}

/** The same, and what was queued is seen, also when the commit fails. */
const watched = (mail: Mail, sent: Message[]): Pick<Mail, 'queued' | 'available'> => ({
  available: mail.available,
  queued(message) {
    sent.push(message as Message);
    return mail.queued(message);
  },
});

const post = { send: async () => ({ result: 'sent' as const, answer: '250' }), rest: () => {} };

export async function openWorld(more: Partial<HoldersDeps> & { path?: string } = {}): Promise<World> {
  const storage = await openSqlite({ path: more.path ?? ':memory:' });
  const now = { at: '2026-11-24T03:00:00Z' };
  const clock = { now: () => new Date(now.at) };
  const { reader, transactor } = storage;
  const sent: Message[] = [];
  const deps = { reader, transactor, clock, random: systemRandom, publicUrl: 'http://localhost:8480' };
  const holders = createHolders({
    ...deps,
    mail: watched(
      createMail({ ...deps, from: 'tatak@specimen.example', offerLink: async () => undefined, post }),
      sent,
    ),
    challenges: createChallenges(deps),
    verifier: {
      verifyPresentation: () => {
        throw new Error('no presentation is looked at here');
      },
    },
    ...more,
  });
  return {
    ...{ holders, storage, now, sent },
    code: (to) => sent.findLast((one) => one.to === to)!.content.code,
    close: () => storage.close(),
  };
}
