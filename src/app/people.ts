import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { createOpenIdClient, createPeople, type People } from '#people';

type Deps = Omit<Parameters<typeof createPeople>[0], 'openIdClient' | 'onError'>;

/** The accounts of officers, with the secrets of the institutions' OpenID clients read from files, each when it is needed. */
export function openPeople(
  deps: Deps & Pick<Parameters<typeof createOpenIdClient>[0], 'fetch'>,
  logger: Logger,
  secretsDirectory: string | undefined,
): People {
  const { fetch, ...rest } = deps;
  const openIdClient = createOpenIdClient({
    ...{ publicUrl: deps.publicUrl, fetch },
    secret(tenant) {
      // A tenant is a slug: no path can be made of it.
      const file = secretsDirectory === undefined ? undefined : join(secretsDirectory, tenant);
      return file !== undefined && existsSync(file) ? readFileSync(file, 'utf8').trimEnd() : undefined;
    },
    onError: (error) => logger.warn({ err: error }, 'a sign-in by OpenID went wrong'),
  });
  return createPeople({
    ...{ ...rest, openIdClient },
    onError: (error) => logger.error({ err: error }, 'a sign-in link could not be sent'),
  });
}
