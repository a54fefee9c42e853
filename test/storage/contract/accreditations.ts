import { describe, expect, it } from 'vitest';
import type { AccreditationEventRecord } from '#accreditation';
import { bucketOf } from '#kernel';
import { accreditation, at } from '../support/records.ts';
import { type Open, opened } from './open.ts';

const SCHOOL = 'did:web:school.example';
const ALL = 65_536;

/** Grants and their events: never edited, looked up by party, by authority and by part of a register. */
export function accreditationContract(open: Open): void {
  describe('accreditations', () => {
    const store = opened(open, 'uno', 'dos');
    const commit = (...writes: Parameters<ReturnType<typeof store>['transactor']['commit']>[0]) =>
      store().transactor.commit(writes);
    const page = { limit: 50 };
    const event = (accreditationId: string, type: 'suspended' | 'reinstated', n: number): AccreditationEventRecord => ({
      ...{ tenant: 'uno', accreditationId, type, effectiveAt: '2026-06-02', recordedAt: at(n) },
      ...{ by: 'key:one', reason: 'x' },
    });

    it('keeps grants and their events: the content of a register, of that accreditor only', async () => {
      const grants = [accreditation('uno', 'g1', 1), { ...accreditation('uno', 'g2', 2), validUntil: '2027-01-01' }];
      for (const row of grants) await commit({ op: 'accreditation.insert', row });
      await commit({ op: 'accreditation.insert', row: accreditation('dos', 'g3') });
      const events = [
        { ...event('g1', 'suspended', 3), legalInstrument: { kind: 'RA', number: '1' } },
        { ...event('g1', 'reinstated', 3), supersededBy: 'https://x.example/g2' },
      ];
      for (const [after, row] of events.entries()) await commit({ op: 'accreditationEvent.insert', row, after });
      const { reader } = store();
      expect(await reader.registerPart('uno', 0, ALL)).toEqual({ grants, events });
      expect(await reader.accreditationEvents('g1')).toEqual(events);
      expect(await reader.accreditation('g2')).toEqual(grants[1]);
      expect(await reader.accreditation('g9')).toBeUndefined();
      expect((await reader.accreditations({ tenant: 'dos' }, page)).items).toEqual([accreditation('dos', 'g3')]);
      expect(await reader.registerSize('uno')).toEqual({ grants: 2, events: 2, successions: 0 });
      expect(await reader.registers()).toEqual([
        { tenant: 'dos', accreditor: 'did:web:dos.example', grants: 1 },
        { tenant: 'uno', accreditor: 'did:web:uno.example', grants: 2 },
      ]);
      await expect(commit({ op: 'accreditation.insert', row: accreditation('dos', 'g1') })).rejects.toMatchObject({
        table: 'accreditations',
      });
    });

    it('has no event of a grant that is not this tenant’s', async () => {
      await commit({ op: 'accreditation.insert', row: accreditation('uno', 'g7') });
      const row = { ...event('g7', 'suspended', 1), tenant: 'dos' };
      await expect(commit({ op: 'accreditationEvent.insert', row, after: 0 })).rejects.toThrow();
      expect((await store().reader.registerPart('dos', 0, ALL)).events).toEqual([]);
    });

    it('takes an event only after all the events its writer had read', async () => {
      await commit({ op: 'accreditation.insert', row: accreditation('uno', 'g8') });
      await commit({ op: 'accreditationEvent.insert', row: event('g8', 'suspended', 1), after: 0 });
      for (const after of [0, 2, 7]) {
        const write = { op: 'accreditationEvent.insert', row: event('g8', 'reinstated', 2), after } as const;
        await expect(commit(write)).rejects.toMatchObject({ name: 'UniqueViolation', table: 'accreditation_events' });
      }
      expect(await store().reader.accreditationEvents('g8')).toHaveLength(1);
    });

    it('finds grants by party, role and authority, with their events and no others', async () => {
      const to = (accreditationId: string, accredited: string, role: 'Award' | 'Accredit') => ({
        ...{ ...accreditation('uno', accreditationId, 5), accredited, role },
      });
      const rows = [to('h1', 'did:web:a.example', 'Award'), to('h2', 'did:web:a.example', 'Accredit')];
      for (const row of [...rows, to('h3', 'did:web:b.example', 'Accredit')]) {
        await commit({ op: 'accreditation.insert', row });
      }
      await commit({ op: 'accreditationEvent.insert', row: event('h1', 'suspended', 6), after: 0 });
      await commit({ op: 'accreditationEvent.insert', row: event('h3', 'suspended', 6), after: 0 });
      const { reader } = store();
      const ids = async (...asked: Parameters<typeof reader.grantsTo>) => {
        const { grants, events } = await reader.grantsTo(...asked);
        return [grants.map((row) => row.accreditationId), events.map((row) => row.accreditationId)];
      };
      expect(await ids(['did:web:a.example'])).toEqual([['h1', 'h2'], ['h1']]);
      expect(await ids(['did:web:a.example'], { role: 'Accredit' })).toEqual([['h2'], []]);
      expect(await ids(['did:web:a.example'], { tenant: 'dos' })).toEqual([[], []]);
      expect(await ids([])).toEqual([[], []]);
      const delegations = (await reader.delegationsOf('uno')).grants.map((row) => row.accreditationId);
      expect(delegations.sort()).toEqual(['h2', 'h3']);
      const list = async (filter: Parameters<typeof reader.accreditations>[0]) =>
        (await reader.accreditations(filter, page)).items.map((row) => row.accreditationId);
      expect(await list({ accredited: 'did:web:b.example' })).toEqual(['h3']);
      expect(await list({ accredited: 'did:web:a.example', role: 'Award', verb: 'accredit' })).toEqual(['h1']);
      expect(await list({ accredited: 'did:web:a.example', verb: 'list' })).toEqual([]);
    });

    it('is asked about more parties than one statement takes', async () => {
      const many = Array.from({ length: 450 }, (_, n) => `did:web:many-${n}.example`);
      const row = { ...accreditation('uno', 'many', 9), accredited: many.at(-1)! };
      await commit({ op: 'accreditation.insert', row });
      expect((await store().reader.grantsTo(many)).grants).toEqual([row]);
    });

    it('has every grant in exactly one part of a register', async () => {
      const { reader } = store();
      const whole = await reader.registerPart('uno', 0, ALL);
      const quarter = ALL / 4;
      const parts = await Promise.all(
        [0, 1, 2, 3].map((n) => reader.registerPart('uno', n * quarter, (n + 1) * quarter)),
      );
      const id = (row: { accreditationId: string }) => row.accreditationId;
      expect(parts.flatMap(({ grants }) => grants.map(id)).sort()).toEqual(whole.grants.map(id).sort());
      expect(parts.flatMap(({ events }) => events.map(id)).sort()).toEqual(whole.events.map(id).sort());
      const bucket = bucketOf(SCHOOL);
      const own = await reader.registerPart('uno', bucket, bucket + 1);
      expect(own.grants.every((row) => row.accredited === SCHOOL)).toBe(true);
      expect(own.grants.length).toBeGreaterThan(0);
    });
  });
}
