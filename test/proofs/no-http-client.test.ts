import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { CHILD_FLAGS, COMPILED } from '../support/start-flags.ts';

const BODY = fileURLToPath(new URL('./no-http-client.child.ts', import.meta.url));

function read(how: string): { nquads: string; client: number; fetching: string } {
  const env = { ...process.env, ...COMPILED };
  return JSON.parse(execFileSync(process.execPath, [...CHILD_FLAGS, BODY, how], { env, encoding: 'utf8' }));
}

describe('the JSON-LD library without its HTTP client', () => {
  it('reads a badge as with it, loads none of it, and cannot fetch', () => {
    const [with_, without] = [read('with'), read('without')];
    // What it would bring; should that be zero, there is nothing left to keep away.
    expect(with_.client).toBeGreaterThan(50);
    expect(without.client).toBe(0);
    expect(without.nquads).toBe(with_.nquads);
    expect(without.nquads).toContain('OpenBadgeCredential');
    expect(with_.fetching).not.toContain('no context is ever fetched');
    expect(without.fetching).toContain('no context is ever fetched');
  });
});
