import type { Page, PageRequest } from '#kernel';
import type { PlainCredentialRecord } from '../plain/ports.ts';

export type EndorsedKind = 'credential' | 'achievement' | 'profile';

/** What an endorsement speaks of; the signed document is the plain credential of the same id. */
export interface EndorsementRecord {
  tenant: string;
  credentialId: string;
  kind: EndorsedKind;
  /** Id of what is endorsed, as it is signed. */
  endorses: string;
  createdAt: string;
}

export interface StoredEndorsement extends Pick<EndorsementRecord, 'kind' | 'endorses' | 'createdAt'> {
  credential: PlainCredentialRecord;
}

export interface EndorsementFilter {
  tenant: string;
  kind?: EndorsedKind;
  endorses?: string;
}

export interface EndorsementReader {
  /** Ids are unique across tenants; the public look-up needs none. Issued ones, removed ones too. */
  endorsement(credentialId: string): Promise<StoredEndorsement | undefined>;
  /** Issued ones and not removed, oldest first. */
  endorsements(filter: EndorsementFilter, page: PageRequest): Promise<Page<StoredEndorsement>>;
  /** Of every tenant of this service about one thing: issued, not revoked, not removed, oldest first. */
  endorsementsOf(endorses: string, limit: number): Promise<StoredEndorsement[]>;
}
