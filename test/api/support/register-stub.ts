import type { ApiDeps } from '#api';
import { parseStrictJson } from '#kernel';

const at = '2026-01-01T00:00:00Z';
const accreditor = 'did:web:localhost:institutions:abc';

const viewOf = (id: string, signed: string) => {
  const record = {
    ...{ tenant: 'abc', accreditationId: id, accreditor, accredited: 'did:web:elsewhere.example' },
    ...{ verb: 'accredit' as const, role: 'Award' as const, scope: [{ awardType: ['HeiCourse'] }] },
    ...{ validFrom: at, signed, createdAt: at },
  };
  const grant = {
    ...record,
    id: `http://localhost:8480/accreditations/${id}`,
    ...{ recordedAt: at, provisional: false, maxDelegationDepth: 0, legalInstrument: [], condition: [] },
  };
  return { record, grant, events: [], standing: 'active' as const };
};

/** Puts what the register pages ask for into the use cases of the stub; one grant by `abc`. */
export function stubRegisters(deps: ApiDeps, id: string, signed: string): void {
  const view = viewOf(id, signed);
  const { accreditations } = deps;
  const items = (tenant: string | undefined) => ({ items: tenant === 'abc' || tenant === undefined ? [view] : [] });
  Object.assign(deps, {
    accreditations: {
      ...accreditations,
      get: async (asked: string) => (asked === id ? view : undefined),
      list: async ({ tenant, role }: { tenant?: string; role?: string }) =>
        role === 'Accredit' ? { items: [] } : items(tenant),
      search: async ({ tenant }: { tenant?: string }) => items(tenant),
    },
    accreditation: {
      ...deps.accreditation,
      policy: { anchors: [accreditor], maxDepth: 3 },
      backing: async () => ({ anchored: true, chain: [] }),
    },
    publication: {
      register: async () => signed,
      part: async () => '{"grants":[],"events":[]}',
      snapshot: () => [JSON.stringify({ register: parseStrictJson(signed), parts: [] })],
    },
    successions: { ...deps.successions, of: async () => [] },
  });
  Object.assign(deps.reader, {
    registerSize: async () => ({ grants: 1, events: 0, successions: 0 }),
    successionsBy: async () => [],
  });
}
