import { join } from 'node:path';
import type { Logger } from 'pino';
import {
  createFolderPost,
  createMail,
  createSmtpPost,
  type Mail,
  type MailDeps,
  mailAddress,
  type SmtpServer,
} from '#delivery';
import type { Config } from './config.ts';
import type { Env } from './env.ts';

/** Where messages of a service on a loopback address go when no mail server is set. */
export interface MailConfig {
  /** All messages come from it. */
  from: string;
  /** Folder of files in place of a mail server; absent where there is one, or nothing at all. */
  directory?: string;
  /** A server is set: its address with the password is among the secrets. */
  server: boolean;
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Settings of mail; what is wrong is added to `problems`. */
export function readMail(
  env: Env,
  { loopback, dataDirectory }: { loopback: boolean; dataDirectory: string },
  problems: string[],
): MailConfig | undefined {
  const { TATAK_SMTP_URL: url, TATAK_SMTP_URL_FILE: file, TATAK_MAIL_FROM: given, TATAK_MAIL_DIR: folder } = env;
  const server = url !== undefined || file !== undefined;
  const from = given === undefined ? undefined : mailAddress(given);
  if (given !== undefined && from === undefined) problems.push('TATAK_MAIL_FROM: not an e-mail address');
  if (from !== undefined && /[^\x21-\x7e]/.test(from)) problems.push('TATAK_MAIL_FROM: only ASCII before the @');
  if (url !== undefined && file !== undefined) problems.push('TATAK_SMTP_URL: or TATAK_SMTP_URL_FILE, not both');
  if (server && given === undefined) problems.push('TATAK_MAIL_FROM: missing, a mail server is set');
  if (server && folder !== undefined) problems.push('TATAK_MAIL_DIR: in place of a mail server only');
  if (!loopback && folder !== undefined) problems.push('TATAK_MAIL_DIR: only with a loopback TATAK_PUBLIC_URL');
  if (server) return from === undefined ? undefined : { from, server };
  if (!loopback) return undefined;
  return { from: from ?? 'tatak@localhost.localdomain', server, directory: folder ?? join(dataDirectory, 'mail') };
}

/**
 * `smtp://USER:PASSWORD@HOST:PORT` (STARTTLS, unless the host is this machine) or `smtps://` (TLS from the start).
 * @returns what is wrong with it as a text, which never repeats it: there is a password in it
 */
export function readSmtpUrl(text: string): SmtpServer | string {
  const url = URL.parse(text);
  if (!url || (url.protocol !== 'smtp:' && url.protocol !== 'smtps:') || url.hostname === '') {
    return 'must be smtp://HOST:PORT or smtps://HOST:PORT';
  }
  if (url.search || url.hash || (url.pathname !== '' && url.pathname !== '/')) return 'must end with the port';
  const implicit = url.protocol === 'smtps:';
  const near = LOOPBACK.has(url.hostname);
  if ((url.username === '') !== (url.password === '')) return 'must have both a user and a password, or neither';
  const port = url.port === '' ? (implicit ? 465 : 587) : Number(url.port);
  const server: SmtpServer = {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port,
    tls: implicit ? 'implicit' : near ? 'none' : 'starttls',
  };
  if (url.username === '') return server;
  try {
    return { ...server, auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } };
  } catch {
    return 'must have the user and the password percent-encoded';
  }
}

/** The outbox of this service; `available` is false where neither a server nor a folder is set. */
export function openMail(
  { mail, publicUrl }: Pick<Config, 'mail' | 'publicUrl'>,
  smtp: SmtpServer | undefined,
  logger: Logger,
  deps: Pick<MailDeps, 'reader' | 'transactor' | 'clock' | 'random'> & Required<Pick<MailDeps, 'offerLink'>>,
): Mail {
  const post = smtp
    ? createSmtpPost(smtp)
    : mail?.directory === undefined
      ? undefined
      : createFolderPost(mail.directory);
  return createMail({
    ...deps,
    publicUrl,
    from: mail?.from ?? '',
    ...(post ? { post } : {}),
    onOutcome: ({ result, answer, ...told }) => {
      // Only the numbers of the answer: its words may name people.
      const code = /^\d{3}(?:[ -]\d\.\d{1,3}\.\d{1,3})?/.exec(answer)?.[0];
      const line = { ...told, result, ...(code ? { code } : {}) };
      if (result === 'sent') logger.info(line, 'mail sent');
      else logger.warn(line, 'mail not sent');
    },
  });
}
