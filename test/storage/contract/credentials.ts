import { describe, expect, it } from 'vitest';
import { at, credential, statusList } from '../support/records.ts';
import { type Open, opened } from './open.ts';

export function credentialContract(open: Open): void {
  describe('credentials', () => {
    const store = opened(open, 'uno', 'dos');
    const commit = (...writes: Parameters<ReturnType<typeof store>['transactor']['commit']>[0]) =>
      store().transactor.commit(writes);
    let next = 0;
    /** A new pair each time. */
    const index = () => 8 * next++;
    const prepare = async (tenant: string, id: string, more = {}) => {
      const row = credential(tenant, id, index(), more);
      await commit({ op: 'credential.prepare', row });
      return row;
    };

    it('goes from prepared to issued once, with exactly the bytes given', async () => {
      const row = await prepare('uno', 'c1', { validUntil: at(90), idempotencyKey: 'k', preparedAt: at(1) });
      expect(await store().reader.credential('c1')).toEqual(row);
      expect(await store().reader.preparedCredentials(5)).toEqual([row]);
      const issue = { signed: '{"é":"\\u0041"}', sha256: 'aa', issuedAt: at(2) };
      await commit({ op: 'credential.issue', tenant: 'uno', credentialId: 'c1', ...issue });
      expect(await store().reader.credential('c1')).toEqual({ ...row, ...issue, phase: 'issued' });
      expect(await store().reader.preparedCredentials(5)).toEqual([]);
      for (const write of [
        { op: 'credential.issue' as const, tenant: 'uno', credentialId: 'c1', ...issue, signed: 'other' },
        { op: 'credential.abandon' as const, tenant: 'uno', credentialId: 'c1', at: at() },
      ]) {
        await expect(commit(write)).rejects.toMatchObject({ name: 'UniqueViolation', table: 'credential.phase' });
      }
      expect((await store().reader.credential('c1'))?.signed).toBe(issue.signed);
    });

    it('reads by ids in their order, of one tenant only', async () => {
      for (const id of ['x1', 'x2', 'x3']) await prepare('uno', id);
      await prepare('dos', 'y1');
      const found = await store().reader.credentialsByIds('uno', ['x3', 'y1', 'x1', 'nope', 'x2']);
      expect(found.map((row) => row.credentialId)).toEqual(['x3', 'x1', 'x2']);
      expect(await store().reader.credentialsByIds('uno', [])).toEqual([]);
    });

    it('filters by achievement, state and batch, each within the tenant', async () => {
      const row = await prepare('uno', 'f1', { batchId: 'b1', batchRow: 1 });
      await prepare('dos', 'f2', { batchId: 'b1', batchRow: 1 });
      await commit({ op: 'credential.changeState', tenant: 'uno', credentialId: 'f1', from: 'active', to: 'revoked' });
      const ids = async (filter: object) =>
        (await store().reader.credentials({ tenant: 'uno', ...filter }, { limit: 99 })).items.map(
          (item) => item.credentialId,
        );
      expect(await ids({ batchId: 'b1' })).toEqual(['f1']);
      expect(await ids({ state: 'revoked' })).toEqual(['f1']);
      expect(await ids({ achievementId: row.achievementId })).toContain('f1');
      expect(await ids({ achievementId: 'ACH-dos' })).toEqual([]);
      expect(await ids({ state: 'suspended' })).toEqual([]);
    });

    it('finds by what is stored of a person, and by the number of the certificate', async () => {
      const named = { subjectId: 'urn:uuid:p', name: 'Iñigo "Igi" 100%', email: 'Igi@X.example', studentNumber: 'p-7' };
      const unsigned = '{"certificateNumber":"C_\\"7\\""}';
      await prepare('uno', 'p1', { recipient: named, unsigned });
      await prepare('dos', 'p2', { recipient: named, unsigned });
      const ids = async (filter: object) =>
        (await store().reader.credentials({ tenant: 'uno', ...filter }, { limit: 99 })).items.map(
          (item) => item.credentialId,
        );
      const found = [{ email: 'igi@x.EXAMPLE' }, { studentNumber: 'p-7' }, { name: 'IÑIGO "igi"' }, { name: '100%' }];
      for (const filter of [...found, { certificateNumber: 'C_"7"' }, { name: 'igi', achievementId: 'ACH-uno' }]) {
        expect([filter, await ids(filter)]).toEqual([filter, ['p1']]);
      }
      const none = [{ email: 'x.example' }, { studentNumber: 'p' }, { name: '0%0' }, { certificateNumber: 'C_' }];
      for (const filter of [...none, { certificateNumber: 'Cx"7"' }, { name: 'igi', achievementId: 'ACH-dos' }]) {
        expect([filter, await ids(filter)]).toEqual([filter, []]);
      }
    });

    it.each([
      ['credential id', { credentialId: 'u1' }, 'credentials'],
      ['credential id of another tenant', { credentialId: 'u1', tenant: 'dos' }, 'credentials'],
      ['award id and edition', { awardId: 'urn:uuid:u1' }, 'credentials'],
      ['batch row', { batchId: 'bu', batchRow: 7 }, 'credential.batchRow'],
    ])('refuses the same %s', async (what, same, table) => {
      if (!(await store().reader.credential('u1'))) await prepare('uno', 'u1', { batchId: 'bu', batchRow: 7 });
      const before = await store().reader.statusList('LIST-uno');
      const tenant = (same as { tenant?: string }).tenant ?? 'uno';
      const row = { ...credential(tenant, `u-${what}`, index()), ...same };
      await expect(commit({ op: 'credential.prepare', row })).rejects.toMatchObject({ name: 'UniqueViolation', table });
      expect(await store().reader.statusList('LIST-uno')).toEqual(before);
    });

    it('lets an abandoned award or batch row be tried again', async () => {
      const more = { awardId: 'urn:uuid:again', batchId: 'ba', batchRow: 1 };
      await prepare('uno', 'n1', more);
      await commit({ op: 'credential.abandon', tenant: 'uno', credentialId: 'n1', at: at(3) });
      expect((await store().reader.credential('n1'))?.phase).toBe('abandoned');
      await prepare('uno', 'n2', more);
      await prepare('uno', 'n3', { awardId: 'urn:uuid:again', edition: 2 });
    });

    it.each([
      ['issued from the start', { phase: 'issued' }],
      ['suspended from the start', { state: 'suspended' }],
      ['in the list of another tenant', { statusListId: 'LIST-dos' }],
      ['in a list of another purpose', { statusPurpose: 'suspension' }],
      ['beyond the end of the list', { statusListIndex: 131_072 }],
      ['before the start of the list', { statusListIndex: -1 }],
      ['of an achievement version that does not exist', { achievementVersion: 9 }],
    ])('refuses a credential %s', async (_, wrong) => {
      const row = { ...credential('uno', 'w1', 9_000), ...(wrong as object) };
      await expect(commit({ op: 'credential.prepare', row })).rejects.toThrow();
      expect(await store().reader.credential('w1')).toBeUndefined();
    });

    it('changes state only from the state that was read, in its tenant, and never out of revoked', async () => {
      await commit({ op: 'statusList.insert', row: { ...statusList('uno', 'susp'), purpose: 'suspension' } });
      await prepare('uno', 's1', { statusListId: 'susp', statusPurpose: 'suspension' });
      const change = (
        tenant: string,
        from: 'active' | 'suspended' | 'revoked',
        to: 'active' | 'suspended' | 'revoked',
      ) => commit({ op: 'credential.changeState', tenant, credentialId: 's1', from, to });
      const stale = { name: 'UniqueViolation', table: 'credential.state' };
      await expect(change('dos', 'active', 'revoked')).rejects.toMatchObject(stale);
      await expect(change('uno', 'suspended', 'active')).rejects.toMatchObject(stale);
      await change('uno', 'active', 'suspended');
      await change('uno', 'suspended', 'active');
      await change('uno', 'active', 'revoked');
      await expect(change('uno', 'revoked', 'active')).rejects.toMatchObject(stale);
      expect((await store().reader.credential('s1'))?.state).toBe('revoked');
    });

    it('has one form of an award for each holder, while its web copy is issued and active', async () => {
      const { reader } = store();
      const award = await prepare('uno', 'w-1', { awardedDate: at(500) });
      const form = (id: string, holder: string, more = {}) =>
        prepare('uno', id, {
          ...{ awardId: award.awardId, formOf: 'w-1', edition: 2, awardedDate: at(500) },
          ...{ recipient: { subjectId: holder }, ...more },
        });
      const refused = { name: 'UniqueViolation', table: 'credential.formOf' };
      await expect(form('w-2', 'did:x:1')).rejects.toMatchObject(refused);
      const issue = { signed: '{}', sha256: 'aa', issuedAt: at(2) };
      await commit({ op: 'credential.issue', tenant: 'uno', credentialId: 'w-1', ...issue });
      const first = await form('w-2', 'did:x:1', { offerId: 'o-1' });
      expect(await reader.credential('w-2')).toEqual(first);
      await expect(form('w-3', 'did:x:1', { edition: 3 })).rejects.toMatchObject({ table: 'credentials' });
      await expect(form('w-3', 'did:x:2')).rejects.toMatchObject({ table: 'credentials' });
      await expect(form('w-3', 'did:x:2', { edition: 3, awardId: 'urn:uuid:other' })).rejects.toMatchObject(refused);
      await expect(form('w-3', 'did:x:2', { edition: 3, formOf: 'w-2' })).rejects.toMatchObject(refused);
      const stranger = credential('dos', 'w-3', index(), { awardId: award.awardId, formOf: 'w-1', edition: 3 });
      await expect(commit({ op: 'credential.prepare', row: stranger })).rejects.toMatchObject(refused);
      await commit({ op: 'credential.abandon', tenant: 'uno', credentialId: 'w-2', at: at() });
      await form('w-4', 'did:x:1');
      await form('w-5', 'did:x:2', { edition: 3 });
      expect((await reader.formsOf('uno', 'w-1')).map((row) => row.credentialId)).toEqual(['w-4', 'w-5']);
      expect(await reader.formsOf('dos', 'w-1')).toEqual([]);

      for (const credentialId of ['w-4', 'w-5'])
        await commit({ op: 'credential.issue', tenant: 'uno', credentialId, ...issue });
      const ids = async (filter: object) =>
        (await reader.credentials({ tenant: 'uno', ...filter }, { limit: 99 })).items.map((row) => row.credentialId);
      expect((await ids({})).filter((id) => id.startsWith('w-'))).toEqual(['w-1']);
      expect(await ids({ keyId: award.keyId })).toEqual(expect.arrayContaining(['w-1', 'w-4', 'w-5']));
      expect(await reader.countAwardedSince('uno', at(500))).toBe(1);

      const change = (forms?: number) =>
        commit({
          ...{ op: 'credential.changeState', tenant: 'uno', credentialId: 'w-1', from: 'active', to: 'revoked' },
          ...(forms === undefined ? {} : { forms }),
        });
      await expect(change(1)).rejects.toMatchObject({ name: 'UniqueViolation', table: 'credential.state' });
      expect((await reader.credential('w-1'))?.state).toBe('active');
      await change(2);
      await expect(form('w-6', 'did:x:3', { edition: 4 })).rejects.toMatchObject(refused);
    });

    it('counts among the newest awards those since a day, and those that stand', async () => {
      const { reader } = store();
      const issue = async (id: string, preparedAt: string, more = {}) => {
        await prepare('dos', id, { preparedAt, awardedDate: at(1_000), ...more });
        const signed = { signed: '{}', sha256: 'aa', issuedAt: at(2_000) };
        await commit({ op: 'credential.issue', tenant: 'dos', credentialId: id, ...signed });
      };
      const count = (from: string, atMost = 100) => reader.newestAwardedSince('dos', from, at(3_000), atMost);
      const others = (await count(at(1_000))).awards;
      await issue('n-1', at(5_001));
      await issue('n-2', at(5_002), { awardedDate: at(999) });
      await issue('n-3', at(5_003), { validUntil: at(3_000) });
      await issue('n-4', at(5_004), { validUntil: at(3_001) });
      await issue('n-5', at(5_005));
      await commit({
        op: 'credential.changeState',
        tenant: 'dos',
        credentialId: 'n-5',
        from: 'active',
        to: 'suspended',
      });
      // Not yet issued is not awarded.
      await prepare('dos', 'n-6', { preparedAt: at(5_006), awardedDate: at(1_000) });
      expect(others).toBe(0);
      expect(await count(at(1_000))).toEqual({ awards: 4, standing: 2, complete: true });
      expect(await count(at(1_001))).toEqual({ awards: 0, standing: 0, complete: true });
      expect(await count(at(1_000), 2)).toMatchObject({ complete: false });
      expect((await reader.newestAwardedSince('uno', at(1_000), at(3_000), 100)).awards).toBe(0);
    });

    it('keeps the answer for a key once, for 24 hours, per tenant and operation', async () => {
      const row = (more: object) => ({
        tenant: 'uno',
        operation: 'issue',
        key: 'k1',
        requestSha256: 'r1',
        credentialIds: ['c1', 'c2'],
        createdAt: '2026-06-01T00:00:00Z',
        ...more,
      });
      const insert = (more: object) => commit({ op: 'idempotency.insert', row: row(more) });
      await insert({});
      await insert({ tenant: 'dos' });
      await insert({ operation: 'batch' });
      expect(await store().reader.idempotency('uno', 'issue', 'k1')).toEqual(row({}));
      expect(await store().reader.idempotency('uno', 'issue', 'k2')).toBeUndefined();
      await expect(insert({ createdAt: '2026-06-02T00:00:00Z' })).rejects.toMatchObject({ table: 'idempotency' });
      await insert({ createdAt: '2026-06-02T00:00:01Z', requestSha256: 'r2' });
      expect((await store().reader.idempotency('uno', 'issue', 'k1'))?.requestSha256).toBe('r2');
      expect((await store().reader.idempotency('dos', 'issue', 'k1'))?.requestSha256).toBe('r1');
    });
  });
}
