import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { hashSecret, matchesHash, newKeyText } from '../../src/auth/key-text.ts';

/**
 * The measurement needs a quiet machine and is no test: `npm run long:keys` has it. This holds what makes it true: secrets are
 * compared as digests, by the platform's constant-time function, and nowhere else.
 */
it('KP-13: secrets are compared as digests in constant time', () => {
  const source = readFileSync(new URL('../../src/auth/key-text.ts', import.meta.url), 'utf8');
  const body = /function matchesHash[\s\S]*?\n}/.exec(source)![0];
  expect(body).toContain('timingSafeEqual(');
  expect(body).toContain('hashSecret(secret)');
  expect(body).not.toMatch(/[^.]secret\s*={2,3}|={2,3}\s*sha256/);
  const callers = readFileSync(new URL('../../src/auth/api-keys.ts', import.meta.url), 'utf8');
  expect(callers).toContain('matchesHash(');
  expect(callers).not.toMatch(/secretSha256\s*={2,3}|={2,3}\s*\w*\.?secretSha256/);

  // Codes by mail: as MACs under the text of the cookie, and by nothing else.
  const codes = readFileSync(new URL('../../src/holders/codes.ts', import.meta.url), 'utf8');
  expect(codes).toMatch(/timingSafeEqual\(Buffer\.from\(mac, 'hex'\), Buffer\.from\(macOf\(/);
  expect(codes).not.toMatch(/\b(?:code|mac)\s*={2,3}|={2,3}\s*(?:code|mac)\b/);

  const { secret } = newKeyText({ bytes: (count: number) => new Uint8Array(count).fill(7) });
  expect(matchesHash(secret, hashSecret(secret))).toBe(true);
  for (let at = 0; at < secret.length; at++) {
    const guess = secret.slice(0, at) + (secret[at] === 'A' ? 'B' : 'A') + secret.slice(at + 1);
    expect(matchesHash(guess, hashSecret(secret))).toBe(false);
  }
  for (const stored of ['', 'ab', hashSecret(secret).slice(2)]) expect(matchesHash(secret, stored)).toBe(false);
});
