import {
  type Clock,
  type FieldError,
  fieldProblem,
  formatInstant,
  type JsonObject,
  type Page,
  type PageRequest,
  Problem,
  sha256Hex,
  type Transactor,
  UniqueViolation,
} from '#kernel';
import type { Keystore } from '#keystore';
import { didOf, isSlug, RESERVED_SLUGS } from './did.ts';
import { buildDidDocument } from './did-document.ts';
import { didDocumentWrites } from './did-history.ts';
import { createKeyChanges, type KeyChanges } from './key-changes.ts';
import { jwksOf } from './key-set.ts';
import type {
  ApprovalPolicy,
  DidDocumentRecord,
  Institution,
  InstitutionProfile,
  InstitutionReader,
  InstitutionWrite,
  SigningKeyRecord,
} from './ports.ts';
import { profileDocumentOf } from './profile-document.ts';
import { profileFaults } from './profile-schema.ts';
import { insertKeyWrites, KEY_PURPOSES, newSigningKey } from './signing-keys.ts';

export interface InstitutionsDeps {
  reader: InstitutionReader;
  transactor: Transactor<InstitutionWrite>;
  keystore: Keystore;
  clock: Clock;
  /** `HOST` or `HOST%3APORT`. */
  didAuthority: string;
  /** https origin of DID documents and registers, no trailing slash: other services reach both by it. */
  didOrigin: string;
  /** Key of the log in which this service records what it issues, for whoever verifies its entries. */
  logVerifierKey?: () => Promise<string>;
}

export interface Institutions extends KeyChanges {
  /** With one key for each purpose, in one commit. @throws Problem `invalid-request` (pointers `/slug`, `/profile/...`), `conflict` */
  create(input: { slug: string; profile: InstitutionProfile; actor: string }): Promise<Institution>;
  /** Replaces the whole profile. @throws Problem `not-found`, `invalid-request` (pointers `/profile/...`) */
  updateProfile(input: { tenant: string; profile: InstitutionProfile; actor: string }): Promise<Institution>;
  /** What waits for a decision still needs it afterwards. @throws Problem `not-found`, `invalid-request` (pointer `/approval`) */
  setApproval(input: { tenant: string; approval: ApprovalPolicy; actor: string }): Promise<Institution>;
  /**
   * How many days after an award what is held about its recipient is not erased.
   * @throws Problem `not-found`, `invalid-request` (pointer `/recipientRetentionDays`)
   */
  setRetention(input: { tenant: string; days: number; actor: string }): Promise<Institution>;
  get(tenant: string): Promise<Institution | undefined>;
  list(page: PageRequest): Promise<Page<Institution>>;
  /** @throws Problem `not-found` */
  didDocument(tenant: string): Promise<JsonObject>;
  /** The same, undefined when there is no such institution. */
  findDidDocument(tenant: string): Promise<JsonObject | undefined>;
  /** Every DID document it ever published, oldest first. @throws Problem `not-found` */
  didHistory(tenant: string): Promise<DidDocumentRecord[]>;
  /** RFC 7517 5: public keys, retired ones too. @throws Problem `not-found` */
  keySet(tenant: string): Promise<{ keys: JsonObject[] }>;
  /** Of all institutions; `iss` says whose. */
  keySets(): Promise<{ keys: JsonObject[] }>;
  /**
   * Records the DID documents that are not in the log as they are now: after an update of the service, or when an address
   * or the key of the log in them changed. @returns how many
   */
  recordDidDocuments(): Promise<number>;
  profileDocument(institution: Institution, options: { extension: boolean }): JsonObject;
  didOf(tenant: string): string;
}

/** Institutions read at a time. */
const PAGE = 200;

const APPROVAL_POLICIES: readonly ApprovalPolicy[] = ['one-person', 'two-person'];

/** A hundred years. */
const MOST_RETENTION_DAYS = 36_500;

const unknownInstitution = () => new Problem('not-found', 'there is no such institution');

