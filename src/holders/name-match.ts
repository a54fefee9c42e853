import type { CredentialReader } from '#credentials';
import { type Clock, fieldProblem, formatInstant, Problem, sha256Hex, type Transactor } from '#kernel';
import { limitedUse, unlessUsedUp } from './limited-use.ts';
import type { HolderWrite } from './ports.ts';
import type { Releases } from './release.ts';

/** Of one address in a day, over all badges: a name that was told is typed once; a list of names is not tried out. */
export const NAME_TRIES = 5;
const DAY_MS = 86_400_000;
const NAME_CHARS = 200;

/** `refused`: the learner does not want names to be compared, whether or not one is on record. */
export type NameAnswer = 'match' | 'no_match' | 'not_recorded' | 'refused';

export interface NameMatch {
  /**
   * Whether a badge was issued to somebody of this name, as its institution recorded it. Case, accents, apostrophes, hyphens
   * and spaces make no difference, the order of the words does.
   * @param address of whoever asks; kept for the day as a digest
   * @throws Problem `not-found`, `invalid-request` at `/name`, `rate-limited` after `NAME_TRIES`
   */
  compare(input: { credentialId: string; name: string; address: string }): Promise<NameAnswer>;
}

export interface NameMatchDeps {
  reader: Pick<CredentialReader, 'credential'>;
  releases: Pick<Releases, 'of'>;
  transactor: Transactor<HolderWrite>;
  clock: Clock;
}

export function createNameMatch({ reader, releases, transactor, clock }: NameMatchDeps): NameMatch {
  return {
    async compare({ credentialId, name, address }) {
      const given = folded(name);
      if (given === '' || name.length > NAME_CHARS)
        throw fieldProblem('invalid-request', '/name', `is a name of at most ${NAME_CHARS} characters`, 'name');
      const row = await reader.credential(credentialId);
      if (row?.phase !== 'issued') throw new Problem('not-found', 'there is no such credential');
      if ((await releases.of(row)).comparison === 'refused') return 'refused';
      const recorded = row.recipient.name;
      // Says nothing that could be guessed, so it is no try.
      if (recorded === undefined) return 'not_recorded';
      const now = clock.now();
      const use = limitedUse({ key: `name ${sha256Hex(address)}`, ms: DAY_MS, most: NAME_TRIES, now });
      // Counted first: of fifty that ask at once, five are answered.
      const taking = transactor.commit([{ op: 'limitedUse.take', use, at: formatInstant(now) }]);
      await unlessUsedUp(taking, `no more than ${NAME_TRIES} names are compared in a day`);
      return folded(recorded) === given ? 'match' : 'no_match';
    },
  };
}

/** Phones write another apostrophe and another hyphen than registrars do. */
const APOSTROPHES = /['\u02BC\u2018\u2019`\u00B4]/g;
const BETWEEN_WORDS = /[\s.,\p{Pd}]+/gu;

/** As two people would call two spellings the same: without case, accents, apostrophes, and more than one space. */
function folded(name: string): string {
  // The marks that stand alone before NFKD makes letters of a space and a mark of them.
  const plain = name.replaceAll(APOSTROPHES, '').normalize('NFKD').replaceAll(/\p{M}/gu, '');
  return plain.toLocaleLowerCase('en').replaceAll(BETWEEN_WORDS, ' ').trim();
}
