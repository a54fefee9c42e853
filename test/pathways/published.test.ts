import { describe, expect, it } from 'vitest';
import type { Json } from '#kernel';
import {
  checkTree,
  computerSystemsServicingNcII,
  type EvaluationInput,
  evaluate,
  graduateCertificateInDistanceEducation,
  type Holding,
  type RuleNode,
} from '#pathways';
import { DATE, holding, pathway } from './support.ts';

const TESDA = 'did:web:authority.example';
const UNIVERSITY = 'did:web:specimen.example';

const run = (root: RuleNode, holdings: Holding[], more: Partial<EvaluationInput> = {}) =>
  evaluate({ pathway: pathway(root), holdings, date: DATE, ...more });
const codes = (result: ReturnType<typeof run>, id: string) =>
  [...result.notCountable, ...result.surplus]
    .filter((one) => one.holding === `urn:credential:${id}`)
    .flatMap(({ reasons }) => reasons.map(({ code }) => code));

describe('P1, Computer Systems Servicing NC II', () => {
  const root = computerSystemsServicingNcII({ versions: ['2013'], authority: TESDA, conferrers: [TESDA] });
  const accredited = (assess: 'yes' | 'no' | 'unknown') => [
    { role: 'Assess' as const, authority: TESDA, answer: assess },
    { role: 'Award' as const, authority: TESDA, answer: 'yes' as const },
  ];
  const coc = (unit: number, over: Partial<Holding> = {}) =>
    holding(`coc${unit}`, {
      ...{ competencies: [`ELC72433${unit}`], version: '2013', expires: '2030-01-01', accredited: accredited('yes') },
      ...over,
    });
  const four = [1, 2, 3, 4].map((unit) => coc(unit));

  it('is saved as it is, and met by four certificates', () => {
    expect(checkTree(root as unknown as Json)).toEqual([]);
    expect(run(root, four).state).toBe('met');
    const all = computerSystemsServicingNcII({ versions: ['2013'], allUnits: true });
    expect(checkTree(all as unknown as Json)).toEqual([]);
    expect(run(all, four).outstanding).toBe(11);
  });

  it('is not met when COC 1 expired the day before', () => {
    const result = run(root, [coc(1, { expires: '2026-06-29' }), ...four.slice(1)]);
    expect(result.state).toBe('unmet');
    expect(result.missing[0]!.text.en).toBe('ELC724331 Install and configure computer systems');
    expect(codes(result, 'coc1')).toEqual(['expired']);
    expect(run(root, [coc(1, { expires: DATE }), ...four.slice(1)]).state).toBe('met');
  });

  it('is not met when COC 3 is of a later regulation without transition', () => {
    const result = run(root, [...four.slice(0, 2), coc(3, { version: '2024' }), four[3]!]);
    expect(result.state).toBe('unmet');
    expect(codes(result, 'coc3')).toEqual(['version']);
  });

  it('counts two awards for one unit once', () => {
    const twice = [...four.slice(0, 3), coc(2, { id: 'urn:credential:again', awardId: 'urn:award:again' })];
    const result = run(root, twice);
    expect(result).toMatchObject({ state: 'unmet', outstanding: 1 });
    expect(codes(result, 'again').concat(codes(result, 'coc2'))).toEqual(['same_achievement']);
  });

  it('is not met when the centre was suspended on the award day, and pending when that is unknown', () => {
    const result = run(root, [...four.slice(0, 3), coc(4, { accredited: accredited('no') })]);
    expect(result.state).toBe('unmet');
    expect(codes(result, 'coc4')).toEqual(['accreditation']);
    const unknown = run(root, [...four.slice(0, 3), coc(4, { accredited: accredited('unknown') })]);
    expect(unknown.state).toBe('pending');
    expect(unknown.waitingFor).toEqual([
      { holding: 'urn:credential:coc4', reasons: [expect.objectContaining({ code: 'unknown' })] },
    ]);
    // What no register shows at all never counts silently.
    expect(run(root, [...four.slice(0, 3), coc(4, { accredited: [] })]).state).toBe('unmet');
  });

  it('lists all reasons at once', () => {
    const bad = coc(4, { expires: '2020-01-01', version: '1999', state: 'suspended' });
    expect(codes(run(root, [...four.slice(0, 3), bad]), 'coc4')).toEqual(['suspended', 'expired', 'version']);
  });
});

