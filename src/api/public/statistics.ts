import { renderStatistics } from '#pages';
import type { ApiDeps } from '../deps.ts';
import { publishForms } from '../http/documents.ts';
import type { Handlers } from '../http/operation.ts';
import { siteOf } from '../http/site.ts';

export function publicStatistics({ statistics, specimen }: ApiDeps): Handlers<'getStatistics'> {
  return {
    async getStatistics(request, reply) {
      const view = await statistics.read();
      return publishForms(request, reply, false, {
        json: JSON.stringify({ specimen, ...view }),
        types: ['application/json'],
        page: () => renderStatistics(siteOf(request, specimen), view),
        cache: 'definition',
      });
    },
  };
}
