import type { FieldError } from '#kernel';
import { CREDENTIALS_V2, OPEN_BADGES_3_0_3 } from '#proofs';
import { phContextUrl } from '../model/build.ts';
import type { LintRule } from './rule.ts';
import { faults, walk } from './walk.ts';

const fault = faults('contexts');

/** Another context, or the same in another order, can give other statements for the same text. */
export const contexts: LintRule = {
  id: 'contexts',
  source: 'VC Data Model 2.0 section 4.3; Open Badges 3.0.3 context list; only addresses, no inline objects',
  effective: '2026-01-01',
  check(document, context) {
    const wanted = [
      CREDENTIALS_V2,
      OPEN_BADGES_3_0_3,
      ...(context.achievement.extension ? [phContextUrl(context.publicUrl)] : []),
    ];
    const errors: FieldError[] = [];
    if (JSON.stringify(document['@context']) !== JSON.stringify(wanted)) {
      errors.push(fault('/@context', `must be exactly ${JSON.stringify(wanted)}`));
    }
    for (const { pointer, key } of walk(document)) {
      if (key.startsWith('@') && pointer !== '/@context' && !pointer.startsWith('/@context/')) {
        errors.push(fault(pointer, `the keyword ${key} is not allowed here`));
      }
    }
    return errors;
  },
  examples: {
    pass: [
      (d, c) => {
        c.achievement.extension = false;
        d['@context'].pop();
      },
    ],
    fail: [
      { change: (d) => d['@context'].reverse(), pointer: '/@context' },
      { change: (d) => d['@context'].push({ '@vocab': 'https://x.example/' }), pointer: '/@context' },
      {
        change: (d) => {
          d['@included'] = [{ id: 'urn:x:y' }];
        },
        pointer: '/@included',
      },
      {
        change: (d) => {
          d.credentialSubject['@context'] = null;
        },
        pointer: '/credentialSubject/@context',
      },
    ],
  },
};
