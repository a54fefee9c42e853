import { describe, expect, it } from 'vitest';
import { evaluate, type Holding, matchHolding, type RuleNode } from '#pathways';
import { all, code, credit, current, DATE, holding, not, pathway, require_, rule } from './support.ts';

const match = (root: RuleNode, over: Partial<Holding> = {}, date = DATE) =>
  matchHolding(pathway(root), holding('A', over), date);
const codes = ({ reasons }: ReturnType<typeof match>) => reasons.map((one) => one.code);
const slots = all('root', require_('units', code('A'), code('B')), require_('also', code('A')), current('now'));

describe('what a badge counts toward', () => {
  it('names every place it could serve, with the items', () => {
    const found = match(slots);
    expect([found.result, found.reasons]).toEqual(['serves', []]);
    expect(found.places.map(({ node, items }) => [node, items.map(({ index }) => index)])).toEqual([
      ['units', [0]],
      ['also', [0]],
    ]);
  });

  it('is nothing in a pathway that does not ask for it, also not where it must not be held', () => {
    expect(match(require_('other', code('B'))).result).toBe('not_asked');
    expect(match(all('root', require_('other', code('B')), not('no', require_('a', code('A'))))).result).toBe(
      'not_asked',
    );
  });

  it('says why it does not count, as the evaluation of a stack does', () => {
    const cases: [Partial<Holding>, string[]][] = [
      [{ state: 'revoked' }, ['revoked']],
      [{ expires: '2026-06-29' }, ['expired']],
      [{ awarded: '2026-07-01' }, ['future']],
      [{ state: 'suspended', expires: '2026-01-16' }, ['suspended', 'expired']],
    ];
    for (const [over, expected] of cases) {
      const found = match(slots, over);
      expect([found.result, codes(found)]).toEqual(['does_not_count', expected]);
      const stack = evaluate({ pathway: pathway(slots), holdings: [holding('A', over)], date: DATE });
      expect(stack.notCountable[0]!.reasons.map((one) => one.code)).toEqual(expected);
    }
  });

  it('is unknown when it serves only if what is unknown turns out well', () => {
    const found = match(slots, { state: 'unknown' });
    expect([found.result, codes(found), found.places.length]).toEqual(['unknown', ['unknown'], 2]);
  });

  it('explains credit of another system', () => {
    const root = rule('creditMin', 'sum', { system: 'HE-UNIT-16', min: '3', select: { code: ['A'] } });
    const found = match(root, { credit: { 'HE-UNIT-18': '3' } });
    expect([found.result, codes(found)]).toEqual(['does_not_count', ['system']]);
    expect(found.reasons[0]!.text.en).toMatch(/not converted without a recorded decision\.$/);
    expect(match(root, { credit: { 'HE-UNIT-16': '1' } }).result).toBe('serves');
  });

  it('leaves sums and limits to the wallet, and says what has to come before', () => {
    const order = rule('prerequisite', 'order', { before: { code: ['B'] }, after: { code: ['A'] } });
    const found = match(all('root', require_('units', code('A'), code('B')), credit('sum', 'U', '99'), order), {
      credit: { U: '1' },
    });
    expect(found.result).toBe('serves');
    expect(found.places[0]!.conditions.map((one) => one.code)).toEqual(['prerequisite']);
  });

  it('stands for something else by a decision that the pathway accepts', () => {
    const root = all(
      'root',
      require_('course', { achievement: 'urn:course' }),
      rule('equivalence', 'equal', { decisions: ['urn:d'] }),
    );
    const decision = {
      id: 'urn:d',
      from: { achievement: holding('A').achievement },
      to: { mode: 'specified', achievement: 'urn:course' },
      credit: { system: 'U', value: '3' },
      validFrom: '2026-01-01',
    } as const;
    const found = matchHolding(pathway(root), holding('A'), DATE, [decision]);
    expect(found.places.map(({ node, guise }) => [node, guise])).toEqual([['course', 'urn:d']]);
    expect(matchHolding(pathway(root), holding('A'), '2025-12-31', [decision]).result).toBe('not_asked');
  });

  it('is an entry requirement too', () => {
    const entry = rule('requireAll', 'entry', { items: [code('A')], consume: false });
    expect(match(all('root', entry, require_('other', code('B')))).places.map(({ node }) => node)).toEqual(['entry']);
  });
});
