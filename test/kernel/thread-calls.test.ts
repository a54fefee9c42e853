import { describe, expect, it } from 'vitest';
import { startThread } from '#kernel';

const body = (code: string) => new URL(`data:text/javascript,${encodeURIComponent(code)}`);
const start = (code: string) => startThread<number, number>(body(code), {}, () => new Error('ended'));
const ANSWERS = `
  import { parentPort } from 'node:worker_threads';
  parentPort.on('message', (questions) => {
    if (questions.some(({ what }) => what === 0)) process.exit();
    parentPort.postMessage(questions.map(({ id, what }) => ({ id, what: 2 * what })));
  });
  parentPort.postMessage('ready');`;

describe('a thread that answers questions', () => {
  it('does not start when it ends, or dies, before it is ready', async () => {
    await expect(start('process.exit()')).rejects.toThrow();
    await expect(start('throw new RangeError("too small")')).rejects.toThrow('too small');
  });

  it('answers each its own, and nobody once it has ended', async () => {
    const calls = await start(ANSWERS);
    expect(await Promise.all([1, 2, 3].map((one) => calls.ask(one)))).toEqual([2, 4, 6]);
    await expect(calls.ask(0)).rejects.toThrow('ended');
    await calls.exited;
    expect([calls.alive, calls.waiting]).toEqual([false, 0]);
    await expect(calls.ask(1)).rejects.toThrow('ended');
  });
});
