import { achievementWith, objectWith } from '../badge-schema.ts';
import type { Dimension } from '../dimension.ts';
import { checkObjects } from '../members.ts';

const LINE = /^[^\p{C}]{1,200}$/u;
const isLine = (value: unknown): value is string => typeof value === 'string' && LINE.test(value);

/**
 * A training regulation by title, and by version where one is stated: one title was reissued with other units and hours
 * (framework 0, point 3), so a grant for one version is none for the next.
 */
export const trainingRegulation: Dimension<'trainingRegulation'> = {
  name: 'trainingRegulation',
  reason: 'scope_training_regulation',
  check: (limit, at, bad) =>
    checkObjects(limit, at, bad, ['title', 'version'], (item, here) => {
      if (!isLine(item.title)) bad(`${here}/title`, 'must be text of at most 200 characters');
      if (item.version !== undefined && !isLine(item.version)) {
        bad(`${here}/version`, 'must be text of at most 200 characters');
      }
    }),
  matches: (limit, { trainingRegulation: of }) => of !== undefined && limit.some((item) => covers(item, of)),
  contains: (limit, inner) =>
    inner.trainingRegulation?.every((item) => limit.some((outer) => covers(outer, item))) ?? false,
  schema: (limit) =>
    achievementWith({
      trainingRegulation: {
        anyOf: limit.map(({ title, version }) =>
          objectWith({ title: { const: title }, ...(version === undefined ? {} : { version: { const: version } }) }),
        ),
      },
    }),
};

function covers(outer: { title: string; version?: string }, inner: { title: string; version?: string }): boolean {
  return outer.title === inner.title && (outer.version === undefined || outer.version === inner.version);
}
