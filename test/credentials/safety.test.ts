import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type IssuerDeps, LintToken, lint, reconcile, redeem } from '#credentials';
import { Problem } from '#kernel';
import { finish } from '../../src/credentials/issue/finish.ts';
import { signLinted } from '../../src/credentials/issue/sign.ts';
import { createLatch } from '../../src/credentials/latch.ts';
import { sampleContext, sampleDocument } from '../../src/credentials/lints/sample.ts';
import { wholeCredentials } from '../support/whole-credentials.ts';
import { problem } from './support/problem.ts';
import { ACTOR, auditOf, OTHER, openWorld, seed, TENANT, type WorldOptions } from './support/world.ts';

const text = JSON.stringify(sampleDocument());
const { tenant, issuer } = sampleContext();

describe('nothing is signed unlinted (IS-6)', () => {
  it('by type and at run time', () => {
    // @ts-expect-error the constructor is private
    expect(() => new LintToken(Symbol('lint'), { text: '', document: {}, tenant: '', issuer: '' })).toThrow(
      'lint() only',
    );
    // @ts-expect-error a look-alike has not the private members
    const lookAlike: LintToken = { text: '', tenant: '', issuer: '' };
    expect(() => redeem(lookAlike, text, tenant, issuer)).toThrow('not a lint token');
    expect(() => redeem(undefined as never, text, tenant, issuer)).toThrow('not a lint token');
    expect(() => redeem(Object.create(LintToken.prototype), text, tenant, issuer)).toThrow('not a lint token');
  });

  it('with one token for one signature of one text of one issuer', () => {
    const token = lint(text, sampleContext());
    redeem(token, text, tenant, issuer);
    expect(() => redeem(token, text, tenant, issuer)).toThrow('used');
    expect(() => redeem(lint(text, sampleContext()), `${text} `, tenant, issuer)).toThrow('another text');
    expect(() => redeem(lint(text, sampleContext()), text, 'other', issuer)).toThrow('another tenant');
    expect(() => redeem(lint(text, sampleContext()), text, tenant, 'did:web:x.example')).toThrow('another issuer');
    const spent = lint(text, sampleContext());
    expect(() => redeem(spent, `${text} `, tenant, issuer)).toThrow();
    expect(() => redeem(spent, text, tenant, issuer)).toThrow('used');
  });

  it('and the key is not called without', async () => {
    let calls = 0;
    const world = await openWorld();
    await seed(world);
    const signing = await world.deps.authority.forTenant(TENANT, 'assertion');
    const counted = { ...signing, signer: { ...signing.signer, sign: async () => new Uint8Array(64).fill(++calls) } };
    const securing = {
      ...{ signing: counted, cryptosuite: 'eddsa-rdfc-2022' as const },
      jwt: { form: 'vc+jwt' as const, signing: counted },
    };
    const { proofs, tokens } = world.deps;
    const by = { proofs, tokens, tenant: TENANT, securing, created: '2026-06-01T00:00:00Z' };
    await expect(signLinted({} as LintToken, text, by)).rejects.toThrow('not a lint token');
    const token = lint(text, { ...sampleContext(), tenant: OTHER });
    await expect(signLinted(token, text, by)).rejects.toThrow('another tenant');
    expect(calls).toBe(0);
    await world.close();
  });

  it('and no other file of the room calls a proof maker', () => {
    const room = join(import.meta.dirname, '..', '..', 'src', 'credentials');
    const callers = readdirSync(room, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && /proofs\.sign\(/.test(readFileSync(join(room, file), 'utf8')))
      .map((file) => file.replaceAll(sep, '/'));
    expect(callers.sort()).toEqual(['issue/sign.ts', 'plain/secure.ts', 'status/publish.ts']);
  });

  it('a text that breaks a rule gets no token', async () => {
    const document = sampleDocument();
    document.credentialSubject.achievement.name = '';
    expect((await problem(Promise.resolve().then(() => lint(JSON.stringify(document), sampleContext())))).kind).toBe(
      'lint-failed',
    );
  });
});

describe('what is released is what was linted (IS-7)', () => {
  const stops = async (change: WorldOptions['change'], kind = 'signing-stopped') => {
    const world = await openWorld(change ? { change } : {});
    const { achievementId } = await seed(world);
    const call = { tenant: TENANT, actor: ACTOR, body: { achievementId, recipients: [{}, {}] } };
    expect((await problem(world.issuer.issue(call))).kind).toBe(kind);
    const rows = await wholeCredentials(world.reader, TENANT);
    expect(rows.map((row) => [row.phase, row.signed])).toEqual([
      ['abandoned', undefined],
      ['abandoned', undefined],
    ]);
    if (kind === 'signing-stopped') {
      expect(await world.reader.openSigningStops()).toHaveLength(1);
      expect((await problem(world.issuer.issue(call))).kind).toBe('signing-stopped');
      expect((await auditOf(world)).filter((entry) => entry.operation === 'signing.stop')).toHaveLength(1);
    } else {
      expect(await world.reader.openSigningStops()).toEqual([]);
    }
    expect(await world.storage.integrity()).toEqual([]);
    await world.close();
  };

  it('a serializer that changes a member is caught, and signing stops', () =>
    stops(() => ({
      serialize: (document) => JSON.stringify({ ...(document as object), validUntil: '2099-01-01T00:00:00Z' }),
    })));

  it('one that changes the order too', () =>
    stops(() => ({
      serialize: (document) => JSON.stringify(Object.fromEntries(Object.entries(document as object).reverse())),
    })));

  it('one that drops the proof too', () =>
    stops(() => ({ serialize: (document) => JSON.stringify({ ...(document as object), proof: undefined }) })));

  it('a garbage signature is caught (FT-4)', () =>
    stops((deps) => ({
      authority: {
        ...deps.authority,
        forTenant: async (...args) => {
          const party = await deps.authority.forTenant(...args);
          return { ...party, signer: { ...party.signer, sign: async () => new Uint8Array(64).fill(1) } };
        },
      },
    })));

  it('a check that fails stops signing, one that cannot be made releases nothing', async () => {
    await stops(() => ({ checkReleased: async () => ({ outcome: 'fail', code: 'signature_invalid' }) }));
    await stops(() => ({ checkReleased: async () => ({ outcome: 'unknown', code: 'work_limit' }) }), 'unavailable');
  });

  it('a signer that is down leaves no half state (FT-4)', async () => {
    let down = true;
    const change = (deps: IssuerDeps): Partial<IssuerDeps> => ({
      proofs: {
        sign: (...args) => {
          if (down) throw new Problem('unavailable', 'the signer does not answer');
          return deps.proofs.sign(...args);
        },
      },
    });
    const world = await openWorld({ change });
    const { achievementId } = await seed(world);
    const call = { tenant: TENANT, actor: ACTOR, idempotencyKey: 'k1', body: { achievementId, recipients: [{}] } };
    expect((await problem(world.issuer.issue(call))).kind).toBe('unavailable');
    expect((await world.reader.preparedCredentials(10)).length).toBe(1);
    down = false;
    const [one] = await world.issuer.issue(call);
    expect(await world.checkReleased(one!.text)).toMatchObject({ outcome: 'pass' });
    expect((await world.reader.credentials({ tenant: TENANT }, { limit: 9 })).items).toHaveLength(1);
    await world.close();
  });
});

describe('finishing after a crash', () => {
  it('gives the same bytes, with the key of the intent even after a rotation', async () => {
    let stopAt = 8;
    const world = await openWorld({
      change: () => ({
        onStep: (step) => {
          if (step === stopAt) throw new Error('the process dies here');
        },
      }),
    });
    const { achievementId } = await seed(world);
    const call = { tenant: TENANT, actor: ACTOR, idempotencyKey: 'k', body: { achievementId, recipients: [{}] } };
    await expect(world.issuer.issue(call)).rejects.toThrow('dies');
    const [row] = await world.reader.preparedCredentials(1);
    await world.institutions.rotateKey({ tenant: TENANT, purpose: 'assertion', actor: ACTOR });
    stopAt = 0;
    const signing = await world.deps.authority.forKey(TENANT, row!.keyId);
    const securing = { signing, cryptosuite: 'eddsa-rdfc-2022' as const };
    const achievement = (await world.reader.achievement(achievementId))!;
    const noStore = { ...world.deps, transactor: { commit: async () => undefined } };
    const prepared = { records: [row!], achievement, securing };
    const [once] = await finish(noStore, createLatch(noStore), prepared, 'system');
    expect(await reconcile(world.deps)).toMatchObject({ finished: [row!.credentialId], abandoned: [], left: [] });
    const [again] = await world.issuer.issue(call);
    expect(again!.text).toBe(once!.signed);
    expect(JSON.parse(again!.text)).toMatchObject({ proof: { created: row!.proofCreated } });
    expect(await reconcile(world.deps)).toEqual({ finished: [], abandoned: [], left: [] });
    await world.close();
  });

  it('gives up when the key was revoked, sets the bit and says so', async () => {
    let stopAt = 8;
    const world = await openWorld({
      change: () => ({
        onStep: (step) => {
          if (step === stopAt) throw new Error('the process dies here');
        },
      }),
    });
    const { achievementId } = await seed(world);
    const call = { tenant: TENANT, actor: ACTOR, idempotencyKey: 'k', body: { achievementId, recipients: [{}] } };
    await expect(world.issuer.issue(call)).rejects.toThrow('dies');
    stopAt = 0;
    const [row] = await world.reader.preparedCredentials(1);
    await world.institutions.revokeKey({ tenant: TENANT, keyId: row!.keyId, reason: 'test', actor: ACTOR } as never);
    (world.clock as unknown as { advance(ms: number): void }).advance(60_000);
    expect(await reconcile(world.deps)).toMatchObject({ finished: [], abandoned: [row!.credentialId] });
    expect(await world.reader.setStatusIndexes(row!.statusListId)).toContain(row!.statusListIndex);
    expect((await world.reader.statusEvents(row!.credentialId)).map((event) => event.action)).toEqual(['abandon']);
    expect((await problem(world.issuer.issue(call))).kind).toBe('conflict');
    await world.close();
  });
});
