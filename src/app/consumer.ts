import type { Logger } from 'pino';
import {
  type Consumer,
  type ConsumerWorker,
  createConsumer,
  createConsumerWorker,
  createSeal,
  createTokens,
} from '#consumer';
import type { Holders } from '#holders';
import type { Imports } from '#imports';
import type { Clock, Random } from '#kernel';
import type { Keystore } from '#keystore';
import type { GuardedFetch } from '#net';
import type { Storage } from '#storage';
import type { Config } from './config.ts';
import { derivedKey } from './derived-key.ts';

interface ConsumerParts extends Pick<Storage, 'reader' | 'transactor'> {
  config: Pick<Config, 'publicUrl' | 'operator'>;
  keystore: Keystore;
  fetch: GuardedFetch;
  imports: Imports;
  holders: Holders;
  clock: Clock;
  random: Random;
  logger: Logger;
}

/** Hosts of others, and whoever asks them what learners want. Tokens and secrets are sealed by a key that the store does not hold. */
export function openConsumer(parts: ConsumerParts): { consumer: Consumer; hostWorker: ConsumerWorker } {
  const { config, keystore, fetch, imports, holders, reader, transactor, clock, random, logger } = parts;
  const { publicUrl, operator } = config;
  const seal = createSeal(derivedKey({ reader, transactor, keystore, clock }, 'secrets of other hosts'), random);
  const tokens = createTokens({ fetch, seal, clock, publicUrl });
  const common = { reader, transactor, fetch, seal, tokens, clock, random };
  return {
    consumer: createConsumer({ ...common, publicUrl, name: operator.name ?? 'Tatak' }),
    hostWorker: createConsumerWorker({
      ...{ ...common, imports, holders },
      async textOf(credentialId, form) {
        const row = await reader.credential(credentialId);
        return form === 'token' ? row?.jwt : row?.signed;
      },
      onError: (error) => logger.error({ err: error }, 'a host could not be asked'),
    }),
  };
}
