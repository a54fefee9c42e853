import { compactVerify, decodeProtectedHeader } from 'jose';
import { describe, expect, it, vi } from 'vitest';
import { type BadgeCryptosuite, type BadgeJwtForm, type IssuerDeps, reconcile } from '#credentials';
import { type JsonObject, Problem } from '#kernel';
import { algorithmOf, type KeyAlgorithm, readPublicKey } from '#keystore';
import { openJwt } from '#proofs';
import { wholeCredentials } from '../support/whole-credentials.ts';
import { problem } from './support/problem.ts';
import { ACTOR, auditOf, definition, openWorld, type SetClock, seed, TENANT, type World } from './support/world.ts';

vi.setConfig({ testTimeout: 60_000 });

const SUITES: readonly BadgeCryptosuite[] = ['eddsa-rdfc-2022', 'eddsa-jcs-2022', 'ecdsa-rdfc-2019', 'ecdsa-jcs-2019'];
const FORMS: readonly (BadgeJwtForm | undefined)[] = [undefined, 'ob-jwt', 'vc+jwt'];

const addKey = (world: World, algorithm: KeyAlgorithm) =>
  world.institutions.createKey({ tenant: TENANT, purpose: 'assertion', algorithm, actor: ACTOR, immediately: true });
const issueOne = async (world: World, achievementId: string, idempotencyKey?: string) => {
  const body = { achievementId, recipients: [{ name: 'Learner' }] };
  const [one] = await world.issuer.issue({
    tenant: TENANT,
    actor: ACTOR,
    body,
    ...(idempotencyKey ? { idempotencyKey } : {}),
  });
  return (await world.reader.credential(one!.credentialId))!;
};
const keyOf = async (world: World, keyId: string) =>
  readPublicKey((await world.reader.signingKeys(TENANT)).find((key) => key.keyId === keyId)!.publicKeyMultibase);

describe('an award is secured as its definition says', () => {
  it.each(SUITES.flatMap((securing) => FORMS.map((jwt) => [securing, jwt] as const)))(
    '%s, %s',
    async (securing, jwt) => {
      const world = await openWorld();
      const { achievementId } = await seed(world, { securing, ...(jwt ? { jwt } : {}) });
      await addKey(world, 'P-256');
      await addKey(world, 'RSA');
      const row = await issueOne(world, achievementId);
      const document = JSON.parse(row.signed!) as JsonObject;
      expect(document.proof).toMatchObject({ cryptosuite: securing, proofPurpose: 'assertionMethod' });
      expect(await world.checkReleased(row.signed!)).toMatchObject({ outcome: 'pass' });
      const entries = (await auditOf(world)).filter((entry) => entry.object === row.credentialId);
      expect(entries.map(({ operation }) => operation)).toEqual(['credential.prepare', 'credential.issue']);
      if (!jwt) {
        expect(row).not.toHaveProperty('jwt');
        expect(row).not.toHaveProperty('jwtKeyId');
        expect(entries.map(({ detail }) => Object.keys(detail!).filter((name) => name.startsWith('jwt')))).toEqual([
          [],
          [],
        ]);
        await world.close();
        return;
      }
      // One award: the same credential, id, award id and status entry in both forms.
      const opened = openJwt(row.jwt!);
      const { proof: _proof, ...unsecured } = document;
      expect(opened.form).toBe(jwt);
      expect(opened.document).toEqual(unsecured);
      expect(JSON.stringify(opened.document)).toBe(row.unsigned);
      expect(await world.checkReleased(row.jwt!)).toMatchObject({ outcome: 'pass' });
      // Another implementation, with the key of the intent alone.
      const key = await keyOf(world, row.jwtKeyId!);
      await compactVerify(row.jwt!, key.key);
      expect(key.algorithm).toBe(jwt === 'ob-jwt' ? 'RSA' : 'Ed25519');
      expect(decodeProtectedHeader(row.jwt!).kid).toMatch(new RegExp(`#${row.jwtKeyId}$`));
      expect(entries[0]!.detail).toMatchObject({ key: row.keyId, jwtKey: row.jwtKeyId });
      expect(entries[1]!.detail).toMatchObject({ key: row.keyId, jwtKey: row.jwtKeyId, jwtSha256: row.jwtSha256 });
      await world.close();
    },
  );

  it('an ob-jwt takes a P-256 key where there is none of RSA', async () => {
    const world = await openWorld();
    const { achievementId } = await seed(world, { jwt: 'ob-jwt' });
    await addKey(world, 'P-256');
    const row = await issueOne(world, achievementId);
    expect(decodeProtectedHeader(row.jwt!).alg).toBe('ES256');
    await world.close();
  });

  it.each([
    ['ecdsa-rdfc-2019', undefined],
    ['eddsa-rdfc-2022', 'ob-jwt'],
  ] as const)('without a key of the kind nothing is prepared: %s, %s', async (securing, jwt) => {
    const world = await openWorld();
    const { achievementId } = await seed(world, { securing, ...(jwt ? { jwt } : {}) });
    const body = { achievementId, recipients: [{}] };
    expect(await problem(world.issuer.issue({ tenant: TENANT, actor: ACTOR, body }))).toMatchObject({
      kind: 'conflict',
    });
    expect(await problem(world.issuer.check({ tenant: TENANT, body }))).toMatchObject({ kind: 'conflict' });
    expect((await world.reader.credentials({ tenant: TENANT }, { limit: 9 })).items).toEqual([]);
    await world.close();
  });

  it('a new version does not change what is on its way (IS-4)', async () => {
    let achievementId = '';
    const world: World = await openWorld({
      change: () => ({
        onStep: async (step) => {
          if (step !== 6) return;
          const row = definition({ securing: 'eddsa-jcs-2022' }, 2, achievementId);
          await world.transactor.commit([{ op: 'achievement.insertVersion', row }]);
        },
      }),
    });
    ({ achievementId } = await seed(world, { jwt: 'vc+jwt' }));
    const row = await issueOne(world, achievementId);
    expect(row.achievementVersion).toBe(1);
    expect(JSON.parse(row.signed!).proof.cryptosuite).toBe('eddsa-rdfc-2022');
    expect(openJwt(row.jwt!).form).toBe('vc+jwt');
    await world.close();
  });
});

