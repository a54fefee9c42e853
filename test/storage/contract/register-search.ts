import { beforeAll, describe, expect, it } from 'vitest';
import type { AccreditationSearch } from '#accreditation';
import { accreditation, institution } from '../support/records.ts';
import { type Open, opened } from './open.ts';

const OWN = 'did:web:tatak.example:institutions:';

export function registerSearchContract(open: Open): void {
  describe('looking through all registers', () => {
    const store = opened(open, 'uno', 'dos');
    const find = async (search: Partial<AccreditationSearch>, limit = 50) => {
      const page = await store().reader.searchAccreditations({ ownDid: OWN, ...search }, { limit });
      return page.items.map((row) => row.accreditationId).sort();
    };

    beforeAll(async () => {
      const named = (tenant: string, name: string) => ({ ...institution(tenant), profile: { name } });
      const grant = (tenant: string, id: string, more: object) => ({ ...accreditation(tenant, id), ...more });
      await store().transactor.commit([
        { op: 'institution.insert', row: named('pena', 'Specimen Peñafrancia 100% College') },
        { op: 'institution.insert', row: named('old', 'Specimen Old Name') },
        { op: 'institution.updateProfile', tenant: 'old', profile: { name: 'Specimen NEW Name' } },
        {
          op: 'accreditation.insert',
          row: grant('uno', 's1', { accredited: `${OWN}pena`, scope: [{ awardType: ['HeiCourse'] }] }),
        },
        {
          op: 'accreditation.insert',
          row: grant('dos', 's2', { accredited: `${OWN}old`, scope: [{ profession: ['Welder'] }], role: 'Train' }),
        },
        {
          op: 'accreditation.insert',
          row: grant('dos', 's3', {
            accredited: 'did:web:Elsewhere_1.example',
            scope: [{ awardType: ['HeiCourseX'] }],
            verb: 'endorse',
          }),
        },
      ]);
    });

    it('finds a name without capitals and accents, and the name of today', async () => {
      expect(await find({ text: 'penafrancia' })).toEqual(['s1']);
      expect(await find({ text: 'PEÑAFRANCIA' })).toEqual(['s1']);
      expect(await find({ text: 'new name' })).toEqual(['s2']);
      expect(await find({ text: 'old name' })).toEqual([]);
    });

    it('looks through one of them', async () => {
      expect(await find({ tenant: 'dos' })).toEqual(['s2', 's3']);
      expect(await find({ tenant: 'uno', text: 'new name' })).toEqual([]);
    });

    it('finds a DID, and takes no text for a pattern', async () => {
      expect(await find({ text: 'elsewhere_' })).toEqual(['s3']);
      expect(await find({ text: '0% c' })).toEqual(['s1']);
      for (const text of ['p%a', 'elsewhere__', '!', '_']) {
        expect([text, await find({ text })]).toEqual([text, text === '_' ? ['s3'] : []]);
      }
    });

    it('narrows by role, act and kind; a grant without kinds covers every kind', async () => {
      expect(await find({ role: 'Train' })).toEqual(['s2']);
      expect(await find({ verb: 'endorse' })).toEqual(['s3']);
      expect(await find({ awardType: 'HeiCourse' })).toEqual(['s1', 's2']);
      expect(await find({ awardType: 'HeiCourse', role: 'Train', text: 'penafrancia' })).toEqual([]);
    });

    it('pages through everything once', async () => {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await store().reader.searchAccreditations(
          { ownDid: OWN },
          { limit: 1, ...(cursor ? { cursor } : {}) },
        );
        seen.push(...page.items.map((row) => row.accreditationId));
        cursor = page.next;
      } while (cursor);
      expect(seen.sort()).toEqual(['s1', 's2', 's3']);
    });
  });
}
