import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { systemRandom } from '#kernel';
import { type SignerServer, serveKeystore } from '#keystore';
import { ConfigError } from './config-error.ts';
import type { Env } from './env.ts';
import { DEVELOPMENT_PASSPHRASE } from './key-secrets.ts';
import { openKeys } from './keys.ts';
import { readSecrets } from './secrets.ts';
import { readToken } from './token.ts';

/**
 * The signing process: opens the keystore of this directory with the passphrase of its own settings, or the token that they
 * name, and answers on the socket. It has no database and no network.
 * @throws ConfigError, Error when it cannot
 */
export async function startSigner(env: Env, data: string, socket: string): Promise<SignerServer> {
  const dataDirectory = resolve(data);
  const loopback = existsSync(join(dataDirectory, DEVELOPMENT_PASSPHRASE));
  const problems: string[] = [];
  const token = readToken(env, problems);
  if (problems.length > 0) throw new ConfigError(problems);
  const config = { dataDirectory, loopback, ...(token ? { token } : {}) };
  const keystore = await openKeys(config, readSecrets(env, config), { random: systemRandom });
  return serveKeystore({ keystore, path: resolve(socket) });
}
