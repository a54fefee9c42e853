import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { formatInstant, systemClock } from '#kernel';
import { CHILD_FLAGS } from '../support/start-flags.ts';
import { type AccreditedService, openAccredited, type Party, type Refusal } from './support/accredited-service.ts';

// Other work on the machine must not turn a slow start into a failure.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

type Call = (method: 'POST', url: string, key: string, body: object) => Promise<{ status: number; body: Refusal }>;
let on: AccreditedService;
let other: { call: Call; close(): Promise<number | null> };

function startOther(service: AccreditedService['service'], env: Record<string, string>): typeof other {
  const file = join(import.meta.dirname, 'support', 'other-process.ts');
  const child = spawn(process.execPath, [...CHILD_FLAGS, file], {
    env: { ...process.env, ...env, TATAK_DATA: service.directory, TATAK_LOG_LEVEL: 'silent' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = new Promise<number | null>((done) => child.on('close', done));
  return {
    async call(method, url, key, body) {
      child.stdin.write(`${JSON.stringify({ method, url, key, body })}\n`);
      const { value, done } = await answers.next();
      if (done) throw new Error('the other process ended');
      return JSON.parse(value as string) as Awaited<ReturnType<Call>>;
    },
    close() {
      child.stdin.end();
      return ended;
    },
  };
}

beforeAll(async () => {
  on = await openAccredited({ overrides: { clock: systemClock } });
  const [, tlsPort] = /localhost%3A(\d+)/.exec(on.council.did)!;
  other = startOther(on.service, {
    TATAK_PORT: new URL(on.service.publicUrl).port,
    TATAK_TLS_PORT: tlsPort!,
    TATAK_TRUST_ANCHORS: on.council.did,
  });
});
afterAll(async () => {
  expect(await other.close()).toBe(0);
  await on.service.close();
});

describe('IS-10: two processes on one store', () => {
  let party: Party;
  let [grant, achievementId]: string[] = [];
  const answers = async () => {
    const body = { achievementId, recipients: [{ name: 'Amihan' }] };
    const there = await other.call('POST', '/v1/credentials', party.issuer, body);
    const here = await on.issue(party, achievementId!);
    return [there, here].map(({ status, body: problem }) => (status === 201 ? 'issued' : problem.errors[0]!.code));
  };
  const happened = (type: string) => ({ type, effectiveAt: formatInstant(systemClock.now()), reason: 'for the test' });

  it('what one records stops and lets go the other at once', async () => {
    party = await on.party('specimen-college');
    achievementId = await on.achievement(party);
    expect(await answers()).toEqual(['not_covered', 'not_covered']);
    grant = await on.grant(on.council, party);
    // Asked twice, so that whatever is remembered is remembered.
    for (const _ of [1, 2]) expect(await answers()).toEqual(['issued', 'issued']);
    await on.event(on.council, grant, happened('suspended'));
    for (const _ of [1, 2]) expect(await answers()).toEqual(['suspended', 'suspended']);
    await on.event(on.council, grant, happened('reinstated'));
    expect(await answers()).toEqual(['issued', 'issued']);
  });

  it('and the other way round; two events that exclude each other are never both recorded', async () => {
    const url = `/v1/accreditations/${grant!.split('/').at(-1)}/events`;
    const [there, here] = await Promise.all([
      other.call('POST', url, on.council.authority, happened('withdrawn')),
      on.service.call('POST', url, { key: on.council.authority, body: happened('expired') }),
    ]);
    expect([there.status, here.status].sort()).toEqual([201, 409]);
    const ended = there.status === 201 ? 'withdrawn' : 'expired';
    expect(await answers()).toEqual([ended, ended]);
  });
});
