import type { Recipient } from '#credentials';

const SHORTEST = 4;

/**
 * Which member of the candidate a text that will be signed gives away; undefined when none. The name is signed only where
 * the terms of the award say so, never by way of a description. What is too short to be told from a word is not looked for.
 */
export function givenAway(text: string, { name, email, studentNumber }: Partial<Recipient>): string | undefined {
  const known = { name, 'e-mail address': email, 'student number': studentNumber };
  const within = plain(text);
  return Object.entries(known).find(
    ([, value]) => value !== undefined && value.length >= SHORTEST && within.includes(plain(value)),
  )?.[0];
}

const plain = (text: string): string =>
  ` ${text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}@]+/gu, ' ')
    .trim()} `;
