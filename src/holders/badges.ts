import type { BoundCredential, HolderIdentifier, HolderReader } from './ports.ts';
import { type ActsAs, standingOf, type Ward } from './wards.ts';

/** Forms looked at for one identifier; somebody with more awards than this sees the newest. */
const MOST = 1_000;

/** One award of a holder: the form to show, and why it is theirs. */
export interface HolderBadge extends BoundCredential {
  boundBy: HolderIdentifier;
  /** As whom the session reaches it. */
  as: ActsAs;
  /** While a guardian acts for its learner. */
  ward?: Ward;
}

/**
 * The numbers that institutions vouch for: one stood with a proven address in the recipient of a badge in force. An address
 * that an institution recorded with several numbers is used by several people and vouches for none.
 */
export async function vouchedNumbers(
  reader: HolderReader,
  proven: readonly HolderIdentifier[],
): Promise<HolderIdentifier[]> {
  const found = new Map<string, HolderIdentifier>();
  for (const { value, provenAt } of proven.filter(({ kind }) => kind === 'email')) {
    const numbers = await reader.studentNumbersOf(value);
    for (const { tenant, studentNumber } of numbers) {
      if (numbers.filter((one) => one.tenant === tenant).length > 1) continue;
      const key = JSON.stringify([tenant, studentNumber]);
      if (found.has(key)) continue;
      found.set(key, { kind: 'studentNumber', value: studentNumber, vouchedBy: tenant, provenAt });
    }
  }
  return [...found.values()];
}

/**
 * Each award once, newest first; an earlier identifier says why where several would, and that of a guardian before that of a
 * learner under age.
 * @param day of Manila's calendar
 */
export async function badgesOf(
  reader: HolderReader,
  identifiers: readonly HolderIdentifier[],
  day: string,
): Promise<HolderBadge[]> {
  const byAward = new Map<string, HolderBadge>();
  for (const boundBy of identifiers) {
    for (const form of await reader.credentialsOfIdentifier(boundBy, MOST)) {
      const standing = standingOf(form, boundBy, day);
      if (!standing) continue;
      const known = byAward.get(form.awardId);
      const found = { ...standing, boundBy };
      const why = known && !(found.as === 'guardian' && known.as === 'minor') ? known : found;
      const { as, ward } = why;
      const shown = !known || better(form, known) ? form : known;
      byAward.set(form.awardId, { ...shown, boundBy: why.boundBy, as, ...(ward ? { ward } : {}) });
    }
  }
  return [...byAward.values()].sort(newestFirst);
}

const STATES = ['revoked', 'suspended', 'active'];

/** In force before not, the web copy before one that is bound to a key, the later edition. */
function better(one: BoundCredential, other: BoundCredential): boolean {
  const rank = ({ state, edition, subjectId }: BoundCredential) => [
    STATES.indexOf(state),
    subjectId.startsWith('did:') ? 0 : 1,
    edition,
  ];
  const [a, b] = [rank(one), rank(other)];
  const at = a.findIndex((value, index) => value !== b[index]);
  return at >= 0 && a[at]! > b[at]!;
}

function newestFirst(a: BoundCredential, b: BoundCredential): number {
  if (a.issuedAt !== b.issuedAt) return a.issuedAt < b.issuedAt ? 1 : -1;
  return a.credentialId < b.credentialId ? -1 : 1;
}
