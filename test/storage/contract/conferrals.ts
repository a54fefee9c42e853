import { describe, expect, it } from 'vitest';
import { approval, at, component, conferral, credential, evaluation, tenantWrites } from '../support/records.ts';
import { type Open, opened } from './open.ts';

export function conferralContract(open: Open): void {
  describe('evaluations and conferrals', () => {
    const store = opened(open, 'uno', 'dos');
    const commit = (...writes: Parameters<ReturnType<typeof store>['transactor']['commit']>[0]) =>
      store().transactor.commit(writes);
    const insert = async (id: string, awards: string[], more = {}, known: Record<string, string[]> = {}) => {
      const row = conferral('uno', `conf-${id}`, `eval-${id}`, more);
      const components = awards.map((componentAwardId, ordinal) => component(row, ordinal, { componentAwardId }));
      await commit(
        { op: 'evaluation.insert', row: evaluation('uno', `eval-${id}`) },
        { op: 'conferral.insert', row, components, known },
      );
      return { row, components };
    };
    const change = (id: string, state: 'conferred' | 'failed' | 'withdrawn', more = {}) =>
      commit({
        ...{ op: 'conferral.change', tenant: 'uno', conferralId: `conf-${id}`, from: ['prepared', 'conferred'] },
        set: { state, ...(state === 'failed' ? {} : { credentialId: `c-${id}` }), ...more },
      });

    it('keep what they are given, and show it to their tenant only', async () => {
      const { row, components } = await insert('1', ['urn:a:1', 'urn:a:2']);
      const { reader } = store();
      expect(await reader.evaluation('uno', 'eval-1')).toEqual(evaluation('uno', 'eval-1'));
      expect(await reader.conferral('uno', 'conf-1')).toEqual(row);
      expect(await reader.components('uno', 'conf-1')).toEqual(components);
      expect(await reader.conferralOfEvaluation('uno', 'eval-1')).toEqual(row);
      expect(await reader.conferral('dos', 'conf-1')).toBeUndefined();
      expect(await reader.evaluation('dos', 'eval-1')).toBeUndefined();
      expect((await reader.unfinishedConferrals(9)).map((one) => one.conferralId)).toContain('conf-1');
    });

    it('use a component once for one pathway while the conferral stands', async () => {
      await insert('2', ['urn:a:3']);
      await expect(insert('3', ['urn:a:3'])).rejects.toMatchObject({
        name: 'UniqueViolation',
        table: 'conferral_components',
      });
      // Nothing of it was kept.
      expect(await store().reader.evaluation('uno', 'eval-3')).toBeUndefined();
      await change('2', 'failed', { problem: { kind: 'not-accredited', detail: 'x' } });
      expect(await store().reader.usedFor(['urn:a:3'], 'urn:none')).toEqual(new Map());
      await insert('4', ['urn:a:3']);
      await change('4', 'conferred', { checkedAt: at(3) });
      expect(await store().reader.usedFor(['urn:a:3', 'urn:other'], 'urn:none')).toEqual(
        new Map([['urn:a:3', ['https://uno.example/pathways/1', 'https://uno.example/achievements/q']]]),
      );
      expect(await store().reader.usedFor(['urn:a:3'], 'https://uno.example/pathways/1')).toEqual(new Map());
    });

    it('refuse a use that the evaluation did not know of', async () => {
      await insert('5', ['urn:a:5'], {
        pathway: 'https://uno.example/pathways/5',
        achievement: 'https://uno.example/5',
      });
      const unknown = { name: 'UniqueViolation', table: 'conferral.usedFor' };
      await expect(insert('6', ['urn:a:5'], {}, { 'urn:a:5': [] })).rejects.toMatchObject(unknown);
      await insert('7', ['urn:a:5'], {}, { 'urn:a:5': ['https://uno.example/pathways/5', 'https://uno.example/5'] });
    });

    it('confer one evaluation once, and change only from the state the writer saw', async () => {
      await insert('8', ['urn:a:8']);
      const twice = conferral('uno', 'conf-8b', 'eval-8');
      await expect(commit({ op: 'conferral.insert', row: twice, components: [], known: {} })).rejects.toMatchObject({
        table: 'conferrals',
      });
      await change('8', 'conferred');
      await change('8', 'withdrawn', { review: 'withdraw' });
      await expect(change('8', 'conferred')).rejects.toMatchObject({ table: 'conferral.state' });
      expect(await store().reader.conferralOfEvaluation('uno', 'eval-8')).toBeUndefined();
    });

    it('find what changed here and what was not looked at for long', async () => {
      await commit(...tenantWrites('tres'), { op: 'credential.prepare', row: credential('tres', 'c-9', 9) });
      const row = conferral('uno', 'conf-9', 'eval-9', { pathway: 'https://uno.example/pathways/9' });
      await commit(
        { op: 'evaluation.insert', row: evaluation('uno', 'eval-9') },
        {
          ...{ op: 'conferral.insert', row, known: {} },
          components: [component(row, 0, { componentAwardId: 'urn:a:9', credentialId: 'c-9' })],
        },
      );
      await change('9', 'conferred', { checkedAt: at(2) });
      const { reader } = store();
      const reopened = async () => (await reader.conferralsToReopen(9)).map((one) => one.conferralId);
      expect(await reopened()).toEqual([]);
      const state = (from: 'active' | 'suspended', to: 'active' | 'suspended') =>
        commit({ op: 'credential.changeState', tenant: 'tres', credentialId: 'c-9', from, to });
      const seen = (state: string) =>
        commit({
          ...{ op: 'conferral.checked', tenant: 'uno', conferralId: 'conf-9', at: at(5) },
          seen: [{ ordinal: 0, state }],
        });
      await state('active', 'suspended');
      expect(await reopened()).toEqual(['conf-9']);
      await seen('suspended');
      expect(await reopened()).toEqual([]);
      await state('suspended', 'active');
      expect(await reopened()).toEqual(['conf-9']);
      await seen('active');
      const stale = async (n: number, elsewhere = n) =>
        (await reader.conferralsUncheckedSince(at(n), at(elsewhere), 9)).map((one) => one.conferralId);
      expect(await stale(5)).not.toContain('conf-9');
      expect(await stale(6)).toContain('conf-9');
      // Only what has a component of elsewhere is looked at again sooner.
      expect(await stale(1, 9)).not.toContain('conf-9');
      // What was withdrawn is over, wherever its components are.
      const standing = (await Promise.all((await stale(1, 9_000)).map((id) => reader.conferral('uno', id)))).map(
        (one) => one?.state,
      );
      expect(standing.filter((state) => state !== 'conferred' && state !== 'under_review')).toEqual([]);
    });

    it('leave out of a round what no round can do anything for', async () => {
      await commit(...tenantWrites('cuatro'), { op: 'credential.prepare', row: credential('cuatro', 'c-20', 20) });
      const row = conferral('uno', 'conf-20', 'eval-20', { pathway: 'https://uno.example/pathways/20' });
      await commit(
        { op: 'evaluation.insert', row: evaluation('uno', 'eval-20') },
        {
          ...{ op: 'conferral.insert', row, known: {} },
          components: [component(row, 0, { componentAwardId: 'urn:a:20', credentialId: 'c-20' })],
        },
      );
      await commit({
        ...{ op: 'credential.changeState', tenant: 'cuatro', credentialId: 'c-20', from: 'active', to: 'suspended' },
      });
      // Not conferred yet: it would take the place of one that is.
      expect(await store().reader.conferralsToReopen(9)).toEqual([]);
      const { approvalId } = approval('uno', 'ap-20');
      await commit({ op: 'approval.insert', row: approval('uno', 'ap-20') });
      await commit({
        ...{ op: 'conferral.change', tenant: 'uno', conferralId: 'conf-20', from: ['prepared'] },
        set: { state: 'awaiting_approval', approvalId },
      });
      const unfinished = async () => (await store().reader.unfinishedConferrals(99)).map((one) => one.conferralId);
      expect(await unfinished()).not.toContain('conf-20');
      await commit({
        ...{ op: 'approval.decide', tenant: 'uno', approvalId, state: 'rejected', reason: 'Not now' },
        ...{ decidedAt: at(4), decidedBy: 'key:k', decidedPerson: 'b' },
      });
      expect(await unfinished()).toContain('conf-20');
    });
  });
}
