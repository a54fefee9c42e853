import type { SigningStopWrite } from '#institutions';
import type { Page, PageRequest } from '#kernel';
import type { IssuedJwtForm, IssuingCryptosuite } from '#proofs';

/**
 * Suites of the embedded proof of a badge. `ecdsa-sd-2023` proofs are the holder's to derive from: nobody could verify the
 * public document with one.
 */
export type BadgeCryptosuite = Exclude<IssuingCryptosuite, 'ecdsa-sd-2023'>;
export type BadgeJwtForm = IssuedJwtForm;

/** Bitstring Status List 1.0 purposes we issue. `revocation` is final by the standard; `suspension` can be lifted. */
export type StatusPurpose = 'revocation' | 'suspension';
/** By which a badge says where its status stands. */
export type StatusType = 'BitstringStatusListEntry' | '1EdTechRevocationList';
/** `revocations`: names what was revoked. `plain`: for credentials that are no badges. */
export type ListKind = 'revocations' | 'plain';
export type CredentialState = 'active' | 'suspended' | 'revoked';

/** Who an award is for. Name and e-mail stay in the service unless the institution chose to sign them. */
export interface Recipient {
  /** Minted (`urn:uuid:`) or the holder's own DID. */
  subjectId: string;
  name?: string;
  email?: string;
  studentNumber?: string;
  /** Of whoever acts for a learner that is under age; with `guardianUntil`. Never signed. */
  guardianEmail?: string;
  /** `YYYY-MM-DD` in Manila's calendar: from that day the learner acts alone. */
  guardianUntil?: string;
}

/**
 * One award on its way to being a credential. `prepared`: the intent is durable, ids and index are reserved, a signature
 * may exist. `issued`: the signed bytes are stored. `abandoned`: given up after a crash, status bit set.
 */
export interface CredentialRecord {
  tenant: string;
  credentialId: string;
  awardId: string;
  /** 1 for the web copy, the first form of an award; each other form has the next number. */
  edition: number;
  /** The web copy of the same award, of which this is a form for one holder. */
  formOf?: string;
  /** The offer by which the form was asked for. */
  offerId?: string;
  achievementId: string;
  achievementVersion: number;
  recipient: Recipient;
  statusListId: string;
  statusListIndex: number;
  statusPurpose: StatusPurpose;
  keyId: string;
  phase: 'prepared' | 'issued' | 'abandoned';
  state: CredentialState;
  /** Whole-second UTC instants. */
  awardedDate: string;
  validFrom: string;
  validUntil?: string;
  /** `created` of the proof, fixed with the intent so that finishing after a crash gives the same signature. */
  proofCreated: string;
  /** JSON text of the unsigned credential, fixed with the intent. */
  unsigned: string;
  /** The signed credential: exactly the bytes that are served. Absent until `issued`. */
  signed?: string;
  sha256?: string;
  /** The key of the token, where the version of the definition asks for one as well. Fixed with the intent. */
  jwtKeyId?: string;
  /** The same credential as a signed token: exactly the text that is served. */
  jwt?: string;
  jwtSha256?: string;
  idempotencyKey?: string;
  batchId?: string;
  batchRow?: number;
  preparedAt: string;
  issuedAt?: string;
  /** What the service held about its recipient was erased then. `signed` and `jwt` are absent when somebody was named in them. */
  erasedAt?: string;
}

/** Of a credential, what a list tells: not its texts, which are most of it, nor what only issuing needs. */
export type ListedCredential = Omit<
  CredentialRecord,
  'unsigned' | 'signed' | 'proofCreated' | 'jwtKeyId' | 'idempotencyKey'
>;

export interface StatusListRecord {
  tenant: string;
  listId: string;
  /** Absent: a Bitstring list of badges. */
  kind?: ListKind;
  purpose: StatusPurpose;
  /** Number of entries, at least 131,072. */
  length: number;
  createdAt: string;
  /** Signed list credential as last published, and when. */
  published?: string;
  publishedAt?: string;
  /** Number of reserved indexes (each takes its mirrored partner with it). */
  reserved: number;
  /** From then on nothing new is reserved in it: after a restore nobody knows what was. */
  closedAt?: string;
}

