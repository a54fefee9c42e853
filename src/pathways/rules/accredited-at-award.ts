import type { AccreditedAtAward } from '../rule-model.ts';
import { DID } from './members.ts';
import { EXAMPLE, type FilterKind } from './rule.ts';

/**
 * Only what was awarded by somebody accredited for it then, in the named role and, where one is named, on that authority
 * (framework 6.4). An unknown answer that is of no authority is unknown for each; it passes in the hopeful run only (A7).
 */
export const accreditedAtAward: FilterKind<AccreditedAtAward> = {
  kind: 'accreditedAtAward',
  role: 'filter',
  title: { en: 'Only what was accredited when awarded', fil: 'Ang akreditado lamang nang igawad' },
  schema: {
    properties: {
      role: { type: 'string', enum: ['Train', 'Assess', 'Award'] },
      authority: DID,
    },
    required: ['role'],
  },
  faults: () => [],
  refuses({ role, authority }, { fact }, { mode }) {
    const answers = fact.holding.accredited.filter((one) => one.role === role);
    const said = (answer: 'yes' | 'unknown') =>
      answers.some(
        (one) =>
          one.answer === answer &&
          (authority === undefined ||
            one.authority === authority ||
            (answer === 'unknown' && one.authority === undefined)),
      );
    if (said('yes')) return undefined;
    if (!said('unknown')) return 'accreditation';
    return mode === 'hopeful' ? undefined : 'unknown';
  },
  explain: ({ role }) => {
    const verb = { Train: 'train', Assess: 'assess', Award: 'award' }[role];
    const fil = { Train: 'magsanay', Assess: 'magtasa', Award: 'magkaloob' }[role];
    return {
      en: `Only awards whose body was accredited to ${verb} on the award day are taken.`,
      fil: `Tinatanggap lamang ang gawad kung akreditadong ${fil} ang institusyon sa araw ng paggagawad.`,
    };
  },
  examples: [
    { kind: 'accreditedAtAward', id: 'accredited', ...EXAMPLE, role: 'Award' },
    { kind: 'accreditedAtAward', id: 'centre', ...EXAMPLE, role: 'Assess', authority: 'did:web:authority.example' },
  ],
};
