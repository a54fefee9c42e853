import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { reconcile } from '#credentials';
import { systemClock } from '#kernel';
import { runChild } from './support/spawn.ts';
import { ACTOR, auditOf, openWorld, seed, TENANT } from './support/world.ts';

// Other work on the machine must not turn a slow run into a failed one.
vi.setConfig({ testTimeout: 180_000 });

/** From the intent to the release, after the first embedded proof (12) and after the first token (13). */
const STEPS = [6, 7, 8, 9, 10, 11, 12, 13];
const COUNT = 2;

describe('kill -9 with two signatures for each award (IS-2)', () => {
  let folder: string;
  let achievementId: string;
  let path: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'tatak-crash-token-'));
    path = join(folder, 'store.sqlite');
    const world = await openWorld({ path, clock: systemClock });
    ({ achievementId } = await seed(world, { jwt: 'ob-jwt' }));
    await world.institutions.createKey({
      ...{ tenant: TENANT, purpose: 'assertion', algorithm: 'RSA', actor: ACTOR, immediately: true },
    });
    await world.close();
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it.each(STEPS)('step %i: every proof and every token that ever was belongs to a stored award', async (step) => {
    const key = `crash-${step}`;
    const child = await runChild([path, achievementId, 'die', key, String(step), String(COUNT)]);
    expect(child.signal, child.err).toBe('SIGKILL');
    const world = await openWorld({ path, clock: systemClock });
    expect(await reconcile(world.deps)).toMatchObject({ abandoned: [], left: [] });
    const recipients = Array.from({ length: COUNT }, (_, at) => ({ name: `Learner ${at}` }));
    const body = { achievementId, recipients };
    const issued = await world.issuer.issue({ tenant: TENANT, actor: ACTOR, body, idempotencyKey: key });
    const rows = await world.reader.credentialsByIds(
      TENANT,
      issued.map(({ credentialId }) => credentialId),
    );
    for (const { jwt, signed, phase } of rows) {
      expect(phase).toBe('issued');
      expect(await world.checkReleased(signed!)).toMatchObject({ outcome: 'pass' });
      expect(await world.checkReleased(jwt!)).toMatchObject({ outcome: 'pass' });
    }
    // Ed25519 and RS256 give the same signature for the same text: what the dead process signed is what is stored.
    const made = (word: string) => child.out.split('\n').filter((line) => line.startsWith(`${word} `));
    for (const [word, member] of [
      ['signed', 'signed'],
      ['token', 'jwt'],
    ] as const) {
      for (const line of made(word)) {
        const [, id, ...text] = line.split(' ');
        expect(rows.find((row) => row.credentialId === id)![member]).toBe(text.join(' '));
      }
    }
    expect([made('signed').length > 0, made('token').length > 0]).toEqual([step > 7, step > 7 && step !== 12]);
    const entries = (await auditOf(world)).filter(({ object }) => rows.some((row) => row.credentialId === object));
    for (const operation of ['credential.prepare', 'credential.issue']) {
      const details = entries.filter((entry) => entry.operation === operation).map(({ detail }) => detail!.jwtKey);
      expect(details).toEqual(rows.map(({ jwtKeyId }) => jwtKeyId));
    }
    expect(await world.reader.preparedCredentials(10)).toEqual([]);
    expect(await world.storage.integrity()).toEqual([]);
    await world.close();
  });
});
