import type { FieldError } from '#kernel';
import type { LintRule } from './rule.ts';
import { ACHIEVEMENT, faults, parts } from './walk.ts';

const fault = faults('specimen');
const MARK = /^SPECIMEN\b/;

/** Nothing a trial deployment signs can be taken for an award. The mark is signed: in the name, and as a term where there is one. */
export const specimen: LintRule = {
  id: 'specimen',
  source: 'own rule: specimens carry realism Illustrative and a name that begins SPECIMEN, awards carry neither',
  effective: '2026-01-01',
  check(document, context) {
    const errors: FieldError[] = [];
    const { achievement } = parts(document);
    const names: [string, unknown][] = [
      ['/name', document.name],
      [`${ACHIEVEMENT}/name`, achievement.name],
    ];
    for (const [pointer, name] of names) {
      if (context.specimen !== (typeof name === 'string' && MARK.test(name))) {
        errors.push(fault(pointer, context.specimen ? 'must begin SPECIMEN' : 'must not begin SPECIMEN'));
      }
    }
    const wanted = context.specimen && context.achievement.extension ? 'Illustrative' : undefined;
    if (document.realism !== wanted) {
      errors.push(fault('/realism', wanted ? 'must be Illustrative' : 'must be absent'));
    }
    return errors;
  },
  examples: {
    pass: [
      (d, c) => {
        c.specimen = false;
        d.name = d.credentialSubject.achievement.name = 'Maintain computer systems';
        delete d.realism;
      },
    ],
    fail: [
      {
        change: (d) => {
          d.credentialSubject.achievement.name = 'Maintain computer systems';
        },
        pointer: '/credentialSubject/achievement/name',
      },
      {
        change: (d) => {
          delete d.realism;
        },
        pointer: '/realism',
      },
      {
        change: (_d, c) => {
          c.specimen = false;
        },
        pointer: '/name',
      },
    ],
  },
};
