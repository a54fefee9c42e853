import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STEP } from '../../src/credentials/issue/deps.ts';
import { usePostgres } from '../support/postgres.ts';
import { openReplicas, type Replicas } from '../support/replicas.ts';

const server = usePostgres();
let now = Date.parse('2026-11-24T03:00:00Z');
let replicas: Replicas;
let issuer: string;
let achievementId: string;

/** The first replica stands still here, while it is set. */
let held: { at: number; reached: () => void; until: Promise<void> } | undefined;
function hold(at: number) {
  let [reached, release] = [() => {}, () => {}];
  const waiting = new Promise<void>((resolve) => {
    reached = resolve;
  });
  const until = new Promise<void>((resolve) => {
    release = () => {
      held = undefined;
      resolve();
    };
  });
  held = { at, reached, until };
  return { waiting, release };
}

beforeAll(async () => {
  const onStep = async (step: number) => {
    const here = held;
    if (step !== here?.at) return;
    here.reached();
    await here.until;
  };
  replicas = await openReplicas({
    databaseUrl: await server().database(),
    count: 1,
    overrides: { clock: { now: () => new Date(now) } },
    each: [{ onStep }],
  });
  const [one] = replicas.all;
  ({ issuer } = await one!.institution('specimen-college'));
  const achievement = { name: 'SPECIMEN A', description: 'D', criteria: { narrative: 'N' } };
  const made = await one!.call<{ achievementId: string }>('POST', '/v1/achievements', {
    key: issuer,
    body: { achievement },
  });
  achievementId = made.body.achievementId;
}, 60_000);
afterAll(() => replicas?.close());

const issue = (name: string, headers = {}) =>
  replicas.all[0]!.call<{ credentials: { id: string }[] }>('POST', '/v1/credentials', {
    key: issuer,
    body: { achievementId, recipients: [{ name, email: `${name}@students.example` }] },
    headers,
  });
const stored = () => replicas.all[0]!.app.storage.reader;
const integrity = () => replicas.all[0]!.app.storage.integrity();

describe('a replica that starts', () => {
  it.each([
    ['sign', {}],
    ['store', {}],
    ['sign', { 'idempotency-key': 'a' }],
    ['store', { 'idempotency-key': 'b' }],
  ] as const)(
    'leaves alone what another one is just issuing, at step %s %j',
    async (step, headers) => {
      const { waiting, release } = hold(STEP[step]);
      const answer = issue('amihan', headers);
      await waiting;
      const [row] = await stored().preparedCredentials(10);
      await replicas.add();
      expect(await stored().credential(row!.credentialId)).toMatchObject({ phase: 'prepared' });
      release();
      expect((await answer).status).toBe(201);
      expect(await stored().credential(row!.credentialId)).toMatchObject({ phase: 'issued' });
      expect(await integrity()).toEqual([]);
    },
    60_000,
  );

  it('settles what was prepared so long ago that whoever did is dead, and one that was only slow releases nothing else', async () => {
    const cases = [
      { headers: {}, phase: 'abandoned', status: 409 },
      { headers: { 'idempotency-key': 'c' }, phase: 'issued', status: 201 },
    ];
    for (const { headers, phase, status } of cases) {
      const { waiting, release } = hold(STEP.store);
      const answer = issue('bituin', headers);
      await waiting;
      const [row] = await stored().preparedCredentials(10);
      now += 121_000;
      await replicas.add();
      const settled = (await stored().credential(row!.credentialId))!;
      expect(settled.phase).toBe(phase);
      release();
      const { status: told, body } = await answer;
      expect(told).toBe(status);
      expect(await stored().credential(row!.credentialId)).toEqual(settled);
      if (told === 201) expect(body.credentials[0]!.id.endsWith(row!.credentialId)).toBe(true);
    }
    expect(await stored().preparedCredentials(10)).toEqual([]);
    expect(await integrity()).toEqual([]);
  }, 60_000);
});