export function createInstitutions(deps: InstitutionsDeps): Institutions {
  const { reader, transactor, keystore, clock, didAuthority, didOrigin } = deps;

  async function mustGet(tenant: string): Promise<Institution> {
    const institution = await reader.institution(tenant);
    if (!institution) throw unknownInstitution();
    return institution;
  }

  async function findDidDocument(tenant: string): Promise<JsonObject | undefined> {
    const known = await reader.institution(tenant);
    return known && documentOf(tenant, await reader.signingKeys(tenant));
  }

  /** A violated constraint means somebody else was faster, whatever the row. */
  async function commit(writes: InstitutionWrite[], pointer: string, detail: string): Promise<void> {
    try {
      await transactor.commit(writes);
    } catch (error) {
      if (error instanceof UniqueViolation) throw fieldProblem('conflict', pointer, detail);
      throw error;
    }
  }

  const documentOf = async (tenant: string, keys: readonly SigningKeyRecord[]) =>
    buildDidDocument(didOf(didAuthority, tenant), tenant, keys, didOrigin, await deps.logVerifierKey?.());
  const recordDocument = (tenant: string, keys: readonly SigningKeyRecord[], actor: string) =>
    didDocumentWrites({ reader, documentOf }, tenant, keys, clock.now(), actor);

  async function everyInstitution(work: (institution: Institution) => Promise<void>): Promise<void> {
    let cursor: string | undefined;
    do {
      const page = await reader.institutions({ limit: PAGE, ...(cursor === undefined ? {} : { cursor }) });
      for (const institution of page.items) await work(institution);
      cursor = page.next;
    } while (cursor !== undefined);
  }

  return {
    async create({ slug, profile, actor }) {
      const faults = [...slugFaults(slug), ...profileFaults(profile, '/profile')];
      if (faults.length > 0) throw new Problem('invalid-request', 'the institution cannot be made', { errors: faults });
      const at = formatInstant(clock.now());
      const institution: Institution = { tenant: slug, profile, createdAt: at };
      const wanted = { tenant: slug, algorithm: 'Ed25519', existing: [], createdAt: at } as const;
      const keys = await Promise.all(KEY_PURPOSES.map((purpose) => newSigningKey(keystore, { ...wanted, purpose })));
      await commit(
        [
          { op: 'institution.insert', row: institution },
          profileAudit('institution.create', institution, at, actor),
          ...keys.flatMap((key) => insertKeyWrites(key, actor)),
          ...(await recordDocument(slug, keys, actor)),
        ],
        '/slug',
        'there is an institution with this slug already',
      );
      return institution;
    },

    async updateProfile({ tenant, profile, actor }) {
      const institution = await mustGet(tenant);
      const errors = profileFaults(profile, '/profile');
      if (errors.length > 0) throw new Problem('invalid-request', 'the profile is not acceptable', { errors });
      const updated = { ...institution, profile };
      await transactor.commit([
        { op: 'institution.updateProfile', tenant, profile },
        profileAudit('institution.updateProfile', updated, formatInstant(clock.now()), actor),
      ]);
      return updated;
    },

    async setApproval({ tenant, approval, actor }) {
      const institution = await mustGet(tenant);
      if (!APPROVAL_POLICIES.includes(approval)) {
        throw fieldProblem('invalid-request', '/approval', `must be one of ${APPROVAL_POLICIES.join(', ')}`);
      }
      const at = formatInstant(clock.now());
      const entry = { op: 'audit.append', at, tenant, actor, operation: 'institution.setApproval' } as const;
      await transactor.commit([
        { op: 'institution.setApproval', tenant, approval },
        { ...entry, object: tenant, detail: { approval } },
      ]);
      return { ...institution, approval };
    },

    async setRetention({ tenant, days, actor }) {
      const institution = await mustGet(tenant);
      if (!Number.isSafeInteger(days) || days < 0 || days > MOST_RETENTION_DAYS) {
        throw fieldProblem('invalid-request', '/recipientRetentionDays', `is from 0 to ${MOST_RETENTION_DAYS}`);
      }
      const at = formatInstant(clock.now());
      const entry = { op: 'audit.append', at, tenant, actor, operation: 'institution.setRetention' } as const;
      await transactor.commit([
        { op: 'institution.setRetention', tenant, days },
        { ...entry, object: tenant, detail: { days } },
      ]);
      return { ...institution, recipientRetentionDays: days };
    },

    get: (tenant) => reader.institution(tenant),
    list: (page) => reader.institutions(page),

    ...createKeyChanges({ ...deps, recordDocument }),

    findDidDocument,
    async didDocument(tenant) {
      const found = await findDidDocument(tenant);
      if (!found) throw unknownInstitution();
      return found;
    },

    async didHistory(tenant) {
      await mustGet(tenant);
      return reader.didDocuments(tenant);
    },

    async keySet(tenant) {
      await mustGet(tenant);
      return { keys: jwksOf(didOf(didAuthority, tenant), await reader.signingKeys(tenant)) };
    },

    async keySets() {
      const keys: JsonObject[] = [];
      await everyInstitution(async ({ tenant }) => {
        keys.push(...jwksOf(didOf(didAuthority, tenant), await reader.signingKeys(tenant)));
      });
      return { keys };
    },

    async recordDidDocuments() {
      let recorded = 0;
      await everyInstitution(async ({ tenant }) => {
        const writes = await recordDocument(tenant, await reader.signingKeys(tenant), 'system');
        if (writes.length === 0) return;
        try {
          await transactor.commit(writes);
          recorded++;
        } catch (error) {
          // Another replica is starting, or somebody changes a key: whoever was first has recorded what is published now.
          if (!(error instanceof UniqueViolation)) throw error;
        }
      });
      return recorded;
    },

    profileDocument: (institution, { extension }) =>
      profileDocumentOf(institution, didOf(didAuthority, institution.tenant), extension),
    didOf: (tenant) => didOf(didAuthority, tenant),
  };
}

function slugFaults(slug: unknown): FieldError[] {
  if (isSlug(slug)) return [];
  const reserved = RESERVED_SLUGS.includes(slug as string);
  const shape = 'must have 3 to 63 lower-case letters, digits and hyphens, no hyphen first or last';
  return [{ pointer: '/slug', detail: reserved ? 'is reserved' : shape }];
}

function profileAudit(operation: string, institution: Institution, at: string, actor: string): InstitutionWrite {
  const { tenant, profile } = institution;
  const objectSha256 = sha256Hex(JSON.stringify(profile));
  return { op: 'audit.append', at, tenant, actor, operation, object: tenant, objectSha256 };
}
