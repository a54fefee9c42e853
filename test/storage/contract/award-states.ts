import { describe, expect, it } from 'vitest';
import type { CredentialWrite } from '#credentials';
import { at, credential } from '../support/records.ts';
import { type Open, opened } from './open.ts';

const COUNT = 510;

/** More than fit into one statement. */
export function awardStateContract(open: Open): void {
  describe('states of awards', () => {
    const store = opened(open, 'uno', 'dos');
    const commit = (...writes: CredentialWrite[]) => store().transactor.commit(writes);
    const ids = Array.from({ length: COUNT }, (_, n) => `many-${String(n).padStart(4, '0')}`);
    const of = { tenant: 'uno' };

    it('change together, each with its event', async () => {
      const { reader } = store();
      await commit(
        ...ids.map((id, n): CredentialWrite => {
          const row = credential('uno', id, n * 8, { batchId: 'BATCH', batchRow: n, keyId: 'key-7' });
          return { op: 'credential.prepare', row };
        }),
      );
      await commit(
        ...ids.map((credentialId): CredentialWrite => {
          const text = { signed: '{}', sha256: 'aa'.repeat(32), issuedAt: at() };
          return { op: 'credential.issue', ...of, credentialId, ...text };
        }),
      );
      expect((await reader.awardsIn({ ...of, keyId: 'key-7' }, ['active'], 2_000)).length).toBe(COUNT);
      expect(await reader.awardsIn({ ...of, batchId: 'BATCH' }, ['active'], 2)).toEqual(ids.slice(0, 2));
      expect(await reader.awardsIn({ ...of, batchId: 'BATCH' }, ['active'], 2, true)).toEqual([]);
      expect(await reader.awardsIn({ tenant: 'dos', batchId: 'BATCH' }, ['active'], 2)).toEqual([]);
      const event = { ...of, action: 'revoke', reason: 'mali', at: at(), actor: 'key:one' } as const;
      await commit(
        { op: 'credential.changeStates', ...of, from: 'active', to: 'revoked', credentialIds: ids, forms: [] },
        { op: 'statusEvent.insertAll', event, credentialIds: ids },
      );
      const states = await reader.statesOf('uno', [...ids].reverse());
      expect(states.map(({ credentialId }) => credentialId)).toEqual(ids);
      expect(new Set(states.map(({ state }) => state))).toEqual(new Set(['revoked']));
      expect(states[1]).toEqual({
        ...{ credentialId: ids[1], state: 'revoked', statusPurpose: 'revocation' },
        ...{ statusListId: 'LIST-uno', statusListIndex: 8 },
      });
      expect(await reader.statesOf('dos', ids)).toEqual([]);
      expect(await reader.statusEvents(ids.at(-1)!)).toEqual([{ ...event, credentialId: ids.at(-1) }]);
      await commit({ op: 'statusEvent.insertAll', event, credentialIds: ids.slice(0, 1) });
      expect((await reader.statusEvents(ids[0]!)).length).toBe(2);
      expect((await reader.setStatusIndexes('LIST-uno')).length).toBe(2 * COUNT);
      expect(await reader.awardsIn({ ...of, keyId: 'key-7' }, ['active', 'suspended'], 2)).toEqual([]);
    });

    it('do not change when one is not in the state, is another’s, or has forms that were not named', async () => {
      const [web, form, alone] = ['many-web', 'many-form', 'many-alone'];
      const say = { signed: '{}', sha256: 'aa'.repeat(32), issuedAt: at() };
      await commit({ op: 'credential.prepare', row: credential('uno', web, 20_000) });
      await commit({ op: 'credential.issue', ...of, credentialId: web, ...say });
      const { awardId } = (await store().reader.credential(web))!;
      const row = credential('uno', form, 20_016, { formOf: web, awardId, edition: 2 });
      await commit({ op: 'credential.prepare', row });
      await commit({ op: 'credential.prepare', row: credential('uno', alone, 20_032) });
      const change = (tenant: string, credentialIds: readonly string[], forms: readonly string[]) =>
        commit({ op: 'credential.changeStates', tenant, from: 'active', to: 'suspended', credentialIds, forms });
      const refusals: Parameters<typeof change>[] = [
        ['uno', [web, alone], []],
        ['uno', [alone, ids[0]!], []],
        ['dos', [alone], []],
        ['uno', [alone], [form]],
      ];
      for (const refused of refusals) {
        await expect(change(...refused)).rejects.toMatchObject({ table: 'credential.state' });
      }
      const final = { op: 'credential.changeStates', ...of, from: 'revoked', to: 'active' } as const;
      await expect(commit({ ...final, credentialIds: [ids[0]!], forms: [] })).rejects.toMatchObject({
        table: 'credential.state',
      });
      for (const id of [web, form, alone]) expect((await store().reader.credential(id))?.state).toBe('active');
      await change('uno', [web, alone], [form]);
      for (const id of [web, form, alone]) expect((await store().reader.credential(id))?.state).toBe('suspended');
      expect((await store().reader.formStates('uno', [web, alone])).map((one) => one.credentialId)).toEqual([form]);
    });
  });
}
