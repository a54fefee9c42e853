import { phContextUrl } from '#credentials';
import { type ContextLoader, createContextLoader } from '#proofs';
import { readAddedContexts } from './added-contexts.ts';
import type { Config } from './config.ts';
import { readPublished } from './published.ts';

/** Every context that a service knows: those of the standards, its own where it is served, and what its operator has added. */
export function openOwnContexts(
  { dataDirectory, publicUrl }: Pick<Config, 'dataDirectory' | 'publicUrl'>,
  published: ReadonlyMap<string, string> = readPublished(),
): ContextLoader {
  return createContextLoader({
    phContext: published.get('/contexts/ph/v1-draft')!,
    phContextUrl: phContextUrl(publicUrl),
    added: readAddedContexts(dataDirectory),
  });
}
