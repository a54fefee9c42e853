import { expect, it } from 'vitest';
import { createReadiness, type ReadinessDeps } from '../../src/app/readiness.ts';

const at = '2026-11-24T03:00:00Z';
const well = (): ReadinessDeps => ({
  reader: { lastAudit: async () => ({ at }), schemaReady: async () => true } as never,
  transactor: { commit: async () => {} },
  clock: { now: () => new Date(at) },
  remote: undefined,
  log: { ready: () => true },
  maySign: async () => true,
  stopping: () => false,
});
const failing = async (broken: Partial<ReadinessDeps>) => {
  const checks = await createReadiness({ ...well(), ...broken })();
  return Object.keys(checks).filter((name) => !checks[name]);
};
const lost = async () => {
  throw new Error('lost');
};
const never = () => new Promise<never>(() => {});

it('says which part fails, and of the others that they are well', async () => {
  expect(await failing({})).toEqual([]);
  const { reader } = well();
  const cases: [string[], Partial<ReadinessDeps>][] = [
    [['running'], { stopping: () => true }],
    [['database', 'clock'], { reader: { ...reader, lastAudit: lost } }],
    [['writable'], { transactor: { commit: lost } }],
    [['schema'], { reader: { ...reader, schemaReady: async () => false } }],
    [['signer'], { remote: { reachable: async () => false } }],
    [['clock'], { clock: { now: () => new Date('2026-11-24T02:00:00Z') } }],
    [['signing'], { maySign: async () => false }],
    [['log'], { log: { ready: () => false } }],
  ];
  for (const [names, broken] of cases) expect(await failing(broken)).toEqual(names);
});

it('does not wait for a part that never answers', async () => {
  expect(await failing({ transactor: { commit: never }, maySign: never })).toEqual(['writable', 'signing']);
});

it('asks for a write once, however many ask, and again after a while', async () => {
  let [beats, now] = [0, 0];
  const commit = async () => {
    beats++;
  };
  const ready = createReadiness({ ...well(), transactor: { commit }, monotonic: () => now });
  await Promise.all(Array.from({ length: 50 }, () => ready()));
  await ready();
  expect(beats).toBe(1);
  now = 2_001;
  await ready();
  expect(beats).toBe(2);
});
