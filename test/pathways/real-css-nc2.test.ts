import { describe, expect, it } from 'vitest';
import type { Json } from '#kernel';
import { checkTree, computerSystemsServicingNcII, evaluate, type Holding } from '#pathways';
import { DATE, holding, pathway } from './support.ts';

const AUTHORITY = 'did:web:authority.example';
const CORE = ['ELC724331', 'ELC724332', 'ELC724333', 'ELC724334'];
const IRI = (code: string) => `https://specimen.example/achievements/${code}`;
/** Basic and common units; assumed: each certificate assesses them too. */
const ASSUMED = [
  ...['500311105', '500311106', '500311107', '500311108', 'ELC315202', 'ELC311203', 'ELC311201', 'ELC311202'],
  ...['ELC724201', 'ELC724202', 'ELC724205'],
];

// All fifteen units, core by the definition of its certificate.
const root = computerSystemsServicingNcII({
  achievements: Object.fromEntries(CORE.map((code) => [code, IRI(code)])),
  ...{ allUnits: true, versions: ['2013'], authority: AUTHORITY, conferrers: [AUTHORITY] },
});
const accredited = (assess: 'yes' | 'no') => [
  { role: 'Assess' as const, authority: AUTHORITY, answer: assess },
  { role: 'Award' as const, authority: AUTHORITY, answer: 'yes' as const },
];
const coc = (n: number, over: Partial<Holding> = {}) =>
  holding(CORE[n - 1]!, {
    ...{ competencies: [CORE[n - 1]!, ...ASSUMED], version: '2013', awarded: '2024-01-10', expires: '2029-01-09' },
    ...{ accredited: accredited('yes'), ...over },
  });
const run = (...holdings: Holding[]) => evaluate({ pathway: pathway(root), holdings, date: DATE });
const open = (result: ReturnType<typeof run>) => result.missing.map(({ text }) => text.en.split(' ')[0]);
const why = (result: ReturnType<typeof run>) =>
  [...result.notCountable, ...result.surplus].map(({ holding: id, reasons }) => [
    id,
    ...reasons.map(({ code }) => code),
  ]);

describe('Computer Systems Servicing NC II, all fifteen units', () => {
  it('is met by four certificates of competency that carry the basic and common units', () => {
    expect(checkTree(root as unknown as Json)).toEqual([]);
    const result = run(coc(1), coc(2), coc(3), coc(4));
    expect(result).toMatchObject({ state: 'met', outstanding: 0 });
    expect(new Set(result.used.map(({ item }) => item)).size).toBe(15);
  });

  it('asks for the basic and common units where no certificate carries them', () => {
    const bare = [1, 2, 3, 4].map((n) => coc(n, { competencies: [CORE[n - 1]!] }));
    expect(open(run(...bare))).toEqual(ASSUMED);
    // One certificate with them is enough: shared units are no double counting.
    expect(run(coc(1), ...bare.slice(1)).state).toBe('met');
  });

  it('is unmet when COC 1 expired the day before', () => {
    const result = run(coc(1, { expires: '2026-06-29' }), coc(2), coc(3), coc(4));
    expect(result).toMatchObject({ state: 'unmet', outstanding: 1 });
    expect(open(result)).toEqual(['ELC724331']);
    expect(why(result)).toEqual([[coc(1).id, 'expired']]);
    expect(run(coc(1, { expires: DATE }), coc(2), coc(3), coc(4)).state).toBe('met');
  });

  it('is unmet when COC 3 is under a later regulation, for its version', () => {
    const result = run(coc(1), coc(2), coc(3, { version: '2026' }), coc(4));
    expect(open(result)).toEqual(['ELC724333']);
    expect(why(result)).toEqual([[coc(3).id, 'version']]);
  });

  it('counts two awards of ELC724332 once', () => {
    const again = coc(2, { id: 'urn:credential:second', awardId: 'urn:award:second', awarded: '2025-01-10' });
    const three = run(coc(1), coc(2), again, coc(3));
    expect(three).toMatchObject({ state: 'unmet', outstanding: 1 });
    expect(open(three)).toEqual(['ELC724334']);
    const four = run(coc(1), coc(2), again, coc(3), coc(4));
    expect(four.state).toBe('met');
    expect(four.used.filter(({ item }) => item === 12)).toHaveLength(1);
    expect(why(four)).toEqual([[again.id, 'same_achievement']]);
  });

  it('is unmet when the centre of COC 4 was suspended on the award day', () => {
    const result = run(coc(1), coc(2), coc(3), coc(4, { accredited: accredited('no') }));
    expect(open(result)).toEqual(['ELC724334']);
    expect(why(result)).toEqual([[coc(4).id, 'accreditation']]);
  });
});
