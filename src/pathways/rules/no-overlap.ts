import type { Candidate } from '../candidates.ts';
import type { NoOverlap } from '../rule-model.ts';
import { EXAMPLE, type LimitKind } from './rule.ts';

/**
 * The same competency is not counted twice: no two share one (`any`), or none is contained in another (`subset`, for
 * clusters that repeat basic units; A9.10). Precedent: NZ non-duplication (framework S61).
 */
export const noOverlap: LimitKind<NoOverlap> = {
  kind: 'noOverlap',
  role: 'limit',
  title: { en: 'No competency twice', fil: 'Walang kakayahang inuulit' },
  schema: { properties: { mode: { type: 'string', enum: ['any', 'subset'] } }, required: ['mode'] },
  faults: () => [],
  broken: ({ mode }, counted) => (mode === 'any' ? repeated(counted) : nested(counted)),
  brokenBy: ({ mode }, one, counted) => counted.some((other) => overlap(mode, one, other)),
  explain: ({ mode }) =>
    mode === 'any'
      ? {
          en: 'No two awards that share a competency are both counted.',
          fil: 'Hindi parehong ibinibilang ang dalawang gawad na may iisang kakayahan.',
        }
      : {
          en: 'An award whose competencies are all in another is not counted beside it.',
          fil: 'Hindi ibinibilang ang gawad na ang lahat ng kakayahan ay nasa isa pang ibinibilang.',
        },
  examples: [{ kind: 'noOverlap', id: 'no-overlap', ...EXAMPLE, mode: 'subset' }],
};

/** Holdings without competencies never overlap. */
function overlap(mode: NoOverlap['mode'], { fact: a }: Candidate, { fact: b }: Candidate): boolean {
  if (a.competencies.size === 0 || b.competencies.size === 0) return false;
  const [small, large] = a.competencies.size <= b.competencies.size ? [a, b] : [b, a];
  for (const one of small.competencies) if (large.competencies.has(one) === (mode === 'any')) return mode === 'any';
  return mode === 'subset';
}

function repeated(counted: readonly Candidate[]): boolean {
  const seen = new Set<string>();
  for (const { fact } of counted) {
    for (const one of fact.competencies) if (seen.has(one)) return true;
    for (const one of fact.competencies) seen.add(one);
  }
  return false;
}

/** A set is contained only in those that have its first member. */
function nested(counted: readonly Candidate[]): boolean {
  const byCode = new Map<string, Candidate[]>();
  for (const one of counted) {
    for (const code of one.fact.competencies) {
      const list = byCode.get(code);
      if (list) list.push(one);
      else byCode.set(code, [one]);
    }
  }
  return counted.some((one) => {
    const [first] = one.fact.competencies;
    const others = first === undefined ? [] : byCode.get(first)!;
    return others.some((other) => other !== one && overlap('subset', one, other));
  });
}
