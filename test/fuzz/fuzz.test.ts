import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runFixed, runOne } from './engine.ts';
import { CORPUS, readInputs } from './store.ts';
import { TARGETS } from './targets/index.ts';

const SEED = 20_261_124;
const SLOW_MS = 1_000;
const INPUTS = 2_000;

/** The long form is `npm run fuzz`, guided by coverage; here every target runs a little, the same in every run. */
describe('DS-7 parsers', () => {
  it.each(Object.keys(TARGETS))(
    '%s',
    async (name) => {
      const target = await TARGETS[name]!();
      const found = await runFixed(target, target.ciInputs ?? INPUTS, SEED, SLOW_MS);
      for (const input of readInputs(join(CORPUS, name))) {
        const one = await runOne(target, input, SLOW_MS);
        if (one) found.push(one);
      }
      const shown = found
        .slice(0, 3)
        .map(({ what, input }) => `${what}\n${Buffer.from(input).toString('base64').slice(0, 2_000)}`);
      expect(shown, `seed ${SEED}`).toEqual([]);
    },
    60_000,
  );
});
