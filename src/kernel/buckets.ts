import { sha256Hex } from './digest.ts';

/** The parties of a register are spread over so many buckets; a part of it holds a run of them. */
export const BUCKETS = 65_536;

/** The first 16 bits of SHA-256 of the party's identifier: nobody chooses in which part it stands. */
export function bucketOf(accredited: string): number {
  return Number.parseInt(sha256Hex(accredited).slice(0, 4), 16);
}

/** Which of `count` parts (a power of two) holds this party. */
export const partOf = (accredited: string, count: number): number =>
  Math.floor((bucketOf(accredited) * count) / BUCKETS);
