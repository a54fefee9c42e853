import type { Measured, Part } from './figures.ts';

/** Loaded when asked for: what one part imports is not in the memory of another. */
const MEASURES: Record<Part, () => Promise<Measured>> = {
  start: async () => (await import('./parts/start.ts')).start(),
  proofs: async () => (await import('./parts/proofs.ts')).proofs(),
  requests: async () => (await import('./parts/requests.ts')).requests(),
  http: async () => (await import('./parts/http.ts')).http(),
  'batch.sqlite': async () => (await import('./parts/batches.ts')).batches('sqlite'),
  'batch.postgres': async () => (await import('./parts/batches.ts')).batches('postgres'),
  revoke: async () => (await import('./parts/revoke.ts')).revoke(),
  list: async () => (await import('./parts/list.ts')).list(),
  large: async () => (await import('./parts/large.ts')).large(),
  accreditation: async () => (await import('./parts/accreditation.ts')).accreditation(),
  stacking: async () => (await import('./parts/stacking.ts')).stacking(),
  poison: async () => (await import('./parts/poison.ts')).poison(),
};

/** Rounded as it is shown. @throws whatever kept it from being measured */
export async function measurePart(part: Part): Promise<Measured> {
  const measured = await MEASURES[part]();
  return Object.fromEntries(Object.entries(measured).map(([name, value]) => [name, rounded(value)]));
}

const rounded = (value: number): number => (Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3)));
