import { flushCompileCache } from 'node:module';

/** Ends this process as a loss of power would. What was compiled for it stays, for the next one that begins like it. */
export function die(): Promise<never> {
  flushCompileCache();
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => {});
}