/** One that places are given out of: what was published of it is some 20 KB once a thousand are revoked. */
export type OpenStatusList = Omit<StatusListRecord, 'published' | 'publishedAt'>;

export interface StatusEventRecord {
  tenant: string;
  credentialId: string;
  action: 'revoke' | 'suspend' | 'reinstate' | 'abandon';
  reason: string;
  at: string;
  actor: string;
}

/** The answer to a finished or running request, kept 24 h: a retry gets the same credentials. */
export interface IdempotencyRecord {
  tenant: string;
  operation: string;
  key: string;
  requestSha256: string;
  credentialIds: string[];
  createdAt: string;
}

/** Of a credential only what a change of its status needs: ten thousand of them are read at once, without their texts. */
export type StateRow = Pick<
  CredentialRecord,
  'credentialId' | 'formOf' | 'state' | 'statusPurpose' | 'statusListId' | 'statusListIndex'
>;

/** Awards by what they have in common. */
export type AwardSelection = { tenant: string } & AwardGroup;
/** `keyId`: any form of the award was signed by this key, as a document or as a token. */
export type AwardGroup = { batchId: string } | { keyId: string };

export interface CredentialFilter {
  tenant: string;
  achievementId?: string;
  state?: CredentialState;
  batchId?: string;
  /** What one key signed, for the day it is found compromised. */
  keyId?: string;
  awardId?: string;
  /** Of the recipient, as stored with the award. */
  subjectId?: string;
  /** The whole address, in any spelling of capitals. */
  email?: string;
  studentNumber?: string;
  /**
   * A part of the name, or of what else is stored of the recipient, without regard to capitals; a letter with an accent stands for
   * any. This and the next are looked for among the newest `LIMITS.awardsSearched` alone.
   */
  name?: string;
  /** The whole number. */
  certificateNumber?: string;
}

/** Lists show each award once, by its web copy; what one key signed are all of its forms. */
export interface CredentialReader {
  /** Credential ids are unique across tenants; public look-ups need no tenant. */
  credential(credentialId: string): Promise<CredentialRecord | undefined>;
  /** In the order of `ids`. */
  credentialsByIds(tenant: string, ids: readonly string[]): Promise<CredentialRecord[]>;
  credentials(filter: CredentialFilter, page: PageRequest): Promise<Page<ListedCredential>>;
  /** The other forms of the award of this web copy that were not given up, in the order of their editions. */
  formsOf(tenant: string, webCopyId: string): Promise<CredentialRecord[]>;
  /** Issued ones, forms as well, in the order of their ids. */
  credentialsOfSubject(tenant: string, subjectId: string, limit: number): Promise<CredentialRecord[]>;
  /** Issued ones of this tenant among `ids`, in the order of their ids. */
  statesOf(tenant: string, ids: readonly string[]): Promise<StateRow[]>;
  /** The forms of these web copies that were not given up, in the order of their ids. */
  formStates(tenant: string, webCopyIds: readonly string[]): Promise<StateRow[]>;
  /** Ids of issued web copies in one of these states, ascending. With `suspendable` only of the purpose `suspension`. */
  awardsIn(
    selection: AwardSelection,
    states: readonly CredentialState[],
    limit: number,
    suspendable?: boolean,
  ): Promise<string[]>;
  preparedCredentials(limit: number): Promise<CredentialRecord[]>;
  /** What was not given up of these rows of a batch, in their order. At most 1,000 rows. */
  credentialsOfRows(tenant: string, batchId: string, rows: readonly number[]): Promise<CredentialRecord[]>;
  idempotency(tenant: string, operation: string, key: string): Promise<IdempotencyRecord | undefined>;
  statusList(listId: string): Promise<StatusListRecord | undefined>;
  /** The list of this purpose and kind that new credentials go to: the newest that is not closed. */
  openStatusList(tenant: string, purpose: StatusPurpose, kind?: ListKind): Promise<OpenStatusList | undefined>;
  /** Indexes (with their mirrored partners) whose bit is set, carried ones as well; ascending. */
  setStatusIndexes(listId: string): Promise<number[]>;
  /**
   * Which of these indexes are already given out, themselves or as the mirrored partner (index XOR 7). At most 1,000; the
   * statement for up to `LIMITS.statusIndexesAtOnce` is kept.
   */
  takenStatusIndexes(listId: string, indexes: readonly number[]): Promise<number[]>;
  /** Who has these pairs of indexes of a list, by the smaller index; of a pair that nobody has there is nothing. */
  statusOwners(listId: string, pairs: readonly number[]): Promise<Map<number, StatusOwner>>;
  /** Credentials of this list that were revoked or given up, with the reason of a revocation, by their ids. */
  revokedCredentials(listId: string): Promise<{ credentialId: string; reason?: string }[]>;
  statusEvents(credentialId: string): Promise<StatusEventRecord[]>;
  /** Awards of this tenant whose day is this instant or later; their forms are no other awards. */
  countAwardedSince(tenant: string, from: string): Promise<number>;
  /** The same among the newest `atMost` alone, which is quick however many there are. Instants. */
  newestAwardedSince(tenant: string, from: string, now: string, atMost: number): Promise<NewestAwarded>;
}

