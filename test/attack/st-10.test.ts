import { expect, it } from 'vitest';
import { createBitstring, setBit } from '#credentials';
import { LIMITS } from '#kernel';
import { buildListCredential } from '../../src/credentials/status/list-credential.ts';

const LENGTH = LIMITS.statusListEntries;

/** A list in which so many of a thousand entries are set at random, the mirror of each with it. */
function listOf(permille: number): string {
  const bits = createBitstring(LENGTH);
  for (let index = 0; index < LENGTH; index++) {
    if (Math.random() * 1000 >= permille) continue;
    setBit(bits, index);
    setBit(bits, index ^ 7);
  }
  const url = `https://badges.example/status/${'0'.repeat(26)}`;
  const issuer = 'did:web:badges.example:institutions:specimen-college';
  const at = new Date('2026-06-01T00:00:00Z');
  return JSON.stringify(buildListCredential({ url, issuer, purpose: 'revocation', bits, at }));
}

/** What the proof adds to the text. */
const PROOF = 512;

it.each([
  ['nothing', 0],
  ['1 %', 10],
  ['50 %', 500],
  ['everything', 1000],
])('ST-10 a list with %s set stays below 25 KB', (_, permille) => {
  expect(listOf(permille).length + PROOF).toBeLessThanOrEqual(25 * 1024);
});
