import { type Cited, cite } from './cited.ts';

/** Where a credential names the party. */
export type PartyPlace = 'issuer' | 'source' | 'trainingProvider';

/**
 * `required`: without this party's accreditation the award is not accredited. `when_stated`: so it is when the credential
 * names the party. `reported`: asked and shown, but the award does not hang on it.
 */
export type RoleNeed = 'required' | 'when_stated' | 'reported';

export interface RequiredRole extends Cited {
  regime: string;
  /** Kinds of award; absent means all of the regime. */
  awardTypes?: readonly string[];
  role: 'Award' | 'Assess' | 'Train';
  place: PartyPlace;
  need: RoleNeed;
}

/**
 * In technical-vocational education awarding, assessing and training are done by different parties: the authority awards,
 * an accredited centre assesses (S35), a registered programme trains (S33). Who was assessed need not have been trained.
 */
const REQUIRED_ROLES: readonly RequiredRole[] = [
  {
    regime: 'TESDA',
    awardTypes: ['NationalCertificate', 'CertificateOfCompetency'],
    role: 'Assess',
    place: 'source',
    need: 'required',
    ...cite('V', 'S35'),
  },
  { regime: 'TESDA', role: 'Assess', place: 'source', need: 'when_stated', ...cite('V', 'S35') },
  { regime: 'TESDA', role: 'Train', place: 'trainingProvider', need: 'reported', ...cite('V', 'S33') },
];

/** Whoever awards must be entitled to, under every regime. */
const AWARDING = { role: 'Award', place: 'issuer', need: 'required' } as const;

/** The parties whose accreditation is asked about, the awarding one first; one row a role. */
export function requiredRoles(
  regime: string | undefined,
  awardType: string | undefined,
): readonly Pick<RequiredRole, 'role' | 'place' | 'need'>[] {
  const rows = REQUIRED_ROLES.filter(
    (row) => row.regime === regime && (row.awardTypes === undefined || row.awardTypes.includes(awardType ?? '')),
  );
  // The most specific row of a role stands first.
  return [AWARDING, ...rows.filter((row, at) => rows.findIndex(({ role }) => role === row.role) === at)];
}
