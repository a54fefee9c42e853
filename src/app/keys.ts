import { Problem } from '#kernel';
import { createMixedKeystore, type Keystore, openTokenKeystore } from '#keystore';
import { ConfigError } from './config-error.ts';
import { foreignEnv } from './env.ts';
import type { HeadStart } from './head-start.ts';
import { type OpeningKeys, openKeystore } from './keystore-file.ts';
import type { Secrets } from './secrets.ts';
import type { TokenConfig } from './token.ts';

/**
 * The keys of this process: in the token where one is set, wrapped by the passphrase where that is, or both.
 * @param opening `place`: of salt and canary
 * @param headStart taken where it is of the same keys
 * @throws ConfigError when token or passphrase do not open
 */
export async function openKeys(
  config: { dataDirectory: string; token?: TokenConfig },
  secrets: Secrets,
  opening: OpeningKeys,
  headStart?: HeadStart,
): Promise<Keystore> {
  const { dataDirectory, token } = config;
  if (!token) {
    const same = headStart?.dataDirectory === dataDirectory && headStart.passphrase === secrets.passphrase;
    return same && !opening.place ? headStart.opening : openKeystore(dataDirectory, secrets.passphrase, opening);
  }
  const options = { ...token, pin: secrets.pin ?? '', environment: foreignEnv(), random: opening.random };
  const opened = await openTokenKeystore(options).catch((error: unknown) => {
    throw error instanceof Problem ? new ConfigError([`TATAK_PKCS11_MODULE: ${error.message}`]) : error;
  });
  const wrapped =
    secrets.passphrase === '' ? undefined : await openKeystore(dataDirectory, secrets.passphrase, opening);
  return createMixedKeystore(opened, wrapped);
}

/**
 * Handed on while it is still being opened, which keeps another core busy for a third of a second. Whoever puts the parts
 * together waits for it before anything of them is used.
 */
export function beingOpened(opening: Promise<Keystore>): Keystore {
  let open: Keystore | undefined;
  opening.then(
    (keystore) => {
      open = keystore;
    },
    // Told to whoever waits.
    () => {},
  );
  const opened = () => {
    if (!open) throw new Error('the keystore is used before it is open');
    return open;
  };
  return Object.freeze<Keystore>({
    generate: async (...args) => opened().generate(...args),
    signer: (...args) => opened().signer(...args),
  });
}
