import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type ParsedMail, simpleParser } from 'mailparser';
import type { TestService } from './service.ts';

/** What a service without a mail server wrote instead, the oldest first. @param to only to this address */
export async function outbox({ directory }: Pick<TestService, 'directory'>, to?: string): Promise<ParsedMail[]> {
  const folder = join(directory, 'mail');
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => !name.startsWith('.')) : [];
  // By when they were written: within one second, or where the clock stands still, the names say nothing.
  const written = names
    .map((name) => ({ path: join(folder, name), at: statSync(join(folder, name), { bigint: true }).mtimeNs }))
    .sort((a, b) => (a.at < b.at ? -1 : 1));
  const mails = await Promise.all(written.map(({ path, at }) => read(path, at)));
  return mails.filter((mail) => to === undefined || addressOf(mail) === to);
}

/** Each is read once: who waits for the next message asks again and again. */
const known = new Map<string, Promise<ParsedMail>>();
function read(path: string, at: bigint): Promise<ParsedMail> {
  const key = `${path} ${at}`;
  if (!known.has(key)) known.set(key, simpleParser(readFileSync(path)));
  return known.get(key)!;
}

/** Waits until a message to `to` is there: the newest. @throws Error after ten seconds */
export async function mailTo(service: Pick<TestService, 'directory'>, to: string, from = 0): Promise<ParsedMail> {
  for (const until = Date.now() + 10_000; Date.now() < until; ) {
    const mails = await outbox(service, to);
    if (mails.length > from) return mails.at(-1)!;
    await new Promise((next) => setTimeout(next, 50));
  }
  throw new Error(`no mail to ${to} was written`);
}

const addressOf = ({ to }: ParsedMail): string | undefined => [to].flat()[0]?.value[0]?.address;