describe('the token passes its own check or nothing is released', () => {
  const stops = async (change: (deps: IssuerDeps) => Partial<IssuerDeps>, kind = 'signing-stopped') => {
    const world = await openWorld({ change });
    const { achievementId } = await seed(world, { jwt: 'vc+jwt' });
    const body = { achievementId, recipients: [{}] };
    expect((await problem(world.issuer.issue({ tenant: TENANT, actor: ACTOR, body }))).kind).toBe(kind);
    const items = await wholeCredentials(world.reader, TENANT);
    expect(items.map(({ phase, jwt, signed }) => [phase, jwt, signed])).toEqual([['abandoned', undefined, undefined]]);
    await world.close();
  };

  it('a token of another credential', () =>
    stops(({ tokens }) => ({
      tokens: { sign: (document, ...rest) => tokens.sign({ ...document, name: 'SPECIMEN other' }, ...rest) },
    })));

  it('a token with a changed signature', () =>
    stops(({ tokens }) => ({
      tokens: {
        sign: async (...args) => {
          const [header, payload, signature] = (await tokens.sign(...args)).split('.') as [string, string, string];
          return `${header}.${payload}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
        },
      },
    })));

  it('a check of the token that cannot be made', () =>
    stops(
      ({ checkReleased }) => ({
        checkReleased: async (text) =>
          text.startsWith('{') ? checkReleased(text) : { outcome: 'unknown', code: 'work_limit' },
      }),
      'unavailable',
    ));

  it('a signer of tokens that is down', () =>
    stops(
      () => ({
        tokens: {
          sign: async () => {
            throw new Problem('unavailable', 'the signer does not answer');
          },
        },
      }),
      'unavailable',
    ));

  it('and the store takes no half of an award', async () => {
    const world = await openWorld({
      change: () => ({
        onStep: (step) => {
          if (step === 9) throw new Error('dies');
        },
      }),
    });
    const { achievementId } = await seed(world, { jwt: 'vc+jwt' });
    const body = { achievementId, recipients: [{}] };
    const call = { tenant: TENANT, actor: ACTOR, idempotencyKey: 'k', body };
    await expect(world.issuer.issue(call)).rejects.toThrow('dies');
    const [row] = await world.reader.preparedCredentials(1);
    const { tenant, credentialId } = row!;
    const half = {
      op: 'credential.issue',
      tenant,
      credentialId,
      signed: '{}',
      sha256: 'x',
      issuedAt: row!.preparedAt,
    } as const;
    await expect(world.transactor.commit([half])).rejects.toThrow();
    expect(await world.reader.preparedCredentials(1)).toHaveLength(1);
    await world.close();
  });
});

describe('finishing after a crash', () => {
  it.each([6, 7, 8, 9])('step %i: both forms with the keys of the intent, also after a rotation', async (stopAt) => {
    let dead = true;
    const world = await openWorld({
      change: () => ({
        onStep: (step) => {
          if (dead && step === stopAt) throw new Error('the process dies here');
        },
      }),
    });
    const { achievementId } = await seed(world, { jwt: 'ob-jwt' });
    await addKey(world, 'RSA');
    await expect(issueOne(world, achievementId, 'k')).rejects.toThrow('dies');
    const [row] = await world.reader.preparedCredentials(1);
    for (const algorithm of ['Ed25519', 'RSA'] as const) {
      await world.institutions.rotateKey({ tenant: TENANT, purpose: 'assertion', algorithm, actor: ACTOR });
    }
    dead = false;
    expect(await reconcile(world.deps)).toMatchObject({ finished: [row!.credentialId], abandoned: [], left: [] });
    const done = await issueOne(world, achievementId, 'k');
    expect(done).toMatchObject({ credentialId: row!.credentialId, keyId: row!.keyId, jwtKeyId: row!.jwtKeyId });
    await compactVerify(done.jwt!, (await keyOf(world, row!.jwtKeyId!)).key);
    expect(await world.checkReleased(done.jwt!)).toMatchObject({ outcome: 'pass' });
    expect(
      algorithmOf(
        (await world.reader.signingKeys(TENANT)).find(({ keyId }) => keyId === done.jwtKeyId)!.publicKeyMultibase,
      ),
    ).toBe('RSA');
    await world.close();
  });

  it('is given up when the key of the token was revoked meanwhile', async () => {
    let dead = true;
    const world = await openWorld({
      change: () => ({
        onStep: (step) => {
          if (dead && step === 8) throw new Error('the process dies here');
        },
      }),
    });
    const { achievementId } = await seed(world, { jwt: 'ob-jwt' });
    await addKey(world, 'RSA');
    await expect(issueOne(world, achievementId, 'k')).rejects.toThrow('dies');
    const [row] = await world.reader.preparedCredentials(1);
    await world.institutions.revokeKey({ tenant: TENANT, keyId: row!.jwtKeyId!, actor: ACTOR });
    // Until the records of the keys are read again.
    (world.clock as SetClock).advance(120_000);
    dead = false;
    expect(await reconcile(world.deps)).toMatchObject({ finished: [], abandoned: [row!.credentialId] });
    expect(await world.reader.setStatusIndexes(row!.statusListId)).toContain(row!.statusListIndex);
    await world.close();
  });
});
