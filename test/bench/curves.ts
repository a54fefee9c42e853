/**
 * `npm run bench:curves`: how cost grows from 1 to 100,000, for issuing, verifying, publishing a status list and looking up.
 * Every point is kept when it is measured, so a run that was stopped goes on; `-- --fresh` measures all again, `-- --upto=1000`
 * stops earlier, `-- --page` only draws. Then `docs/bench.json`, `docs/bench.html` and `docs/bench.png` are made from them and
 * from the figures that `npm run bench` kept, and the tables of `deploy/SCALE.md` are filled in.
 */

import { CURVES } from './growth.ts';
import { forgetCurves, keepPoint, readCurves } from './kept.ts';
import { writePage } from './page/write.ts';
import { writeScale } from './scale/write.ts';

const SIZES = [1, 10, 100, 1_000, 10_000, 100_000];
const upTo = Number(process.argv.find((word) => word.startsWith('--upto='))?.split('=')[1] ?? SIZES.at(-1));
if (process.argv.includes('--fresh')) forgetCurves();
if (!process.argv.includes('--page')) {
  for (const [name, { measure }] of Object.entries(CURVES)) {
    for (const n of SIZES.filter((size) => size <= upTo)) {
      if (readCurves().curves[name]?.some((point) => point.n === n)) continue;
      const values = await measure(n);
      keepPoint(name, { n, values });
      const said = Object.entries(values).map(([line, value]) => `${line} ${value.toPrecision(3)}`);
      console.log(`${name} ${n}: ${said.join(', ')}`);
    }
  }
}
await writePage();
writeScale();
process.exit(0);
