import type { AccreditationRole, AccreditationView, Standing } from '#accreditation';
import { LIMITS } from '#kernel';
import { renderGrants } from '#pages';
import type { ApiDeps } from '../deps.ts';
import { pageOf } from '../http/listing.ts';
import { type Handlers, principalOf } from '../http/operation.ts';
import { grantViews } from '../public/grant-views.ts';
import { createDesk, today } from './desk.ts';

interface Asked {
  q?: string;
  standing?: Standing | '';
  role?: AccreditationRole | '';
}

const ON_A_PAGE = 25;
/** Where a grant stands is worked out of its events: of a long register so many screens are looked through at once. */
const LOOKED_AT = 4;

export function consoleGrants(deps: ApiDeps): Handlers<'getConsoleGrants'> {
  const { accreditations, institutions } = deps;
  const desk = createDesk(deps);

  async function find(tenant: string, { q = '', standing, role }: Asked, first: string | undefined) {
    const text = q.trim();
    const search = {
      ...{ tenant, ownDid: institutions.didOf('') },
      ...(text ? { text } : {}),
      ...(role ? { role } : {}),
    };
    const found: AccreditationView[] = [];
    let next = first;
    for (let looked = 0; looked < LOOKED_AT && found.length < ON_A_PAGE; looked++) {
      const limit = standing ? LIMITS.pageSizeMax : ON_A_PAGE;
      const page = await accreditations.search(search, { limit, ...(next === undefined ? {} : { cursor: next }) });
      found.push(...page.items.filter((one) => !standing || one.standing === standing));
      next = page.next;
      if (next === undefined) break;
    }
    return { found, next };
  }

  return {
    async getConsoleGrants(request, reply) {
      const { tenant } = principalOf(request);
      const asked = request.query as Asked;
      const { found, next } = await find(tenant, asked, pageOf(request).cursor);
      const moment = today(deps.clock);
      const { page } = grantViews(deps, moment);
      const body = renderGrants(desk.site(request), await desk.officer(request), {
        typed: { q: asked.q ?? '', standing: asked.standing ?? '', role: asked.role ?? '' },
        grants: await Promise.all(found.map(page)),
        register: tenant,
        now: moment.at,
        ...(next === undefined ? {} : { next }),
      });
      return desk.send(request, reply, body);
    },
  };
}
