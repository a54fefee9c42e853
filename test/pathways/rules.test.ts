import { describe, expect, it } from 'vitest';
import { type Json, LIMITS } from '#kernel';
import { checkTree, computerSystemsServicingNcII, evaluate, graduateCertificateInDistanceEducation } from '#pathways';
import { RULES } from '../../src/pathways/rules/index.ts';
import { all, any, choose, code, credit, current, DATE, holding, pathway, require_ } from './support.ts';

const errors = (rule: unknown) => checkTree(rule as Json, '/stackingRule').map(({ pointer }) => pointer);
const details = (rule: unknown) => checkTree(rule as Json).map(({ detail }) => detail);

describe('a rule tree', () => {
  it.each(Object.values(RULES))('takes the examples of $kind, and explains them in two languages', (kind) => {
    for (const example of kind.examples) {
      const needsScope = kind.role === 'filter' || kind.role === 'check';
      const slot = require_('elective', code('X'));
      const tree = needsScope ? all('root', slot, example) : example;
      expect(checkTree(tree as unknown as Json)).toEqual([]);
      const told = (kind as { explain(node: unknown, facts: object): object }).explain(example, {
        need: 2,
        have: 1,
        open: ['X'],
      });
      expect(Object.keys(told)).toEqual(['en', 'fil']);
    }
  });

  it('is closed: an unknown kind or member is an error, with its pointer', () => {
    expect(errors({ ...require_('a', code('A')), kind: 'levelFloor' })).toEqual(['/stackingRule/kind']);
    expect(errors(all('root', { ...require_('a', code('A')), limit: 3 } as never))).toEqual([
      '/stackingRule/children/0/limit',
    ]);
    expect(errors(undefined)).not.toEqual([]);
    const { text: _, ...silent } = require_('a', code('A'));
    expect(errors(silent)).toEqual(['/stackingRule/text']);
  });

  it('asks for an achievement or a code, not both; a version only of an achievement', () => {
    expect(errors(require_('a', { achievement: 'urn:x:1', code: 'A' })).length).toBeGreaterThan(0);
    expect(errors(require_('a', { title: 'nothing' })).length).toBeGreaterThan(0);
    expect(errors(require_('a', { code: 'A', version: ['1'] })).length).toBeGreaterThan(0);
    expect(errors(require_('a', { achievement: 'urn:x:1', version: ['1'] }))).toEqual([]);
    expect(errors(require_('a', code('A'), code('A')))).toEqual(['/stackingRule/items/1']);
  });

  it('refuses what can never be met or stands where it has no meaning', () => {
    expect(details(choose('c', 3, 3, code('A')))).toEqual(['is more than there are items']);
    expect(details(choose('c', 2, 1, code('A'), code('B')))).toEqual(['is less than min']);
    expect(errors(all('root', require_('a', code('A')), credit('c', 'ECTS', '0')))).toEqual([
      '/stackingRule/children/1/min',
    ]);
    expect(errors(all('root', require_('a', code('A')), credit('c', 'HOURS', '1')))).toEqual([
      '/stackingRule/children/1/system',
    ]);
    expect(errors(all('root', require_('a', code('A')), credit('c', 'ECTS', '1', ['b'])))).toEqual([
      '/stackingRule/children/1/group/0',
    ]);
    expect(errors(all('root', credit('c', 'ECTS', '1')))).toEqual(['/stackingRule/children/0/kind']);
    expect(errors(any('root', current('now'), require_('a', code('A'))))).toEqual(['/stackingRule/children/0/kind']);
    expect(errors(all('root', require_('root', code('A'))))).toEqual(['/stackingRule/children/0/id']);
  });

  it('refuses too many nodes, too many levels and too many combinations before it looks closer', () => {
    const wide = all(
      'root',
      ...Array.from({ length: LIMITS.pathwayNodes }, (_, index) => require_(`n${index}`, code('A'))),
    );
    expect(details(wide)).toEqual([`has more than ${LIMITS.pathwayNodes} nodes`]);
    let deep = require_('leaf', code('A'));
    for (let index = 0; index < LIMITS.pathwayDepth; index++) deep = all(`d${index}`, deep);
    expect(details(deep)).toEqual([`is deeper than ${LIMITS.pathwayDepth} levels`]);
    const pair = (id: string) => any(id, require_(`${id}-a`, code(`${id}a`)), require_(`${id}-b`, code(`${id}b`)));
    const many = all('root', ...Array.from({ length: 7 }, (_, index) => pair(`p${index}`)));
    expect(details(many)).toEqual(['has more than 64 combinations of alternatives']);
  });
});

describe('the published pathways', () => {
  const run = (
    root: Parameters<typeof pathway>[0],
    holdings: Parameters<typeof evaluate>[0]['holdings'],
    date = DATE,
  ) => evaluate({ pathway: pathway(root), holdings, date });

  it('Computer Systems Servicing NC II: four certificates, each current on the day', () => {
    const root = computerSystemsServicingNcII();
    expect(checkTree(root as unknown as Json)).toEqual([]);
    const coc = (unit: number, over = {}) =>
      holding(`coc${unit}`, { competencies: [`ELC72433${unit}`], expires: '2030-01-01', ...over });
    const four = [1, 2, 3, 4].map((unit) => coc(unit));
    expect(run(root, four).state).toBe('met');
    const lapsed = run(root, [coc(1, { expires: '2026-06-29' }), ...four.slice(1)]);
    expect(lapsed.state).toBe('unmet');
    expect(lapsed.missing[0]!.text.en).toBe('ELC724331 Install and configure computer systems');
    expect(lapsed.notCountable[0]!.reasons.map((one) => one.code)).toEqual(['expired']);
    // Two awards for one unit are counted once.
    const twice = run(root, [...four.slice(0, 3), coc(2, { id: 'urn:credential:again', awardId: 'urn:award:again' })]);
    expect(twice.state).toBe('unmet');
    const notThen = run(root, [...four.slice(0, 3), coc(4, { accredited: 'no' })]);
    expect(notThen.notCountable[0]!.reasons.map((one) => one.code)).toEqual(['not_accredited']);
  });

  it('can name the definition it wants', () => {
    const root = computerSystemsServicingNcII({ ELC724331: 'https://specimen.example/achievements/coc1' });
    const slot = root.children[0]!;
    expect(slot.kind === 'requireAll' && slot.items[0]).toEqual({
      achievement: 'https://specimen.example/achievements/coc1',
      title: 'ELC724331 Install and configure computer systems',
    });
  });

  it('Graduate Certificate in Distance Education: 15 units of core and an elective of the same unit', () => {
    const root = graduateCertificateInDistanceEducation({}, [
      { achievement: 'https://specimen.example/achievements/micro' },
    ]);
    expect(checkTree(root as unknown as Json)).toEqual([]);
    const core = [1, 2, 3, 4, 5].map((n) =>
      holding(`edde${n}`, { competencies: [`EDDE 20${n}`], credit: { 'HE-UNIT-16': '3' } }),
    );
    const micro = (system: string) => holding('micro', { credit: { [system]: '3' } });
    expect(run(root, core).state).toBe('unmet');
    expect(run(root, [...core, micro('HE-UNIT-16')]).state).toBe('met');
    // Three units of 18 hours are more hours, and still another unit: only a decision could bridge them.
    const other = run(root, [...core, micro('HE-UNIT-18')]);
    expect(other.state).toBe('unmet');
    expect(other.missing.map((one) => one.node)).toEqual(['units']);
    expect(other.notCountable[0]!.reasons).toEqual([expect.objectContaining({ code: 'other_system', node: 'units' })]);
  });
});
