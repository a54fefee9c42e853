import { describe, expect, it } from 'vitest';
import type { Page, PageRequest } from '#kernel';
import {
  accreditation,
  achievement,
  apiKey,
  at,
  audit,
  batch,
  batchRows,
  credential,
  institution,
  issuingDecision,
  pathway,
} from '../support/records.ts';
import { type Open, opened } from './open.ts';

async function walk<T>(list: (page: PageRequest) => Promise<Page<T>>, limit: number): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await list(cursor === undefined ? { limit } : { limit, cursor });
    expect(page.items.length).toBeLessThanOrEqual(limit);
    items.push(...page.items);
    cursor = page.next;
  } while (cursor !== undefined);
  return items;
}

const COUNT = 23;

export function pagingContract(open: Open): void {
  describe('paging', () => {
    const store = opened(open, 'uno', 'dos');
    const lists = (): Record<string, (page: PageRequest) => Promise<Page<unknown>>> => {
      const { reader } = store();
      return {
        institutions: (page) => reader.institutions(page),
        apiKeys: (page) => reader.apiKeys('uno', page),
        allApiKeys: (page) => reader.apiKeys(undefined, page),
        achievements: (page) => reader.achievements('uno', page),
        credentials: (page) => reader.credentials({ tenant: 'uno' }, page),
        accreditations: (page) => reader.accreditations({ tenant: 'uno' }, page),
        allAccreditations: (page) => reader.accreditations({}, page),
        issuingDecisions: (page) => reader.issuingDecisions('uno', page),
        pathways: (page) => reader.pathways('uno', page),
        batches: (page) => reader.batches('uno', page),
        batchRows: (page) => reader.batchRows('uno', 'b00', page),
        audit: (page) => reader.auditEntries('uno', page),
        allAudit: (page) => reader.auditEntries(undefined, page),
      };
    };

    it('shows every row once, in one order, whatever the page size', async () => {
      const name = (n: number) => String(n).padStart(2, '0');
      for (let n = 0; n < COUNT; n++) {
        // Many rows of one second: the id must decide.
        const second = Math.floor(n / 5);
        await store().transactor.commit([
          { op: 'institution.insert', row: institution(`i${name(n)}`) },
          { op: 'apiKey.insert', row: apiKey(n % 3 ? 'uno' : 'dos', `k${name(n)}`, second) },
          { op: 'achievement.insertVersion', row: achievement('uno', `a${name(n)}`) },
          {
            op: 'credential.prepare',
            row: credential('uno', `c${name(COUNT - n)}`, n * 8, { preparedAt: at(second) }),
          },
          { op: 'accreditation.insert', row: accreditation('uno', `g${name(n)}`, second) },
          { op: 'issuingDecision.insert', row: issuingDecision('uno', `d${name(n)}`, second) },
          { op: 'pathway.insert', row: pathway('uno', `p${name(n)}`) },
          {
            op: 'batch.insert',
            row: batch('uno', `b${name(n)}`, 11, second),
            rows: batchRows('uno', `b${name(n)}`, 11),
          },
          audit(n % 2 ? 'uno' : 'dos', 'x', name(n)),
        ]);
      }
      for (const [what, list] of Object.entries(lists())) {
        const whole = await list({ limit: 500 });
        expect(whole.next, what).toBeUndefined();
        expect(whole.items.length, what).toBeGreaterThan(10);
        expect(new Set(whole.items.map((item) => JSON.stringify(item))).size, what).toBe(whole.items.length);
        for (const limit of [1, 2, 7, whole.items.length, whole.items.length - 1]) {
          expect(await walk(list, limit), `${what} by ${limit}`).toEqual(whole.items);
        }
      }
    });

    it('neither repeats nor loses a row when others are written between two pages', async () => {
      const { reader, transactor } = store();
      const list = (page: PageRequest) => reader.credentials({ tenant: 'uno' }, page);
      const before = (await list({ limit: 500 })).items.map((row) => row.credentialId);
      const first = await list({ limit: 10 });
      await transactor.commit([
        { op: 'credential.prepare', row: credential('uno', 'aaa', 80_000, { preparedAt: at(0) }) },
        { op: 'credential.prepare', row: credential('uno', 'zzz', 80_008, { preparedAt: at(99) }) },
        { op: 'credential.abandon', tenant: 'uno', credentialId: before[0]!, at: at() },
      ]);
      const rest = await list({ limit: 500, cursor: first.next! });
      const seen = [...first.items, ...rest.items].map((row) => row.credentialId);
      expect(seen.filter((id) => id !== 'zzz')).toEqual(before);
    });

    it('refuses what is not a cursor of the list, at /cursor', async () => {
      const cursorOf = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const bad = [
        '',
        'x',
        '%%%',
        cursorOf('a'),
        cursorOf({}),
        cursorOf([]),
        cursorOf(['a', 'b', 'c']),
        cursorOf([1, 2]),
        cursorOf([null, null]),
        cursorOf([{}, []]),
        `${cursorOf([at(), 'c01'])}=`,
        ` ${cursorOf([at(), 'c01'])}`,
        Buffer.from(`[ "${at()}","c01"]`).toString('base64url'),
        cursorOf([at(), 'x'.repeat(5000)]),
      ];
      for (const cursor of bad) {
        await expect(
          Promise.resolve().then(() => store().reader.credentials({ tenant: 'uno' }, { limit: 5, cursor })),
          cursor,
        ).rejects.toMatchObject({ kind: 'invalid-request', errors: [{ pointer: '/cursor' }] });
      }
      for (const cursor of [cursorOf(['1']), cursorOf([1.5]), cursorOf([2 ** 60])]) {
        await expect(store().reader.auditEntries('uno', { limit: 5, cursor })).rejects.toMatchObject({
          errors: [{ pointer: '/cursor' }],
        });
      }
    });

    it('does not let a cursor cross to another tenant', async () => {
      const { next } = await store().reader.credentials({ tenant: 'uno' }, { limit: 1 });
      expect((await store().reader.credentials({ tenant: 'dos' }, { limit: 5, cursor: next! })).items).toEqual([]);
    });

    it.each([0, -1, 1.5, Number.NaN])('refuses a page of %d rows', async (limit) => {
      await expect(store().reader.institutions({ limit })).rejects.toThrow(RangeError);
    });
  });
}
