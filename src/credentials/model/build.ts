import type { AchievementVersion } from '#achievements';
import { type Institution, profileDocumentOf } from '#institutions';
import type { Json, JsonObject } from '#kernel';
import { CREDENTIALS_V2, OPEN_BADGES_3_0_3 } from '#proofs';
import type { StatusPurpose } from '../ports.ts';

/** Where the extension context of this service is served. */
export const phContextUrl = (publicUrl: string): string => `${publicUrl}/contexts/ph/v1-draft`;

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
  status: { listId: string; index: number; purpose: StatusPurpose };
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
  const list = `${publicUrl}/status/${input.status.listId}`;
  const index = String(input.status.index);
  return compact({
    '@context': [CREDENTIALS_V2, OPEN_BADGES_3_0_3, ...(extension ? [phContextUrl(publicUrl)] : [])],
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
    credentialSubject: compact({
      id: input.subjectId,
      type: ['AchievementSubject'],
      identifier: nonEmpty(input.identities.map(identityObject)),
      achievement: achievement.document as JsonObject,
      result: nonEmpty((input.result ?? []).map((result) => ({ type: ['Result'], ...result }))),
      source: input.source && sourceProfile(input.source, extension),
    }),
    evidence: nonEmpty((input.evidence ?? []).map(evidenceObject)),
    // One object: the Open Badges schema refuses an array here. Its id may not be the list's (Bitstring Status List 2.1).
    credentialStatus: {
      id: `${list}#${index}`,
      type: 'BitstringStatusListEntry',
      statusPurpose: input.status.purpose,
      statusListIndex: index,
      statusListCredential: list,
    },
  });
}

function sourceProfile({ id, name, psgcCode }: NonNullable<BadgeInput['source']>, extension: boolean): JsonObject {
  const address = extension && psgcCode ? { type: ['Address', 'PhAddress'], psgcCode } : undefined;
  return compact({ id, type: ['Profile'], name, address });
}

function evidenceObject(evidence: JsonObject): JsonObject {
  const { id, ...rest } = evidence;
  // The term is defined on its own class only.
  const type = rest.evidenceType === undefined ? ['Evidence'] : ['Evidence', 'PhEvidence'];
  return { ...(id === undefined ? {} : { id }), type, ...rest };
}

function identityObject(identity: SignedIdentity): JsonObject {
  return compact({
    type: 'IdentityObject',
    hashed: identity.hashed,
    identityHash: identity.identityHash,
    identityType: identity.identityType,
    salt: identity.salt,
  });
}

const nonEmpty = (items: JsonObject[]): JsonObject[] | undefined => (items.length > 0 ? items : undefined);

/** Leaves out what is undefined. */
function compact(members: Record<string, Json | undefined>): JsonObject {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as JsonObject;
}
