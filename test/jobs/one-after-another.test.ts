import { expect, it, vi } from 'vitest';
import { oneAfterAnother, startLoop } from '#jobs';

it('first rounds come one after the other, also after one that fails, and later rounds wait for nobody', async () => {
  const [told, inTurn]: [string[], ReturnType<typeof oneAfterAnother>] = [[], oneAfterAnother()];
  let underWay = 0;
  let most = 0;
  const work = (name: string, fails = false) =>
    inTurn(async () => {
      most = Math.max(most, ++underWay);
      await new Promise((next) => setTimeout(next, 5));
      underWay--;
      told.push(name);
      if (fails) throw new Error(name);
      return false;
    });
  const errors: string[] = [];
  const options = { intervalMs: 60_000, onError: (error: unknown) => errors.push((error as Error).message) };
  const loops = [work('a'), work('b', true), work('c')].map((one) => startLoop(one, options));
  while (told.length < 3) await new Promise((next) => setTimeout(next, 5));
  expect([told, most, errors]).toEqual([['a', 'b', 'c'], 1, ['b']]);
  await Promise.all(loops.map((loop) => loop.stop()));

  const stuck = oneAfterAnother();
  const later = stuck(async () => true);
  await later(() => false);
  void stuck(() => new Promise(() => {}))(() => false);
  expect(await later(() => false)).toBe(true);
});

it('one that is stopped before its turn makes no round', async () => {
  const [inTurn, before, work] = [oneAfterAnother(), Promise.withResolvers<boolean>(), vi.fn(async () => false)];
  const loops = [() => before.promise, work].map((one) => startLoop(inTurn(one), { intervalMs: 60_000 }));
  const stopped = Promise.all(loops.map((loop) => loop.stop()));
  before.resolve(false);
  await stopped;
  expect(work).not.toHaveBeenCalled();
});
