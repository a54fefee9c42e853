import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createSampled, DEFAULT_INSTANCE, type IssuerDeps, reconcile } from '#credentials';
import { SigningMismatch } from '#proofs';
import { wholeCredentials } from '../support/whole-credentials.ts';
import { problem } from './support/problem.ts';
import { ACTOR, auditOf, OTHER, openWorld, PLAIN, seed, TENANT, type World } from './support/world.ts';

const KEY = 'key-1-assertion';
const fails = () => ({ checkReleased: async () => ({ outcome: 'fail' as const, code: 'signature_invalid' }) });
const place = () => join(mkdtempSync(join(tmpdir(), 'tatak-latch-')), 'store.db');
const stopsOf = (world: World) => world.reader.openSigningStops();

async function call(world: World, achievementId: string) {
  return world.issuer.issue({ tenant: TENANT, actor: ACTOR, body: { achievementId, recipients: [{}] } });
}

describe('a key that failed its own check', () => {
  it('signs nothing more, whoever asks and after a restart, until a person lifts it', async () => {
    const path = place();
    const world = await openWorld({ path, change: fails });
    const { achievementId } = await seed(world);
    // Held from before, as by a batch that is under way.
    const held = await world.deps.authority.forTenant(TENANT, 'assertion');
    expect((await problem(call(world, achievementId))).kind).toBe('signing-stopped');
    expect((await problem(held.signer.sign(new Uint8Array(1)))).kind).toBe('signing-stopped');
    expect((await problem(world.deps.authority.forKey(TENANT, KEY))).kind).toBe('signing-stopped');
    await world.close();

    const again = await openWorld({ path });
    expect((await problem(call(again, achievementId))).kind).toBe('signing-stopped');
    const plain = { tenant: TENANT, actor: ACTOR, instance: DEFAULT_INSTANCE, body: { credential: PLAIN } };
    expect((await problem(again.plain().issue(plain))).kind).toBe('signing-stopped');
    // Another key, and the key of the lists, are not to blame.
    await again.deps.authority.forTenant(OTHER, 'assertion');
    await again.deps.authority.forTenant(TENANT, 'status');
    expect(await stopsOf(again)).toMatchObject([{ tenant: TENANT, keyId: KEY, suspects: [] }]);
    await again.institutions.resumeKey({ tenant: TENANT, keyId: KEY, actor: ACTOR, reason: 'looked at' });
    again.clock.now = () => new Date('2026-06-01T08:00:10Z');
    expect(await call(again, achievementId)).toHaveLength(1);
    expect(await stopsOf(again)).toEqual([]);
    const log = (await auditOf(again)).filter(({ operation }) => /^signing\.stop$|\.resume$/.test(operation));
    expect(log).toMatchObject([
      { operation: 'signing.stop', actor: 'system', detail: { key: KEY } },
      { operation: 'signingKey.resume', actor: ACTOR, object: KEY, detail: { reason: 'looked at' } },
    ]);
    await again.close();
  });

  it('stays stopped in this process when the store does not take it, and the next process learns of the next fault', async () => {
    let down = false;
    const change = (deps: IssuerDeps): Partial<IssuerDeps> => ({
      checkReleased: async () => {
        down = true;
        return fails().checkReleased();
      },
      transactor: {
        commit: (writes) => (down ? Promise.reject(new Error('the disk is full')) : deps.transactor.commit(writes)),
      },
    });
    const world = await openWorld({ change });
    const { achievementId } = await seed(world);
    await expect(call(world, achievementId)).rejects.toThrow('disk is full');
    down = false;
    expect(await stopsOf(world)).toEqual([]);
    expect((await problem(call(world, achievementId))).kind).toBe('signing-stopped');
    await world.close();
  });

  it('is kept with what was found, and neither log nor problem repeats it', async () => {
    const found = { evidence: { own: '<a> <b> "Maria" .\n', reference: '<a> <b> "Mario" .\n' }, suspects: ['urn:x:1'] };
    const change = (): Partial<IssuerDeps> => ({
      proofs: { sign: () => Promise.reject(new SigningMismatch('the canonical forms differ', found)) },
    });
    const world = await openWorld({ change });
    const { achievementId } = await seed(world);
    const refused = await problem(call(world, achievementId));
    expect(JSON.stringify({ ...refused, document: refused.toDocument() })).not.toContain('Maria');
    const [stop] = await stopsOf(world);
    expect(stop!.suspects).toEqual(['urn:x:1']);
    const { unsigned, ...evidence } = JSON.parse(stop!.evidence);
    expect(evidence).toEqual(found.evidence);
    expect(JSON.parse(unsigned)).not.toHaveProperty('proof');
    expect(JSON.stringify(await auditOf(world))).not.toContain('Maria');
    await world.close();
  });

  it('does not keep the service from starting: what it was to sign is left', async () => {
    const path = place();
    let dying = true;
    const world = await openWorld({
      path,
      change: () => ({
        onStep: (step) => {
          if (dying && step === 8) throw new Error('the process dies here');
        },
      }),
    });
    const { achievementId } = await seed(world);
    const body = { achievementId, recipients: [{}] };
    const keyed = { tenant: TENANT, actor: ACTOR, idempotencyKey: 'k', body };
    await expect(world.issuer.issue(keyed)).rejects.toThrow('dies');
    dying = false;
    const [row] = await world.reader.preparedCredentials(1);
    const lying = { ...world.deps, ...fails() };
    expect(await reconcile(lying)).toEqual({ finished: [], abandoned: [], left: [row!.credentialId] });
    expect(await reconcile(world.deps)).toEqual({ finished: [], abandoned: [], left: [row!.credentialId] });
    expect(await stopsOf(world)).toHaveLength(1);
    await world.close();
  });

  it('is stopped too when the library refuses what was released, about one in 1,000 of which it is asked about', async () => {
    const world = await openWorld();
    const { achievementId } = await seed(world);
    const body = { achievementId, recipients: [{}, {}] };
    await world.issuer.issue({ tenant: TENANT, actor: ACTOR, body });
    const rows = await wholeCredentials(world.reader, TENANT);
    let drawn = 0;
    let answer: boolean | undefined;
    const sampled = createSampled({
      ...world.deps,
      random: { bytes: (length) => new Uint8Array(length).fill(drawn) },
      libraryVerifies: async () => answer,
    });
    drawn = 1;
    sampled.stored(rows);
    answer = false;
    expect(await sampled.checkOnce()).toBe(false);
    drawn = 0;
    sampled.stored([...rows, ...rows]);
    for (answer of [true, undefined]) expect(await sampled.checkOnce()).toBe(true);
    answer = false;
    expect((await problem(sampled.checkOnce())).kind).toBe('signing-stopped');
    expect(await stopsOf(world)).toMatchObject([{ keyId: KEY, suspects: [expect.stringContaining('/credentials/')] }]);
    expect((await problem(call(world, achievementId))).kind).toBe('signing-stopped');
    await world.close();
  });
});
