import type { SmtpServer } from '#delivery';
import { ConfigError } from './config-error.ts';
import type { Env } from './env.ts';
import { type KeySecrets, type KeySecretsConfig, readKeySecrets, readSecretFile } from './key-secrets.ts';
import { readSmtpUrl } from './mail.ts';

export interface Secrets extends KeySecrets {
  /** The mail server, with its password. */
  smtp?: SmtpServer;
}

/** Production: from the file or the setting. On a loopback address: made at the first start, under the data directory. */
export function readSecrets(env: Env, config: KeySecretsConfig): Secrets {
  const smtp = readSmtp(env);
  return { ...readKeySecrets(env, config), ...(smtp ? { smtp } : {}) };
}

function readSmtp({ TATAK_SMTP_URL_FILE: file, TATAK_SMTP_URL: given }: Env): SmtpServer | undefined {
  const text = file ? readSecretFile('TATAK_SMTP_URL_FILE', file) : given;
  if (text === undefined) return undefined;
  const smtp = readSmtpUrl(text);
  if (typeof smtp === 'string') throw new ConfigError([`TATAK_SMTP_URL: ${smtp}`]);
  return smtp;
}
