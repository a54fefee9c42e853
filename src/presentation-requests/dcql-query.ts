import type { BadgeAsked, Question } from './question.ts';

export type PresentationFormat = 'ldp_vc' | 'jwt_vc_json';

/** OpenID4VP 1.0, 6.1. */
export interface CredentialQuery {
  id: string;
  format: PresentationFormat;
  meta: { type_values: string[][] };
  multiple?: true;
  require_cryptographic_holder_binding?: false;
  claims?: { path: string[]; values: string[] }[];
}

/** OpenID4VP 1.0, 6. */
export interface DcqlQuery {
  credentials: CredentialQuery[];
  credential_sets: { options: string[][] }[];
}

export const VERIFIABLE_CREDENTIAL = 'https://www.w3.org/2018/credentials#VerifiableCredential';
/** What both names of a badge's type mean in the contexts of Open Badges 3.0. */
export const OPEN_BADGE = 'https://purl.imsglobal.org/spec/vc/ob/vocab.html#OpenBadgeCredential';

/** Alternatives for the same badge, those we would rather have first. Bare credentials have no proof of a holder. */
const FORMS: readonly { suffix: string; format: PresentationFormat; bound: boolean }[] = [
  { suffix: 'ldp', format: 'ldp_vc', bound: true },
  { suffix: 'jwt', format: 'jwt_vc_json', bound: true },
  { suffix: 'ldp_bearer', format: 'ldp_vc', bound: false },
  { suffix: 'jwt_bearer', format: 'jwt_vc_json', bound: false },
];

const CLAIM = { achievement: 'id', name: 'name', achievementType: 'achievementType' } as const;

/**
 * One set for each thing that is asked; a wallet answers each by one of its options. Of a pathway the achievements that it
 * names; where it takes others too (it counts credit, levels, decisions) this language cannot say so, and its holder chooses
 * among all badges.
 */
export function dcqlQueryOf(question: Question): DcqlQuery {
  const asked = 'badges' in question ? question.badges.map(claimsOf) : [pathwayClaims(question.pathway.achievements)];
  const forms = FORMS.filter(({ bound }) => bound || question.holderBinding === 'preferred');
  // Of one definition one badge is asked; of a kind there may be several.
  const single = (index: number) => 'badges' in question && 'achievement' in question.badges[index]!;
  const sets = asked.map((claims, index) =>
    forms.map((form) => queryOf(claims, { index, single: single(index) }, form)),
  );
  return {
    credentials: sets.flat(),
    credential_sets: sets.map((queries) => ({ options: queries.map(({ id }) => [id]) })),
  };
}

type Claims = NonNullable<CredentialQuery['claims']>;

const claim = (member: string, values: string[]): Claims => [
  { path: ['credentialSubject', 'achievement', member], values },
];

function claimsOf(badge: BadgeAsked): Claims {
  const [name, value] = Object.entries(badge)[0] as [keyof typeof CLAIM, string];
  return claim(CLAIM[name], [value]);
}

const pathwayClaims = (achievements: string[] | undefined): Claims | undefined =>
  achievements && claim('id', achievements);

function queryOf(
  claims: Claims | undefined,
  { index, single }: { index: number; single: boolean },
  form: (typeof FORMS)[number],
): CredentialQuery {
  return {
    id: `badge${index + 1}_${form.suffix}`,
    format: form.format,
    meta: { type_values: [[VERIFIABLE_CREDENTIAL, OPEN_BADGE]] },
    ...(single ? {} : { multiple: true }),
    ...(form.bound ? {} : { require_cryptographic_holder_binding: false }),
    ...(claims ? { claims } : {}),
  };
}
