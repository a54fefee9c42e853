import { isObject, type Json, type JsonObject, parseDateTimeStamp, present } from '#kernel';

/** What an Open Badge says, for reading after its proof has passed. Absent and wrongly typed members are both absent. */
export interface BadgeModel {
  id: string;
  name?: string;
  description?: string;
  types: string[];
  issuer: { id: string; name?: string; url?: string; description?: string };
  subject: { id?: string; identifiers: IdentityModel[] };
  achievement: AchievementModel;
  /** dateTimeStamps as written. VC 1.1 documents have `issuanceDate` and `expirationDate`. */
  validFrom?: string;
  validUntil?: string;
  awardedDate?: string;
  evidence: EvidenceModel[];
  results: { resultDescription?: string; value?: string; status?: string; achievedLevel?: string }[];
  status?: { id?: string; type: string; purpose?: string; index?: string; list?: string };
  source?: { id?: string; name?: string };
  ph: {
    awardId?: string;
    realism?: string;
    certificateNumber?: string;
    trainingProvider?: string;
    assessor?: string;
    learningRoute?: string;
  };
}

export interface EvidenceModel {
  id?: string;
  name?: string;
  description?: string;
  narrative?: string;
  genre?: string;
  /** Of the ph context. */
  evidenceType?: string;
  /** Of the file at `id`. */
  digestMultibase?: string;
}

export interface IdentityModel {
  identityHash: string;
  identityType: string;
  hashed: boolean;
  salt?: string;
}

export interface AchievementModel {
  id: string;
  name: string;
  description?: string;
  version?: string;
  achievementType?: string;
  criteria?: { id?: string; narrative?: string };
  image?: string;
  /** The whole object, for the terms of the ph context. */
  document: JsonObject;
}

/**
 * Reads a document as an Open Badge. Call it only after the proof has passed: before that its claims are nobody's.
 * @returns undefined when the document has no subject with an achievement
 */
export function readCredential(document: JsonObject): BadgeModel | undefined {
  const subject = first(document.credentialSubject);
  const achievement = subject && first(subject.achievement);
  if (!subject || !achievement) return undefined;
  const issuer = document.issuer;
  const issuerObject = isObject(issuer) ? issuer : {};
  const source = first(subject.source);
  return present<BadgeModel>({
    id: text(document.id) ?? '',
    name: text(document.name) ?? text(achievement.name),
    description: text(document.description) ?? text(achievement.description),
    types: list(document.type).filter((type) => typeof type === 'string'),
    issuer: present({
      id: (typeof issuer === 'string' ? issuer : text(issuerObject.id)) ?? '',
      name: text(issuerObject.name),
      url: text(issuerObject.url),
      description: text(issuerObject.description),
    }),
    subject: present({ id: text(subject.id), identifiers: readIdentities(subject.identifier) }),
    achievement: readAchievement(achievement),
    ...readPeriod(document),
    awardedDate: text(document.awardedDate),
    evidence: objects(document.evidence).map((one) => pick(one, EVIDENCE)),
    results: objects(subject.result).map((one) => pick(one, ['resultDescription', 'value', 'status', 'achievedLevel'])),
    status: readStatus(first(document.credentialStatus)),
    source: source && pick(source, ['id', 'name']),
    ph: pick(document, ['awardId', 'realism', 'certificateNumber', 'trainingProvider', 'assessor', 'learningRoute']),
  });
}

/**
 * VCDM 2.0 section 4.9 `validFrom`, `validUntil`; VCDM 1.1 sections 4.5, 4.6 `issuanceDate`, `expirationDate` (its context
 * defines the newer names too). Where both stand, the narrower period: a second date must not lengthen the first. A date
 * that is not text is kept as text, so that it is found unreadable and not absent.
 */
export function readPeriod(document: JsonObject): { validFrom: string | undefined; validUntil: string | undefined } {
  const order = (a: string, b: string) =>
    (parseDateTimeStamp(a)?.getTime() ?? 0) - (parseDateTimeStamp(b)?.getTime() ?? 0);
  const dates = (...names: string[]) => {
    const all = names.map((name) => document[name]).filter((one) => one !== undefined && one !== null);
    const written = all.map((one) => (typeof one === 'string' ? one : JSON.stringify(one)));
    // One that cannot be read decides, whichever it is.
    return written.some((one) => !parseDateTimeStamp(one))
      ? written.filter((one) => !parseDateTimeStamp(one))
      : written.sort(order);
  };
  return { validFrom: dates('validFrom', 'issuanceDate').at(-1), validUntil: dates('validUntil', 'expirationDate')[0] };
}

function readAchievement(achievement: JsonObject): AchievementModel {
  const criteria = first(achievement.criteria);
  const image = achievement.image;
  return present<AchievementModel>({
    id: text(achievement.id) ?? '',
    name: text(achievement.name) ?? '',
    description: text(achievement.description),
    version: text(achievement.version),
    achievementType: text(achievement.achievementType),
    criteria: criteria && pick(criteria, ['id', 'narrative']),
    image: typeof image === 'string' ? image : text(first(image)?.id),
    document: achievement,
  });
}

/** The name that is signed into a badge in plain text. */
export const signedName = ({ subject }: Pick<BadgeModel, 'subject'>): string | undefined =>
  subject.identifiers.find((one) => one.identityType === 'name' && !one.hashed)?.identityHash;

/** The identities of a subject; what is not readable as one is left out. */
export const readIdentities = (value: Json | undefined): IdentityModel[] => objects(value).flatMap(readIdentity);

function readIdentity(identity: JsonObject): IdentityModel[] {
  const { identityHash, identityType, hashed, salt } = identity;
  if (typeof identityHash !== 'string' || typeof identityType !== 'string') return [];
  return [present({ identityHash, identityType, hashed: hashed === true, salt: text(salt) })];
}

function readStatus(status: JsonObject | undefined): BadgeModel['status'] {
  if (!status) return undefined;
  return present({
    id: text(status.id),
    type: text(status.type) ?? '',
    purpose: text(status.statusPurpose),
    index: text(status.statusListIndex),
    list: text(status.statusListCredential),
  });
}

const EVIDENCE = ['id', 'name', 'description', 'narrative', 'genre', 'evidenceType', 'digestMultibase'] as const;

const text = (value: Json | undefined): string | undefined => (typeof value === 'string' ? value : undefined);
const list = (value: Json | undefined): Json[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]);
const objects = (value: Json | undefined): JsonObject[] => list(value).filter(isObject);
const first = (value: Json | undefined): JsonObject | undefined => objects(value)[0];

function pick<K extends string>(from: JsonObject, keys: readonly K[]): Partial<Record<K, string>> {
  const out: Partial<Record<K, string>> = {};
  for (const key of keys) {
    const value = text(from[key]);
    if (value !== undefined) out[key] = value;
  }
  return out;
}
