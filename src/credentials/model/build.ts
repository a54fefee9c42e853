import type { AchievementVersion } from '#achievements';
import { type Institution, profileDocumentOf } from '#institutions';
import { type Json, type JsonObject, present } from '#kernel';
import { CREDENTIALS_V2, OPEN_BADGES_3_0_3, OPEN_BADGES_EXTENSIONS } from '#proofs';
import type { StatusPurpose, StatusType } from '../ports.ts';
import { bitstringEntry } from '../status/list-credential.ts';
import { revocationListEntry } from '../status/revocation-list.ts';

/** Where the extension context of this service is served. */
export const phContextUrl = (publicUrl: string): string => `${publicUrl}/contexts/ph/v1-draft`;

/** The contexts of a badge, in order (Open Badges 3.0 section 9.1; the types of 1EdTech have a context of their own). */
export const badgeContexts = (publicUrl: string, of: { extension: boolean; statusType: StatusType }): string[] => [
  CREDENTIALS_V2,
  OPEN_BADGES_3_0_3,
  ...(of.statusType === '1EdTechRevocationList' ? [OPEN_BADGES_EXTENSIONS] : []),
  ...(of.extension ? [phContextUrl(publicUrl)] : []),
];

/** One `IdentityObject` (Open Badges 3.0 section B.1.12), already hashed when it is to be hashed. */
export interface SignedIdentity {
  identityHash: string;
  identityType: 'name' | 'emailAddress';
  hashed: boolean;
  salt?: string;
}

/** Everything one badge says; all instants whole-second UTC. Nothing here is looked up or defaulted while building. */
export interface BadgeInput {
  /** No trailing slash. */
  publicUrl: string;
  credentialId: string;
  /** `urn:uuid:...`, the same in every form of the award. */
  awardId: string;
  institution: Institution;
  issuerDid: string;
  achievement: AchievementVersion;
  subjectId: string;
  identities: readonly SignedIdentity[];
  validFrom: string;
  validUntil?: string;
  awardedDate: string;
  status: { listId: string; index: number; purpose: StatusPurpose; type: StatusType };
  evidence?: readonly JsonObject[];
  result?: readonly JsonObject[];
  /** The body that assessed, when it is not the issuer. */
  source?: { id: string; name: string; psgcCode?: string };
  /** Terms of the ph context; only with an achievement that has the extension. */
  ph?: { certificateNumber?: string; trainingProvider?: string; assessor?: string; learningRoute?: string };
  specimen: boolean;
}

/**
 * The unsigned Open Badge. Pure: the same input gives the same text. Absent members are left out, never null or empty
 * (Open Badges 3.0 section "Serialization").
 */
export function build(input: BadgeInput): JsonObject {
  const { publicUrl, achievement } = input;
  const extension = achievement.extension;
  return present<JsonObject>({
    '@context': badgeContexts(publicUrl, { extension, statusType: input.status.type }),
    id: `${publicUrl}/credentials/${input.credentialId}`,
    type: ['VerifiableCredential', 'OpenBadgeCredential', ...(extension ? ['PhCredential'] : [])],
    name: achievement.document.name as Json,
    issuer: profileDocumentOf(input.institution, input.issuerDid, extension),
    validFrom: input.validFrom,
    validUntil: input.validUntil,
    awardedDate: input.awardedDate,
    awardId: extension ? input.awardId : undefined,
    realism: extension && input.specimen ? 'Illustrative' : undefined,
    certificateNumber: input.ph?.certificateNumber,
    trainingProvider: input.ph?.trainingProvider,
    assessor: input.ph?.assessor,
    learningRoute: input.ph?.learningRoute,
    credentialSubject: present<JsonObject>({
      id: input.subjectId,
      type: ['AchievementSubject'],
      identifier: nonEmpty(input.identities.map(identityObject)),
      achievement: achievement.document as JsonObject,
      result: nonEmpty((input.result ?? []).map((result) => ({ type: ['Result'], ...result }))),
      source: input.source && sourceProfile(input.source, extension),
    }),
    evidence: nonEmpty((input.evidence ?? []).map(evidenceObject)),
    // One object: the Open Badges schema refuses an array here.
    credentialStatus: statusEntryOf(publicUrl, input.status),
  });
}

/** The entry by which a badge says where its status stands. */
export const statusEntryOf = (publicUrl: string, status: BadgeInput['status']): JsonObject =>
  STATUS_ENTRIES[status.type](publicUrl, status);

const STATUS_ENTRIES: Record<StatusType, (publicUrl: string, status: BadgeInput['status']) => JsonObject> = {
  BitstringStatusListEntry: bitstringEntry,
  '1EdTechRevocationList': (publicUrl, { listId }) => revocationListEntry(publicUrl, listId),
};

function sourceProfile({ id, name, psgcCode }: NonNullable<BadgeInput['source']>, extension: boolean): JsonObject {
  const address = extension && psgcCode ? { type: ['Address', 'PhAddress'], psgcCode } : undefined;
  return present<JsonObject>({ id, type: ['Profile'], name, address });
}

function evidenceObject(evidence: JsonObject): JsonObject {
  const { id, ...rest } = evidence;
  // The term is defined on its own class only.
  const type = rest.evidenceType === undefined ? ['Evidence'] : ['Evidence', 'PhEvidence'];
  return { ...(id === undefined ? {} : { id }), type, ...rest };
}

function identityObject(identity: SignedIdentity): JsonObject {
  return present<JsonObject>({
    type: 'IdentityObject',
    hashed: identity.hashed,
    identityHash: identity.identityHash,
    identityType: identity.identityType,
    salt: identity.salt,
  });
}

const nonEmpty = (items: JsonObject[]): JsonObject[] | undefined => (items.length > 0 ? items : undefined);
