import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { systemRandom } from '#kernel';
import { type SignerServer, serveKeystore } from '#keystore';
import type { Env } from './env.ts';
import { openKeystore } from './keystore-file.ts';
import { DEVELOPMENT_PASSPHRASE, readSecrets } from './secrets.ts';

/**
 * The signing process: opens the keystore of this directory with the passphrase of its own settings and answers on the
 * socket. It has no database and no network.
 * @throws ConfigError, Error when it cannot
 */
export async function startSigner(env: Env, data: string, socket: string): Promise<SignerServer> {
  const dataDirectory = resolve(data);
  const loopback = existsSync(join(dataDirectory, DEVELOPMENT_PASSPHRASE));
  const { passphrase } = readSecrets(env, { dataDirectory, loopback });
  const keystore = await openKeystore(dataDirectory, passphrase, systemRandom);
  return serveKeystore({ keystore, path: resolve(socket) });
}
