import { selects } from '../candidates.ts';
import type { VersionPin } from '../rule-model.ts';
import { DAY, SELECT, selectFaults, VERSIONS } from './members.ts';
import { EXAMPLE, type FilterKind } from './rule.ts';

/**
 * Only these versions of what is selected; others until a cut-over day, which binds the award day unless it says
 * `evaluation` (A4, A9.7). Precedent: migration between training regulations (framework S36).
 */
export const versionPin: FilterKind<VersionPin> = {
  kind: 'versionPin',
  role: 'filter',
  title: { en: 'Only these versions', fil: 'Ang mga bersiyong ito lamang' },
  schema: {
    properties: {
      select: SELECT,
      versions: VERSIONS,
      transition: {
        type: 'object',
        additionalProperties: false,
        required: ['versions', 'acceptUntil'],
        properties: {
          versions: VERSIONS,
          acceptUntil: DAY,
          by: { type: 'string', enum: ['award', 'evaluation'] },
        },
      },
    },
    required: ['versions'],
  },
  faults: ({ select }) => selectFaults('/select', select),
  refuses({ select, versions, transition }, candidate, { date }) {
    if (!selects(select, candidate)) return undefined;
    const { version } = candidate.guise;
    if (version === undefined) return 'version';
    if (versions.includes(version)) return undefined;
    if (!transition?.versions.includes(version)) return 'version';
    const day = transition.by === 'evaluation' ? date : candidate.fact.holding.awarded;
    return day <= transition.acceptUntil ? undefined : 'version';
  },
  explain: ({ versions, transition }) => ({
    en: `Only version ${versions.join(', ')} is taken${transition ? `; ${transition.versions.join(', ')} until ${transition.acceptUntil}` : ''}.`,
    fil: `Bersiyong ${versions.join(', ')} lamang ang tinatanggap${transition ? `; ${transition.versions.join(', ')} hanggang ${transition.acceptUntil}` : ''}.`,
  }),
  examples: [
    { kind: 'versionPin', id: 'regulation', ...EXAMPLE, versions: ['2013'] },
    {
      ...{ kind: 'versionPin', id: 'migration', ...EXAMPLE, versions: ['2024'] },
      transition: { versions: ['2013'], acceptUntil: '2026-12-31', by: 'evaluation' },
    },
  ],
};
