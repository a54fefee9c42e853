import type { ProofReport } from '#proofs';
import { type Check, check } from './report.ts';

/**
 * Whether a holder chose what of the credential itself is shown, so that a member that is not there may have been hidden. In a
 * token that cannot be: its checker refuses to judge one with hidden members of the credential.
 */
export function isPartial(proof: ProofReport): boolean {
  const good = proof.proofs.filter(({ outcome }) => outcome === 'pass');
  return good.length > 0 && good.every(({ selective }) => selective === true);
}

/**
 * The checks of a partial document: no status and no end are no longer that there is none. Whoever holds a revoked or expired
 * credential would show neither.
 */
export function asShown(checks: readonly Check[], partial: boolean | undefined): Check[] {
  return checks.map((one) => (partial ? (HIDDEN.find(({ of }) => of(one))?.says(one) ?? one) : one));
}

const HIDDEN: readonly { of(one: Check): boolean; says(one: Check): Check }[] = [
  {
    of: (one) => one.check === 'status' && one.code === 'no_status',
    says: () =>
      check('status', 'unknown', 'status_not_shown', {
        en: 'Its holder shows only parts of it, and none that says how it could be taken back; so it is not known whether the badge was revoked.',
        fil: 'Bahagi lamang nito ang ipinakikita ng may hawak, at walang nagsasabi kung paano ito mababawi; kaya hindi alam kung binawi na ang badge.',
      }),
  },
  {
    of: ({ check: name, result, evidence }) =>
      name === 'validity' &&
      result === 'pass' &&
      (evidence.validFrom === undefined || evidence.validUntil === undefined),
    says: ({ evidence }) =>
      check(
        'validity',
        'unknown',
        'period_not_shown',
        {
          en: 'Its holder shows only parts of it, and not from when to when it holds; so it is not known whether it has ended.',
          fil: 'Bahagi lamang nito ang ipinakikita ng may hawak, at hindi kung kailan ito may bisa; kaya hindi alam kung tapos na ito.',
        },
        evidence,
      ),
  },
];
