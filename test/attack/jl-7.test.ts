import { expect, it } from 'vitest';
import { measurePoison } from '../bench/parts/poison.ts';

it('JL-7 every poison graph ends as done or too much work, in bounded time, while others are answered', async () => {
  const figures = await measurePoison();
  console.log(
    `JL-7: ${figures.documents} graphs, at most ${figures.cpuMs.toFixed(0)} ms of CPU (${figures.slowest}), ` +
      `p99 of ${figures.requests} other requests ${figures.p99.toFixed(0)} ms, ${JSON.stringify(figures.outcomes)}`,
  );
  expect(Object.keys(figures.outcomes).sort()).toEqual(['done', 'work_limit']);
  expect(figures.requests).toBeGreaterThan(10);
  // The targets, 300 ms and 100 ms, are for a machine of its own: `npm run bench`. Here only what no load explains.
  expect(figures.cpuMs).toBeLessThan(3_000);
  expect(figures.p99).toBeLessThan(5_000);
}, 120_000);
