import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

it('JL-15 no document changes a prototype, at any place of a badge', async () => {
  const child = join(import.meta.dirname, 'jl-15-child.ts');
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ['--disable-proto=delete', child]);
  const answer = JSON.parse(stdout.trim().split('\n').at(-1)!) as Record<string, unknown>;
  expect(answer, stderr).toMatchObject({ crashed: 0, changed: false, polluted: false, verdict: 'valid' });
  expect(answer.documents).toBeGreaterThan(400);
  console.log(`JL-15: ${answer.documents} documents, no prototype changed`);
}, 120_000);
