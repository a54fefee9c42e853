import { Problem } from '#kernel';
import type { ApiDeps } from '../deps.ts';
import { publishForms } from '../http/documents.ts';
import type { Handler, Handlers } from '../http/operation.ts';
import { siteOf } from '../http/site.ts';

/** The framework as cited data, and its page. */
export function publicFramework(deps: ApiDeps): Handlers<'getFramework' | 'getCrosswalk'> {
  const serve = (name: 'framework' | 'crosswalk'): Handler => {
    const part = deps.framework?.[name];
    const json = JSON.stringify(part?.data);
    return async (request, reply) => {
      if (!part) throw new Problem('not-found', 'there is nothing at this address');
      return publishForms(request, reply, false, {
        json,
        types: ['application/json'],
        page: () => part.page(siteOf(request, deps.specimen)),
        cache: 'definition',
      });
    };
  };
  return { getFramework: serve('framework'), getCrosswalk: serve('crosswalk') };
}
