import { describe, expect, it } from 'vitest';
import type { Json } from '#kernel';
import {
  checkTree,
  type EquivalenceDecision,
  evaluate,
  type GraduateCertificateTerms,
  graduateCertificateCurriculumOn,
  graduateCertificateInDistanceEducation,
  type Holding,
  masterOfDistanceEducation,
  type RuleNode,
} from '#pathways';
import { DATE, holding, pathway } from './support.ts';

const IRI = (id: string) => `https://specimen.example/achievements/${id}`;
const SCALE = 'https://specimen.example/scales/up';
const UNITS = (units: string) => ({ credit: { 'HE-UNIT-16': units } });
const run = (root: RuleNode, holdings: Holding[], decisions: EquivalenceDecision[] = []) =>
  evaluate({ pathway: pathway(root), holdings, decisions, date: DATE });
const edde = (n: number, over: Partial<Holding> = {}) =>
  holding(`edde${n}`, { competencies: [`EDDE 20${n}`], ...UNITS('3'), ...over });
const elective = (n: number, units = '3') => holding(`e${n}`, UNITS(units));
const missing = (result: ReturnType<typeof run>) => result.missing.map(({ node }) => node);

describe('the two curricula of the graduate certificate', () => {
  const terms: GraduateCertificateTerms = { electives: [1, 2, 3, 4].map((n) => IRI(`e${n}`)) };
  const of = (day: string) => graduateCertificateCurriculumOn(day)!;
  const older = of('2019-06-01').rule(terms);
  const current = of('2026-06-01').rule(terms);
  const old = [edde(1), edde(2), edde(3), elective(1), elective(2), elective(3)];

  it('are chosen by the catalogue day', () => {
    expect(['2010-08-01', '2020-07-31', '2020-08-01', '2030-01-01'].map((day) => of(day).version)).toEqual([
      ...['1', '1', '2', '2'],
    ]);
    expect(graduateCertificateCurriculumOn('2010-07-31')).toBeUndefined();
    expect(checkTree(older as unknown as Json)).toEqual([]);
  });

  it('give different answers to the same awards', () => {
    expect(run(older, old)).toMatchObject({ state: 'met', total: { 'HE-UNIT-16': '18' } });
    const now = run(current, old);
    expect(now.state).toBe('unmet');
    expect(now.missing.map(({ text }) => text.en).slice(0, 2)).toEqual(['EDDE 204', 'EDDE 205']);
    // And the current curriculum is a way through the older one: twelve units of core beside the first course.
    const core = [1, 2, 3, 4, 5].map((n) => edde(n));
    expect(run(older, [...core, elective(1)]).state).toBe('met');
    expect(run(current, [...core, elective(1)]).state).toBe('met');
  });

  it('the older one asks for EDDE 201, six units of core and takes nine of electives', () => {
    expect(missing(run(older, [edde(2), edde(3), edde(4), elective(1), elective(2), elective(3)]))).toEqual(['first']);
    const few = run(older, [edde(1), edde(2), ...[1, 2, 3, 4].map((n) => elective(n))]);
    expect(missing(few)).toEqual(['core-units', 'units']);
    expect(few.total).toEqual({ 'HE-UNIT-16': '15' });
    expect(few.nodes.find(({ id }) => id === 'core-units')?.credit).toMatchObject({ have: '3', need: '6' });
  });
});

