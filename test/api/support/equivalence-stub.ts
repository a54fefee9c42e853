import type { ApiDeps } from '#api';

const at = '2026-01-01T00:00:00Z';

/** One decision of `abc`, and use cases that answer with it. @param said records a call and answers */
export function stubEquivalences(
  deps: ApiDeps,
  id: string,
  signed: string,
  said: <T>(name: string, answer: T) => (...args: never[]) => Promise<T>,
): void {
  const record = {
    ...{ tenant: 'abc', equivalenceId: id, state: 'decided' as const, revision: 1 },
    input: {
      from: { achievement: 'https://college.example/achievements/1' },
      to: { mode: 'unspecified' as const, category: 'Elective' },
      credit: { system: 'HE-UNIT-16', value: '3' },
      outcomeMatching: [{ from: 'A', to: 'B', match: 'full' as const }],
      appeal: { how: 'Write to the registrar.' },
    },
    ...{ createdAt: at, updatedAt: at, decidedAt: at, validFrom: '2026-01-01' },
  };
  const view = { record, events: [], standing: 'in_force' as const, appealOpen: false };
  const edition = { tenant: 'abc', equivalenceId: id, edition: 1, signed, sha256: 'aa', createdAt: at };
  Object.assign(deps, {
    equivalences: {
      draft: said('equivalences.draft', view),
      edit: said('equivalences.edit', view),
      decide: said('equivalences.decide', view),
      recordEvent: said('equivalences.recordEvent', view),
      get: async (asked: string) => (asked === id ? view : undefined),
      list: async ({ tenant }: { tenant: string }) => ({ items: tenant === 'abc' ? [view] : [] }),
    },
  });
  Object.assign(deps.reader, {
    equivalenceEdition: async (asked: string) => (asked === id ? edition : undefined),
  });
}
