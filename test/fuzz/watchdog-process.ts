/** A thread beside the parser: ends the process when one input takes too long, and keeps that input. */
import { writeFileSync } from 'node:fs';
import { workerData } from 'node:worker_threads';
import { keepInput } from './store.ts';

export interface Watched {
  /** Number of the input, and its length; 0 as number = nothing runs. */
  state: SharedArrayBuffer;
  input: SharedArrayBuffer;
  folder: string;
  limitMs: number;
}

const { state, input, folder, limitMs } = workerData as Watched;
const [numbers, bytes] = [new Int32Array(state), new Uint8Array(input)];
let seen = 0;
let since = performance.now();
setInterval(() => {
  const running = Atomics.load(numbers, 0);
  if (running !== seen || running === 0) {
    seen = running;
    since = performance.now();
  } else if (performance.now() - since > limitMs) {
    const path = keepInput(folder, bytes.slice(0, Atomics.load(numbers, 1)));
    writeFileSync(`${path}.txt`, `did not end in ${limitMs} ms\n`);
    process.kill(process.pid, 'SIGKILL');
  }
}, 100);
