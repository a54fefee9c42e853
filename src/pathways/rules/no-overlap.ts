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
  broken: ({ mode }, counted) =>
    counted.some((one, index) => counted.slice(index + 1).some((other) => overlap(mode, one, other))),
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
export function overlap(mode: NoOverlap['mode'], { fact: a }: Candidate, { fact: b }: Candidate): boolean {
  if (a.competencies.size === 0 || b.competencies.size === 0) return false;
  const [small, large] = [a, b].map((one) => one.competencies).sort((x, y) => x.size - y.size);
  const shared = (code: string) => large!.has(code);
  return mode === 'any' ? [...small!].some(shared) : [...small!].every(shared);
}