describe('P2, Graduate Certificate in Distance Education', () => {
  const ELECTIVES = ['e1', 'e2', 'e3'].map((id) => `https://specimen.example/achievements/${id}`);
  const root = graduateCertificateInDistanceEducation({ electives: ELECTIVES, decisions: ['d1'] });
  const core = [1, 2, 3, 4, 5].map((n) =>
    holding(`edde${n}`, { competencies: [`EDDE 20${n}`], credit: { 'HE-UNIT-16': '3' } }),
  );
  const elective = (id: string, units: string, system = 'HE-UNIT-16', over: Partial<Holding> = {}) =>
    holding(id, { credit: { [system]: units }, ...over });

  it('is saved as it is, and met by 15 units of core and an elective of 3', () => {
    expect(checkTree(root as unknown as Json)).toEqual([]);
    const short = run(root, core);
    expect(short).toMatchObject({ state: 'unmet', outstanding: 1, total: { 'HE-UNIT-16': '15' } });
    expect(short.missing.map(({ node }) => node)).toEqual(['units']);
    expect(run(root, [...core, elective('e1', '3')])).toMatchObject({ state: 'met', total: { 'HE-UNIT-16': '18' } });
  });

  it('counts no more than 3 units of electives, and nobody fails for one too many', () => {
    const two = run(root, [...core.slice(0, 4), elective('e1', '3'), elective('e2', '3')]);
    expect(two).toMatchObject({ state: 'unmet', outstanding: 2, total: { 'HE-UNIT-16': '15' } });
    const more = run(root, [...core, elective('e1', '3'), elective('e2', '3')]);
    expect(more.state).toBe('met');
    expect(more.surplus).toHaveLength(1);
    // Of smaller ones as many as fit.
    const small = [elective('e1', '1.5'), elective('e2', '1.5'), elective('e3', '2')];
    expect(run(root, [...core, ...small]).placements.map(({ holding: id }) => id)).toEqual(
      [...core, ...small.slice(0, 2)].map(({ id }) => id),
    );
  });

  it('never adds units of 18 hours to units of 16', () => {
    const result = run(root, [...core, elective('e1', '3', 'HE-UNIT-18')]);
    expect(result.state).toBe('unmet');
    expect(result.missing.map(({ node }) => node)).toEqual(['units']);
  });

  it('wants all of it within two years', () => {
    const old = (n: number, awarded: string) => ({ ...core[n]!, awarded });
    expect(run(root, [old(0, '2024-01-15'), ...core.slice(1), elective('e1', '3')]).state).toBe('unmet');
    expect(run(root, [old(0, '2024-01-16'), ...core.slice(1), elective('e1', '3')]).state).toBe('met');
  });

  it('takes a micro-course that a decision accepts for a course', () => {
    const decisions = [
      {
        ...{ id: 'd1', from: { achievement: 'https://specimen.example/achievements/micro' } },
        to: { mode: 'specified' as const, achievement: 'https://specimen.example/courses/201' },
        ...{ credit: { system: 'HE-UNIT-16', value: '3' }, validFrom: '2026-01-01' },
      },
    ];
    const terms = { courses: { 'EDDE 201': 'https://specimen.example/courses/201' }, electives: ELECTIVES };
    const named = graduateCertificateInDistanceEducation({ ...terms, decisions: ['d1'] });
    const holdings = [holding('micro', { credit: { ECTS: '9' } }), ...core.slice(1), elective('e1', '3')];
    const result = run(named, holdings, { decisions });
    expect(result.state).toBe('met');
    expect(result.placements[0]).toMatchObject({ holding: 'urn:credential:micro', guise: 'd1' });
    expect(run(named, holdings).state).toBe('unmet');
    expect(run(graduateCertificateInDistanceEducation(terms), holdings, { decisions }).state).toBe('unmet');
    // Not in force on the day of the evaluation.
    expect(run(named, holdings, { decisions: [{ ...decisions[0]!, validUntil: '2026-06-29' }] }).state).toBe('unmet');
  });

  it('can ask for residency and an average that leaves no bad grade out', () => {
    const scale = 'https://specimen.example/scales/up';
    const strict = graduateCertificateInDistanceEducation({ electives: ELECTIVES, strict: { scale } });
    expect(checkTree(strict as unknown as Json)).toEqual([]);
    const graded = (one: Holding, value: string, provider = UNIVERSITY) => ({
      ...one,
      provider,
      result: { scale, direction: 'LowerBetter' as const, value },
    });
    const good = [...core, elective('e1', '3')].map((one) => graded(one, '2'));
    expect(run(strict, good).state).toBe('met');
    const bad = graded(elective('e2', '3'), '3');
    expect(run(strict, [...good, bad]).missing.map(({ node }) => node)).toEqual(['gwa']);
    const away = good.map((one, at) => (at < 4 ? graded(one, '2', 'did:web:other.example') : one));
    expect(run(strict, away).missing.map(({ node }) => node)).toEqual(['residency']);
    expect(() =>
      run(strict, [graded(core[0]!, '2'), { ...core[1]!, result: { scale, direction: 'HigherBetter', value: '2' } }]),
    ).toThrow('against the direction');
  });
});
