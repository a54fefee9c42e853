import { describe, expect, it } from 'vitest';
import { problem } from './support/problem.ts';
import { ACTOR, auditOf, DID, openWorld, PUBLIC, type SetClock, seed, TENANT } from './support/world.ts';

const statusType = '1EdTechRevocationList' as const;

async function issue(world: Awaited<ReturnType<typeof openWorld>>, achievementId: string, count = 1) {
  const body = { achievementId, recipients: Array.from({ length: count }, () => ({})) };
  const issued = await world.issuer.issue({ tenant: TENANT, actor: ACTOR, body });
  return Promise.all(issued.map(async ({ credentialId }) => (await world.reader.credential(credentialId))!));
}
const revoke = (credentialId: string, reason = 'Issued in error') =>
  ({ tenant: TENANT, credentialId, action: 'revoke', reason, actor: ACTOR }) as const;

describe('badges whose status is a 1EdTechRevocationList', () => {
  it('name the list, which names them when they are revoked', async () => {
    const world = await openWorld();
    const { achievementId } = await seed(world, { statusType });
    const [one, two] = await issue(world, achievementId, 2);
    const listId = one!.statusListId;
    const document = JSON.parse(one!.signed!);
    expect(document['@context']).toEqual([
      'https://www.w3.org/ns/credentials/v2',
      'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json',
      'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json',
      `${PUBLIC}/contexts/ph/v1-draft`,
    ]);
    expect(document.credentialStatus).toEqual({ id: `${PUBLIC}/revocations/${listId}`, type: statusType });
    expect(await world.checkReleased(one!.signed!)).toMatchObject({ outcome: 'pass' });
    const list = async () => JSON.parse(await world.status.revocationList(listId));
    expect(await list()).toEqual({ id: `${PUBLIC}/revocations/${listId}`, issuer: DID, revokedCredential: [] });
    expect(await world.status.change(revoke(two!.credentialId))).toMatchObject({ state: 'revoked', published: true });
    expect((await list()).revokedCredential).toEqual([
      { id: `${PUBLIC}/credentials/${two!.credentialId}`, revoked: true, revocationReason: 'Issued in error' },
    ]);
    const published = (await auditOf(world)).filter(({ operation }) => operation === 'statusList.publish');
    expect(published.length).toBeGreaterThanOrEqual(2);
    await world.close();
  });

  it('cannot be suspended, and what is revoked stays so', async () => {
    const world = await openWorld();
    const { achievementId } = await seed(world, { statusType });
    const [one] = await issue(world, achievementId);
    const { credentialId, statusListId } = one!;
    expect((await problem(world.status.change({ ...revoke(credentialId), action: 'suspend' }))).kind).toBe(
      'status-purpose',
    );
    await world.status.change(revoke(credentialId));
    expect((await problem(world.status.change({ ...revoke(credentialId), action: 'reinstate' }))).kind).toBe(
      'status-purpose',
    );
    expect(JSON.parse(await world.status.revocationList(statusListId)).revokedCredential).toHaveLength(1);
    await world.close();
  });

  it('keep to their own lists, at their own address', async () => {
    const world = await openWorld();
    const named = await seed(world, { statusType });
    const bits = await seed(world);
    const [one] = await issue(world, named.achievementId);
    const [two] = await issue(world, bits.achievementId);
    expect(one!.statusListId).not.toBe(two!.statusListId);
    expect((await problem(world.status.listCredential(one!.statusListId))).kind).toBe('not-found');
    expect((await problem(world.status.revocationList(two!.statusListId))).kind).toBe('not-found');
    expect((await problem(world.status.revocationList('nothing'))).kind).toBe('not-found');
    await world.close();
  });

  it('are named although a crash came between the change and its publication', async () => {
    const world = await openWorld();
    const { achievementId } = await seed(world, { statusType, extension: false });
    const [one] = await issue(world, achievementId);
    const { tenant, credentialId, statusListId } = one!;
    await world.status.revocationList(statusListId);
    await world.transactor.commit([
      { op: 'credential.changeState', tenant, credentialId, from: 'active', to: 'revoked' },
    ]);
    expect(JSON.parse(await world.status.revocationList(statusListId)).revokedCredential).toEqual([
      { id: `${PUBLIC}/credentials/${credentialId}`, revoked: true },
    ]);
    await world.close();
  });

  it('get a new list when one has grown long', async () => {
    const world = await openWorld();
    await seed(world);
    const list = await world.status.ensureList(TENANT, 'revocation', 'revocations');
    expect(await world.status.ensureList(TENANT, 'revocation', 'revocations')).toEqual(list);
    const { createStatus } = await import('#credentials');
    const full = createStatus({
      ...world.deps,
      reader: { ...world.reader, openStatusList: async () => ({ ...list, reserved: 5_000 }) },
    });
    // The newest list is the one in use, and times are whole seconds.
    (world.clock as SetClock).advance(1_000);
    await full.ensureList(TENANT, 'revocation', 'revocations');
    expect((await world.status.ensureList(TENANT, 'revocation', 'revocations')).listId).not.toBe(list.listId);
    await world.close();
  });
});