export interface NewestAwarded {
  awards: number;
  /** Of them, neither revoked, suspended nor past their end. */
  standing: number;
  /** False when there are older ones that were not looked at. */
  complete: boolean;
}

/** `plain`: of a credential that is no badge. */
export interface StatusOwner {
  tenant: string;
  credentialId: string;
  plain: boolean;
}

/** By which an award is taken; durable together with the intents of the forms for whoever takes it. */
export interface OfferTake {
  op: 'offer.take';
  offerId: string;
  /** Subject ids of the forms, in order. */
  holders: readonly string[];
  /** By which way: a value of `Door`. */
  door: string;
  at: string;
}

export type CredentialWrite =
  | OfferTake
  | { op: 'idempotency.insert'; row: IdempotencyRecord }
  | { op: 'statusList.insert'; row: StatusListRecord }
  | { op: 'statusList.publish'; listId: string; published: string; publishedAt: string }
  /** Entries that stay set for ever, whoever has them: indexes, or names in a list of names. For a store that is being restored. */
  | { op: 'status.carry'; listId: string; entries: readonly string[]; at: string }
  /**
   * Reserves (list, index) and its mirror (index XOR 7) under a unique constraint on the pair, with the credential row. One
   * form for each holder; fails with `UniqueViolation('credential.formOf')` unless its web copy is issued and active.
   */
  | { op: 'credential.prepare'; row: CredentialRecord }
  /** Only from `prepared`: fails with `UniqueViolation('credential.phase')` otherwise, as does `credential.abandon`. */
  | {
      op: 'credential.issue';
      tenant: string;
      credentialId: string;
      signed: string;
      sha256: string;
      jwt?: string;
      jwtSha256?: string;
      issuedAt: string;
    }
  | { op: 'credential.abandon'; tenant: string; credentialId: string; at: string }
  /**
   * Fails with `UniqueViolation('credential.state')` when the state is no longer `from`, or when it has not `forms` other forms
   * any more: they change with their web copy, or nothing does.
   */
  | {
      op: 'credential.changeState';
      tenant: string;
      credentialId: string;
      from: CredentialState;
      to: CredentialState;
      forms?: number;
    }
  /**
   * Many at once, at most 10,000 awards: web copies `from` this state, and all of their other forms. Fails with
   * `UniqueViolation('credential.state')` when one of them is no longer in it, or a web copy has other forms than these.
   */
  | {
      op: 'credential.changeStates';
      tenant: string;
      from: CredentialState;
      to: CredentialState;
      credentialIds: readonly string[];
      forms: readonly string[];
    }
  | { op: 'statusEvent.insert'; row: StatusEventRecord }
  /** The same event of many, each of which is changed in this commit. */
  | { op: 'statusEvent.insertAll'; event: Omit<StatusEventRecord, 'credentialId'>; credentialIds: readonly string[] }
  | SigningStopWrite;
