import type { ApiDeps } from '../deps.ts';
import { publishForms } from '../http/documents.ts';
import type { Handler, Handlers } from '../http/operation.ts';
import { siteOf } from '../http/site.ts';

/** The framework as cited data, and its page. */
export function publicFramework(deps: ApiDeps): Handlers<'getFramework' | 'getCrosswalk'> {
  const serve = (name: 'framework' | 'crosswalk'): Handler => {
    const { data, page } = deps.framework[name];
    const json = JSON.stringify(data);
    return async (request, reply) =>
      publishForms(request, reply, false, {
        json,
        types: ['application/json'],
        page: () => page(siteOf(request, deps.specimen)),
        cache: 'definition',
      });
  };
  return { getFramework: serve('framework'), getCrosswalk: serve('crosswalk') };
}
