import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#kernel';
import { decide } from '../../src/prior-learning/assessment.ts';
import type { Judgement } from '../../src/prior-learning/model.ts';
import { outcomesOf } from '../../src/prior-learning/outcomes.ts';

const criteria = { narrative: 'Handles forty calls.' };
const pointers = (definition: JsonObject) => outcomesOf(definition).map(({ outcome }) => outcome);

describe('what is judged', () => {
  it('is each learning outcome and unit of competency', () => {
    const definition: JsonObject = {
      criteria,
      learningOutcome: [{ text: 'One' }, { code: 'LO2', text: 'Two' }],
      unitOfCompetency: [{ code: 'ABC000001', title: 'Unit' }],
      alignment: [{ targetName: 'x', targetType: 'ceasn:Competency' }],
    };
    expect(pointers(definition)).toEqual(['/learningOutcome/0', '/learningOutcome/1', '/unitOfCompetency/0']);
    expect(outcomesOf(definition).map(({ label }) => label)).toEqual(['One', 'LO2 Two', 'ABC000001 Unit']);
  });

  it('is the competencies it is aligned to where it states none itself, never a level', () => {
    const alignment: JsonObject[] = [
      { targetName: 'Level 5', targetType: 'ext:PQF' },
      { targetName: 'Service', targetCode: 'S1', targetType: 'ext:PSFSkill' },
    ];
    expect(outcomesOf({ criteria, alignment })).toEqual([
      { outcome: '/alignment/1', label: 'S1 Service', mandatory: true },
    ]);
  });

  it('is how it is earned where it states nothing else', () => {
    expect(outcomesOf({ criteria })).toEqual([{ outcome: '/criteria', label: criteria.narrative, mandatory: true }]);
    expect(outcomesOf({ criteria: { narrative: 'ñ'.repeat(5_000) } })[0]!.label).toHaveLength(301);
  });
});

describe('the decision', () => {
  const outcomes = ['a', 'b', 'e'].map((outcome) => ({ outcome, label: outcome, mandatory: outcome !== 'e' }));
  const judge = (...competent: string[]): Judgement[] =>
    outcomes.map(({ outcome }) => ({
      outcome,
      judged: competent.includes(outcome) ? 'Competent' : 'NotYetCompetent',
      method: ['Interview'],
    }));

  it.each<[string[], string, string[]]>([
    [['a', 'b', 'e'], 'recognised', []],
    [['a', 'b'], 'recognised', []],
    [['a', 'e'], 'not_recognised', ['b']],
    [[], 'not_recognised', ['a', 'b']],
  ])('with %j shown is %s', (competent, decision, missing) => {
    expect(decide(judge(...competent), outcomes)).toEqual({ decision, missing });
  });

  it('is never recognition of nothing', () => {
    const electives = outcomes.map((one) => ({ ...one, mandatory: false }));
    expect(decide(judge(), electives)).toEqual({ decision: 'not_recognised', missing: [] });
    expect(decide(judge('b'), electives).decision).toBe('recognised');
  });
});
