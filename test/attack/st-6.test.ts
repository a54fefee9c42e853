import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type CredentialWrite, createStatus, decodeBitstring, getBit } from '#credentials';
import { LIMITS } from '#kernel';
import { ACTOR, auditOf, openWorld, PLAIN, seed, TENANT } from '../credentials/support/world.ts';

const RUNS = 8;

/** What a published list says is set, whatever its form. */
function setIn(text: string): Set<string> {
  const list = JSON.parse(text);
  if (list.revokedCredential) return new Set(list.revokedCredential.map((one: { id: string }) => one.id));
  const bits = decodeBitstring(list.credentialSubject.encodedList, { bits: LIMITS.statusListEntries });
  return new Set(Array.from(bits.keys()).flatMap((byte) => (bits[byte] ? bitsOf(bits, byte) : [])));
}
const bitsOf = (bits: Uint8Array, byte: number) =>
  Array.from({ length: 8 }, (_, at) => byte * 8 + at)
    .filter((index) => getBit(bits, index))
    .map(String);

/** Independent of how lists are made: compares each publication with the one before. @returns what went from set to clear */
function cleared(publications: readonly string[]): string[] {
  const sets = publications.map(setIn);
  return sets.slice(1).flatMap((after, at) => [...sets[at]!].filter((one) => !after.has(one)));
}

it('ST-6 between two publications nothing goes from set to clear without an audited reinstatement', async () => {
  const world = await openWorld();
  const bits = await seed(world, { statusPurpose: 'suspension' });
  const named = await seed(world, { statusType: '1EdTechRevocationList' });
  const publications = new Map<string, string[]>();
  const transactor: typeof world.transactor = {
    async commit(writes) {
      await world.transactor.commit(writes);
      for (const write of writes as CredentialWrite[]) {
        if (write.op !== 'statusList.publish') continue;
        publications.set(write.listId, [...(publications.get(write.listId) ?? []), write.published]);
      }
    },
  };
  // Two of them, as two processes on one store would be.
  const services = [0, 1].map(() => {
    const status = createStatus({ ...world.deps, transactor });
    return { status, plain: world.plain({ transactor, status }) };
  });
  const issue = async (achievementId: string) => {
    const body = { achievementId, recipients: [{}, {}, {}] };
    return (await world.issuer.issue({ tenant: TENANT, actor: ACTOR, body })).map((one) => one.credentialId);
  };
  const badges = [...(await issue(bits.achievementId)), ...(await issue(named.achievementId))];
  // No badges, and each name in a list of each purpose.
  const others = ['urn:x:1', 'urn:x:2'];
  const purposes = ['revocation', 'suspension'] as const;
  for (const id of others) {
    for (const purpose of purposes) {
      const credential = { ...PLAIN, id };
      const instance = `eddsa-rdfc-2022+${purpose}`;
      await services[0]!.plain.issue({ tenant: TENANT, actor: ACTOR, instance, body: { credential } });
    }
  }
  const setPlain = (service: number, credentialId: string, statusPurpose: string, status: boolean) => {
    const credentialStatus = { type: 'BitstringStatusListEntry', statusPurpose };
    return services[service]!.plain.changeStatus({
      tenant: TENANT,
      actor: ACTOR,
      credentialId,
      credentialStatus,
      status,
    });
  };
  // At least once one is suspended here and reinstated there, whatever the draw.
  await setPlain(0, others[0]!, 'suspension', true);
  await setPlain(1, others[0]!, 'suspension', false);
  const step = fc.oneof(
    fc.record({
      service: fc.nat(1),
      credentialId: fc.constantFrom(...badges),
      action: fc.constantFrom('revoke', 'suspend', 'suspend', 'reinstate'),
    }),
    fc.record({
      service: fc.nat(1),
      credentialId: fc.constantFrom(...others),
      purpose: fc.constantFrom(...purposes),
      isSet: fc.boolean(),
    }),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(step, step), { minLength: 3, maxLength: 6 }), async (pairs) => {
      for (const pair of pairs) {
        // Whether one of them is refused does not matter here; what is published does.
        await Promise.allSettled(
          pair.map((one) => {
            const { service, credentialId } = one;
            if ('purpose' in one) return setPlain(service, credentialId, one.purpose, one.isSet);
            const of = { tenant: TENANT, credentialId, actor: ACTOR, action: one.action as 'revoke' };
            return services[service]!.status.change({ ...of, reason: 'x' });
          }),
        );
      }
    }),
    { numRuns: RUNS },
  );
  const reinstated = (await auditOf(world))
    .filter(
      ({ operation, detail }) =>
        operation === 'credential.reinstate' || (detail?.to === 'active' && operation === 'plainCredential.status'),
    )
    .flatMap(({ detail }) =>
      [detail!.index as number, (detail!.index as number) ^ 7].map((index) => `${detail!.list} ${index}`),
    );
  const allowed = new Map<string, number>();
  for (const one of reinstated) allowed.set(one, (allowed.get(one) ?? 0) + 1);
  let compared = 0;
  let lifted = 0;
  for (const [listId, texts] of publications) {
    compared += texts.length - 1;
    for (const one of cleared(texts)) {
      const key = `${listId} ${one}`;
      lifted++;
      allowed.set(key, (allowed.get(key) ?? 0) - 1);
      expect({ key, left: allowed.get(key)! >= 0 }).toEqual({ key, left: true });
    }
  }
  expect(compared).toBeGreaterThan(10);
  expect(lifted).toBeGreaterThan(0);
  expect(await world.storage.integrity()).toEqual([]);
  await world.close();
}, 180_000);

it('ST-6 the checker sees what it is for', () => {
  const list = (...ids: string[]) => JSON.stringify({ revokedCredential: ids.map((id) => ({ id })) });
  expect(cleared([list('a'), list('a', 'b'), list('b')])).toEqual(['a']);
});