describe('micro-courses as parts of the graduate certificate', () => {
  const COURSE = 'https://specimen.example/courses/205';
  const micro = (n: number, over: Partial<Holding> = {}) => holding(`micro${n}`, { awarded: '2026-01-10', ...over });
  const root = graduateCertificateInDistanceEducation({
    ...{ courses: { 'EDDE 205': COURSE }, electives: [IRI('e1')], decisions: ['integrated'] },
    integrating: [{ code: 'INT 205', microCourses: [1, 2, 3].map((n) => IRI(`micro${n}`)) }],
  });
  const decisions: EquivalenceDecision[] = [
    {
      ...{ id: 'integrated', from: { achievement: IRI('integrated') }, to: { mode: 'specified', achievement: COURSE } },
      ...{ credit: { system: 'HE-UNIT-16', value: '3' }, validFrom: '2026-01-01' },
    },
  ];
  const assessment = holding('integrated', { competencies: ['INT 205'], awarded: '2026-01-15' });
  const rest = [edde(1), edde(2), edde(3), edde(4), elective(1)];
  const three = [micro(1), micro(2), micro(3)];

  it('stand for a course with a passed integrating assessment', () => {
    expect(checkTree(root as unknown as Json)).toEqual([]);
    expect(run(root, [...rest, ...three, assessment], decisions).state).toBe('met');
  });

  it('do not without it, nor it without all three, nor before them', () => {
    expect(missing(run(root, [...rest, ...three], decisions))).toEqual(['core', 'units']);
    const two = run(root, [...rest, micro(1), micro(2), assessment], decisions);
    expect(two.state).toBe('unmet');
    expect(two.notCountable).toEqual([
      { holding: assessment.id, reasons: [expect.objectContaining({ code: 'prerequisite' })] },
    ]);
    const late = [micro(1), micro(2), micro(3, { awarded: '2026-01-16' })];
    expect(run(root, [...rest, ...late, assessment], decisions).state).toBe('unmet');
  });

  it('are no residency: nine units have to be earned at the conferrer', () => {
    const strict = graduateCertificateInDistanceEducation({ electives: [IRI('e1')], strict: { scale: SCALE } });
    const of = (away: number, from: string) =>
      [1, 2, 3, 4, 5].map((n) =>
        edde(n, {
          ...(n <= away ? { provider: from } : {}),
          result: { scale: SCALE, direction: 'LowerBetter', value: '1.75' },
        }),
      );
    const last = { ...elective(1), result: { scale: SCALE, direction: 'LowerBetter' as const, value: '2' } };
    const other = 'did:web:other.example';
    expect(run(strict, [...of(3, other), last]).state).toBe('met');
    expect(missing(run(strict, [...of(4, other), last]))).toEqual(['residency']);
    const lapsed = of(0, other).map((one, at) => (at === 0 ? { ...one, expires: '2026-06-29' } : one));
    const result = run(strict, [...lapsed, last]);
    expect(result.notCountable[0]!.reasons.map(({ code }) => code)).toEqual(['expired']);
  });
});

describe('leaving the master programme', () => {
  const root = masterOfDistanceEducation({
    core: [1, 2, 3, 4, 5, 6].map((n) => IRI(`c${n}`)),
    electives: [1, 2, 3, 4].map((n) => IRI(`e${n}`)),
    ...{ examination: IRI('exam'), thesis: IRI('thesis'), scale: SCALE, exit: 'Graduate certificate' },
  });
  const graded = (id: string, value: string, over: Partial<Holding> = {}) =>
    holding(id, { ...UNITS('3'), result: { scale: SCALE, direction: 'LowerBetter', value }, ...over });
  const courses = (value: string) => [1, 2, 3, 4, 5, 6].map((n) => graded(`c${n}`, value));
  const leave = (holdings: Holding[]) => run(root, holdings).exitAwards;
  const EXIT = [{ award: 'Graduate certificate', node: 'leaving' }];

  it('is saved as it is', () => expect(checkTree(root as unknown as Json)).toEqual([]));

  it('is possible after 18 units with an average of 2.00, which is lower-is-better', () => {
    expect(leave(courses('2'))).toEqual(EXIT);
    expect(leave(courses('2.00'))).toEqual(EXIT);
    expect(leave(courses('1.25'))).toEqual(EXIT);
    expect(leave(courses('2.01'))).toEqual([]);
    expect(leave(courses('1').slice(1))).toEqual([]);
    // Electives are units as well.
    expect(leave([...courses('2').slice(1), graded('e1', '2')])).toEqual(EXIT);
    expect(run(root, courses('2')).state).toBe('unmet');
  });

  it('leaves no bad grade out of the average, and weighs by units', () => {
    const good = courses('2').slice(1);
    expect(leave([...good, graded('c1', '2.25')])).toEqual([]);
    expect(leave([...courses('2'), graded('e1', '3')])).toEqual([]);
    expect(leave([...good, graded('c1', '1.5'), graded('e1', '2.5')])).toEqual(EXIT);
    expect(leave([...good, graded('c1', '1.5'), graded('e1', '2.5', UNITS('4'))])).toEqual([]);
  });

  it('the degree itself asks for 36 units, the examination after the courses and the thesis last', () => {
    const all = (exam: string, thesis: string) => [
      ...courses('2.5'),
      ...[1, 2, 3, 4].map((n) => graded(`e${n}`, '2.5')),
      holding('exam', { awarded: exam }),
      holding('thesis', { ...UNITS('6'), awarded: thesis }),
    ];
    // The average of the exit is not asked of the degree.
    expect(run(root, all('2026-02-01', '2026-06-01'))).toMatchObject({ state: 'met', exitAwards: [] });
    expect(missing(run(root, all('2026-01-14', '2026-06-01')))).toContain('examination');
    // One of the two has to go, and the thesis carries units.
    expect(missing(run(root, all('2026-03-01', '2026-02-01')))).toEqual(['examination']);
    const short = all('2026-02-01', '2026-06-01').filter(({ id }) => !id.endsWith(':e4'));
    expect(missing(run(root, short))).toEqual(['units']);
  });
});
