import { wantsTwoPersons } from '#credentials';
import { renderConsole } from '#pages';
import type { ApiDeps } from '../deps.ts';
import { type Handlers, principalOf } from '../http/operation.ts';
import { createDesk } from './desk.ts';

const SHOWN = 10;

/** Where an officer begins: what waits for them, and what was made last. */
export function consoleOverview(deps: ApiDeps): Handlers<'getConsole'> {
  const { reader } = deps;
  const desk = createDesk(deps);
  return {
    async getConsole(request, reply) {
      const { tenant, role } = principalOf(request);
      // An authority awards nothing: its work are its grants.
      if (role === 'authority') return desk.go(request, reply, '/console/grants');
      const two = wantsTwoPersons(await deps.institutions.get(tenant));
      // Who may start a list is whom it waits for.
      const starts = two ? 'approver' : 'issuer';
      const [recent, waiting, pending] = await Promise.all([
        reader.latestBatches({ tenant, limit: SHOWN }),
        role === starts ? reader.latestBatches({ tenant, state: 'previewed', limit: SHOWN }) : [],
        role === 'approver' ? reader.approvals({ tenant, state: 'pending' }, { limit: SHOWN }) : { items: [] },
      ]);
      const body = renderConsole(desk.site(request), await desk.officer(request), {
        waitingLists: await desk.listedBatches(waiting),
        waitingApprovals: await desk.listedApprovals(pending.items),
        recent: await desk.listedBatches(recent),
      });
      return desk.send(request, reply, body);
    },
  };
}
