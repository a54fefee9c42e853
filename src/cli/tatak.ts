#!/usr/bin/env -S node --disable-proto=delete
import { isWhole, run } from './run.ts';

const argv = process.argv.slice(2);
// A reader that has seen enough (`| head`) is no failure, but of a file that must be whole.
process.stdout.on('error', async (error: NodeJS.ErrnoException) =>
  process.exit(error.code === 'EPIPE' && !(await isWhole(argv)) ? 0 : 5),
);
process.stderr.on('error', () => undefined);
process.exitCode = await run(argv, {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  input: process.stdin,
  terminal: process.stderr.isTTY,
});
