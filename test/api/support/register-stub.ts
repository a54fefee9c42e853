import type { ApiDeps } from '#api';
import { parseStrictJson } from '#kernel';
import { ID, SIGNED } from './stub.ts';

const at = '2026-01-01T00:00:00Z';
const accreditor = 'did:web:localhost:institutions:abc';
const record = {
  ...{ tenant: 'abc', accreditationId: ID, accreditor, accredited: 'did:web:elsewhere.example' },
  ...{ verb: 'accredit' as const, role: 'Award' as const, scope: [{ awardType: ['HeiCourse'] }] },
  ...{ validFrom: at, signed: SIGNED, createdAt: at },
};
const view = {
  record,
  grant: {
    ...record,
    id: `http://localhost:8480/accreditations/${ID}`,
    ...{ recordedAt: at, provisional: false, maxDelegationDepth: 0, legalInstrument: [], condition: [] },
  },
  events: [],
  standing: 'active' as const,
};

/** Puts what the register pages ask for into the use cases of the stub; one grant by `abc`. */
export function stubRegisters(deps: ApiDeps): void {
  const { accreditations } = deps;
  const items = (tenant: string | undefined) => ({ items: tenant === 'abc' || tenant === undefined ? [view] : [] });
  Object.assign(deps, {
    accreditations: {
      ...accreditations,
      get: async (id: string) => (id === ID ? view : undefined),
      list: async ({ tenant, role }: { tenant?: string; role?: string }) =>
        role === 'Accredit' ? { items: [] } : items(tenant),
      search: async () => items(undefined),
    },
    accreditation: { ...deps.accreditation, policy: { anchors: [accreditor], maxDepth: 3 } },
    publication: {
      register: async () => SIGNED,
      part: async () => '{"grants":[],"events":[]}',
      snapshot: async () => JSON.stringify({ register: parseStrictJson(SIGNED), parts: [] }),
    },
    successions: { ...deps.successions, of: async () => [] },
  });
  Object.assign(deps.reader, {
    registerSize: async () => ({ grants: 1, events: 0, successions: 0 }),
    successionsBy: async () => [],
  });
}
