import { createChallenges } from '#challenges';
import type { MailRecord } from '#delivery';
import { createHolders, type Holders, type HoldersDeps } from '#holders';
import { systemRandom } from '#kernel';
import { openSqlite, type Storage } from '#storage';

export type Message = Pick<MailRecord, 'tenant' | 'kind' | 'to' | 'lang' | 'object'> & { content: { code: string } };

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

/** A message leaves with the commit that tells of it: here that is a line of the log, so that a rollback is seen. */
export function catching(sent: Message[]): HoldersDeps['mail'] {
  return {
    available: true,
    queued(message) {
      sent.push(message as Message);
      const { kind, to, lang, object, tenant } = message;
      const at = '2026-11-24T03:00:00Z';
      const row = { tenant, kind, to, lang, object, mailId: `m${sent.length}`, state: 'queued', attempts: 0 } as const;
      return { op: 'mail.queue', row: { ...row, dueAt: at, createdAt: at }, forgetBefore: at };
    },
  };
}

export async function openWorld(more: Partial<HoldersDeps> & { path?: string } = {}): Promise<World> {
  const storage = await openSqlite({ path: more.path ?? ':memory:' });
  const now = { at: '2026-11-24T03:00:00Z' };
  const clock = { now: () => new Date(now.at) };
  const { reader } = storage;
  // The stand-in for mail writes lines of the log only.
  const transactor = storage.transactor as HoldersDeps['transactor'];
  const sent: Message[] = [];
  const deps = { reader, transactor, clock, random: systemRandom, publicUrl: 'http://localhost:8480' };
  const holders = createHolders({
    ...deps,
    mail: catching(sent),
    challenges: createChallenges({ ...deps, transactor: storage.transactor }),
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
