import type { FieldError } from '#kernel';
import type { LintRule } from './rule.ts';
import { eachObject, faults } from './walk.ts';

const fault = faults('prior-learning');

/** Routes on which what was learned elsewhere, most of all at work, is assessed instead of taught. */
export const PRIOR_LEARNING_ROUTES: readonly string[] = ['RPL', 'ETEEAP', 'EBET'];

/** Whoever reads "recognised prior learning" can see what it rests on, and that somebody assessed it. */
export const priorLearning: LintRule = {
  id: 'prior-learning',
  source:
    'CHED-TESDA JMC 1 s.2023 and RA 12124 name the routes (framework sources S16, S17); own rule: none without evidence of a stated kind and an assessor',
  effective: '2026-01-01',
  check(document) {
    if (!(PRIOR_LEARNING_ROUTES as readonly unknown[]).includes(document.learningRoute)) return [];
    const errors: FieldError[] = [];
    if (document.assessor === undefined) {
      errors.push(fault('/assessor', 'is required: an award by this route rests on an assessment'));
    }
    const evidence = eachObject(document.evidence, '/evidence');
    if (!evidence.some(({ value }) => value.evidenceType !== undefined)) {
      errors.push(fault('/evidence', 'must have one with its evidenceType: an award by this route rests on evidence'));
    }
    return errors;
  },
  examples: {
    pass: [
      ...PRIOR_LEARNING_ROUTES.map((route) => (d: { [member: string]: unknown }) => {
        d.learningRoute = route;
        d.assessor = 'Accredited assessor A-0042';
        d.evidence = [{ type: ['Evidence', 'PhEvidence'], evidenceType: 'Log' }];
      }),
      (d) => {
        d.learningRoute = 'NonFormal';
        delete d.evidence;
      },
    ],
    fail: [
      {
        change: (d) => {
          d.learningRoute = 'RPL';
          d.assessor = 'Accredited assessor A-0042';
        },
        pointer: '/evidence',
      },
      {
        change: (d) => {
          d.learningRoute = 'ETEEAP';
          d.assessor = 'Accredited assessor A-0042';
          delete d.evidence;
        },
        pointer: '/evidence',
      },
      {
        change: (d) => {
          d.learningRoute = 'EBET';
          d.evidence = [{ type: ['Evidence', 'PhEvidence'], evidenceType: 'Log' }];
        },
        pointer: '/assessor',
      },
    ],
  },
};
