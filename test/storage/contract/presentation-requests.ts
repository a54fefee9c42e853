import { describe, expect, it } from 'vitest';
import { at, presentationRequest } from '../support/records.ts';
import { type Open, opened } from './open.ts';

export function presentationRequestContract(open: Open): void {
  describe('requests for presentations', () => {
    const store = opened(open, 'uno');
    const insert = (requestId: string) =>
      store().transactor.commit([{ op: 'presentationRequest.insert', row: presentationRequest(requestId) }]);
    const answer = (requestId: string, n = 1, outcome: { answer: string } | { error: string } = { answer: '{}' }) =>
      store().transactor.commit([
        { ...{ op: 'presentationRequest.answer', requestId, at: at(n), forgetAt: at(20), outcome } },
      ]);
    const read = (requestId: string) => store().reader.presentationRequest(requestId);

    it('come back as they were', async () => {
      await insert('one');
      expect(await read('one')).toEqual(presentationRequest('one'));
      expect(await read('nobody')).toBeUndefined();
    });

    it('take one answer, however many come', async () => {
      await insert('two');
      const tries = await Promise.allSettled(
        Array.from({ length: 50 }, (_, n) => answer('two', 1, { answer: String(n) })),
      );
      const first = tries.findIndex(({ status }) => status === 'fulfilled');
      expect(tries.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect(await read('two')).toEqual({
        ...presentationRequest('two'),
        ...{ status: 'answered', answer: String(first), answeredAt: at(1), forgetAt: at(20) },
      });
    });

    it('take no answer after they were declined, past their end, or when nobody made them', async () => {
      await insert('three');
      await answer('three', 1, { error: 'access_denied' });
      expect(await read('three')).toMatchObject({ status: 'declined', error: 'access_denied' });
      await expect(answer('three')).rejects.toMatchObject({ table: 'presentationRequest.state' });
      await insert('four');
      for (const late of [5, 6]) {
        await expect(answer('four', late)).rejects.toMatchObject({ table: 'presentationRequest.state' });
      }
      await expect(answer('five')).rejects.toMatchObject({ table: 'presentationRequest.state' });
      await answer('four', 4);
    });

    it('are forgotten when their time has come, and no earlier', async () => {
      await insert('six');
      await store().transactor.commit([{ op: 'presentationRequest.sweep', at: at(6) }]);
      expect(await read('six')).toBeDefined();
      await store().transactor.commit([{ op: 'presentationRequest.sweep', at: at(7) }]);
      expect(await read('six')).toBeUndefined();
      // An answer moves the end.
      expect(await read('two')).toBeDefined();
    });

    it('are signed by one key', async () => {
      const row = { keyId: 'requests-1', publicKeyMultibase: 'zDn', wrappedPrivateKey: 'w', createdAt: at() };
      await store().transactor.commit([{ op: 'verifierKey.insert', row }]);
      const second = store().transactor.commit([{ op: 'verifierKey.insert', row }]);
      await expect(second).rejects.toMatchObject({ table: 'verifier_keys' });
      expect(await store().reader.verifierKey()).toEqual(row);
    });
  });
}
