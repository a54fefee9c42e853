import { type FieldError, type JsonObject, LIMITS, pointerToken, refuseBadFields, textFault } from '#kernel';

/** Whose profile it is. */
export interface ProfileOwner {
  /** `urn:uuid:...` */
  profileId: string;
  /** Proven; the first is the one that the profile is kept under. */
  emails: readonly string[];
}

/** The profile of somebody who has written none: what they have shown to be theirs. */
export const emptyProfile = ({ profileId, emails }: ProfileOwner): JsonObject => ({
  id: profileId,
  type: ['Profile'],
  email: emails[0]!,
});

type Check = (value: unknown, owner: ProfileOwner) => string | undefined;

const NAME: Check = text(LIMITS.nameChars);
const CONTEXTS = 5;

/** What is kept of a Profile (OB 3.0, B.1.23), and what it must be. */
const MEMBERS: Readonly<Record<string, Check>> = {
  '@context': (value) =>
    Array.isArray(value) && value.length <= CONTEXTS && value.every((one) => addressFault(one) === undefined)
      ? undefined
      : 'must be a list of addresses',
  id: (value, { profileId }) => (value === profileId ? undefined : 'must be the id that this profile has here'),
  type: (value) =>
    Array.isArray(value) && value.length === 1 && value[0] === 'Profile' ? undefined : "must be ['Profile']",
  name: NAME,
  givenName: NAME,
  additionalName: NAME,
  familyName: NAME,
  familyNamePrefix: NAME,
  patronymicName: NAME,
  honorificPrefix: NAME,
  honorificSuffix: NAME,
  description: text(LIMITS.descriptionChars, true),
  url: addressFault,
  phone: text(40),
  email: (value, { emails }) =>
    typeof value === 'string' && emails.includes(value) ? undefined : 'must be an address that the learner has proven',
};

/** Members of the standard that say more than a badge needs, or what nobody here could check: never taken. */
const NOT_KEPT = new Set([
  ...['address', 'dateOfBirth', 'endorsement', 'endorsementJwt', 'image', 'official', 'otherIdentifier', 'parentOrg'],
]);

const REQUIRED = ['id', 'type'];

/** @throws Problem `invalid-request` naming every member that is not taken */
export function checkProfile(body: JsonObject, owner: ProfileOwner): void {
  const errors: FieldError[] = [];
  for (const name of REQUIRED)
    if (!Object.hasOwn(body, name)) errors.push({ pointer: `/${name}`, detail: 'is required' });
  for (const [name, value] of Object.entries(body)) {
    const check = Object.hasOwn(MEMBERS, name) ? MEMBERS[name] : undefined;
    const detail = check ? check(value, owner) : NOT_KEPT.has(name) ? 'is not kept here' : 'is not known here';
    if (detail !== undefined)
      errors.push({ pointer: `/${pointerToken(name)}`, detail: `${name.slice(0, 50)}: ${detail}` });
  }
  refuseBadFields(errors);
}

function text(chars: number, multiline = false): Check {
  return (value) => (typeof value === 'string' ? textFault(value, chars, multiline) : 'must be a text');
}

function addressFault(value: unknown): string | undefined {
  const url = typeof value === 'string' && value.length <= LIMITS.identifierChars ? URL.parse(value) : null;
  return url && /^https?:$/.test(url.protocol) ? undefined : 'must be an https address';
}
