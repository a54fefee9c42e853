import { parseAmount } from '#kernel';
import type { Candidate } from '../candidates.ts';
import type { ResidencyMin } from '../rule-model.ts';
import { AMOUNT, DIDS, PERCENT, percentFaults, positiveFaults, SYSTEM } from './members.ts';
import { type CheckContext, type CheckKind, EXAMPLE } from './rule.ts';
import { add, shareAmounts, shareForms, sumIn } from './sums.ts';

const atBodies = ({ bodies }: ResidencyMin, { conferrers }: Pick<CheckContext, 'conferrers'>) => {
  const those = bodies ?? conferrers;
  // A decision never changes who awarded: transferred credit is not residency (A2).
  return ({ fact }: Candidate) => those.includes(fact.holding.provider);
};

/** So much earned at the conferring body. Precedent: 50 % in some university policies (framework S83). */
export const residencyMin: CheckKind<ResidencyMin> = {
  kind: 'residencyMin',
  role: 'check',
  title: { en: 'Earned at the conferring body', fil: 'Nakamit sa magkakaloob na institusyon' },
  schema: {
    properties: { system: SYSTEM, bodies: DIDS, min: AMOUNT, percent: PERCENT, total: AMOUNT },
    required: ['system'],
  },
  faults({ min, percent, total }) {
    const faults = [...positiveFaults('/min', min), ...percentFaults(percent), ...positiveFaults('/total', total)];
    if ((min === undefined) === (percent === undefined)) {
      faults.push({ pointer: '', detail: 'must have either min or percent' });
    }
    if (total !== undefined && percent === undefined) faults.push({ pointer: '/total', detail: 'needs a percent' });
    return faults;
  },
  forms(node, context) {
    const belongs = atBodies(node, context);
    if (node.percent !== undefined) return shareForms({ ...node, percent: node.percent }, belongs, 'min');
    return [{ of: sumIn(node.system, belongs), atLeast: BigInt(parseAmount(node.min!)) }];
  },
  amounts(node, counted, context) {
    const belongs = atBodies(node, context);
    if (node.percent !== undefined) return shareAmounts({ ...node, percent: node.percent }, belongs, counted);
    return { have: add(counted, sumIn(node.system, belongs)), need: parseAmount(node.min!) };
  },
  explain: ({ min, percent, system }, { met }) => ({
    en: `At least ${min === undefined ? `${percent} %` : `${min} ${system}`} has to be earned at the conferring body: ${met ? 'it is' : 'it is not yet'}.`,
    fil: `Hindi bababa sa ${min === undefined ? `${percent} %` : `${min} ${system}`} ang dapat makamit sa magkakaloob: ${met ? 'natugunan' : 'hindi pa'}.`,
  }),
  examples: [
    { kind: 'residencyMin', id: 'residency', ...EXAMPLE, system: 'HE-UNIT-16', min: '9' },
    { kind: 'residencyMin', id: 'half-here', ...EXAMPLE, system: 'ECTS', percent: '50', bodies: ['did:web:a.example'] },
  ],
};
