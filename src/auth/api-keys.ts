import {
  type Clock,
  type FieldError,
  formatInstant,
  type Page,
  type PageRequest,
  Problem,
  parseDateTimeStamp,
  type Random,
  SLUG_PATTERN,
  type Transactor,
  textFault,
  UniqueViolation,
} from '#kernel';
import { formatKeyText, hashSecret, matchesHash, newKeyText, parseAuthorization } from './key-text.ts';
import { canonicalPerson, isPerson } from './person.ts';
import type { ApiKeyReader, ApiKeyRecord, ApiKeyWrite, Role } from './ports.ts';
import { type Principal, SYSTEM_TENANT } from './principal.ts';

/** What of a key may be shown: everything but the digest of its secret. */
export type ApiKeyView = Omit<ApiKeyRecord, 'secretSha256'>;

export interface CreateApiKey {
  /** Slug of an institution, or `system` (operators, and auditors of the service itself). */
  tenant: string;
  role: Role;
  label: string;
  /** Who holds it, e.g. a staff number: with two persons to every award, two keys of one person count as one. */
  person?: string;
  /** dateTimeStamp in the future; without it the key lasts until revoked. */
  expiresAt?: string;
  /** `key:ID` or `system`. */
  actor: string;
}

export interface ApiKeysDeps {
  /** The institution look-up keeps a key from being made for a tenant that does not exist. */
  reader: ApiKeyReader & { institution(tenant: string): Promise<object | undefined> };
  transactor: Transactor<ApiKeyWrite>;
  clock: Clock;
  random: Random;
}

export interface ApiKeys {
  /** @returns `secret`: the whole key text, shown now and never again. @throws Problem `invalid-request` */
  create(input: CreateApiKey): Promise<{ record: ApiKeyView; secret: string }>;
  /** From the `Authorization` header; undefined when it is absent, malformed, unknown, wrong, expired or revoked. */
  authenticate(authorizationHeader: string | undefined): Promise<Principal | undefined>;
  /** Again revoking changes nothing. @throws Problem `not-found`; `conflict` for the last operator key in force */
  revoke(input: { keyId: string; actor: string }): Promise<ApiKeyView>;
  /** Of one tenant, or of all. */
  list(tenant: string | undefined, page: PageRequest): Promise<Page<ApiKeyView>>;
  /** At the first start: makes an operator key when there is no key at all. @returns its text, once */
  ensureOperatorKey(): Promise<string | undefined>;
}

const ROLES: readonly Role[] = ['operator', 'authority', 'issuer', 'approver', 'auditor'];
const LABEL_CHARS = 100;
/** Compared with when the key id is unknown, so that both answers take the same way. */
const NO_KEY = '0'.repeat(64);

export function createApiKeys({ reader, transactor, clock, random }: ApiKeysDeps): ApiKeys {
  const inForce = (record: ApiKeyRecord): boolean =>
    record.revokedAt === undefined &&
    (record.expiresAt === undefined || clock.now().getTime() < (parseDateTimeStamp(record.expiresAt)?.getTime() ?? 0));

  async function create(
    input: CreateApiKey,
    op: 'apiKey.insert' | 'apiKey.first' = 'apiKey.insert',
  ): Promise<{ record: ApiKeyView; secret: string }> {
    await checkInput(input);
    const text = newKeyText(random);
    const row: ApiKeyRecord = {
      tenant: input.tenant,
      keyId: text.keyId,
      secretSha256: hashSecret(text.secret),
      role: input.role,
      label: input.label,
      ...(input.person === undefined ? {} : { person: input.person }),
      createdAt: formatInstant(clock.now()),
    };
    if (input.expiresAt !== undefined) row.expiresAt = formatInstant(parseDateTimeStamp(input.expiresAt)!);
    await transactor.commit([{ op, row }, audit('apiKey.create', row, row.createdAt, input.actor, { role: row.role })]);
    return { record: view(row), secret: formatKeyText(text) };
  }

  async function checkInput(input: CreateApiKey): Promise<void> {
    const errors: FieldError[] = [];
    const { tenant, role, label, person, expiresAt } = input;
    if (!ROLES.includes(role)) errors.push({ pointer: '/role', detail: `must be one of ${ROLES.join(', ')}` });
    else if (tenant === SYSTEM_TENANT && role !== 'operator' && role !== 'auditor') {
      errors.push({ pointer: '/institution', detail: `a key with the role ${role} belongs to an institution` });
    } else if (tenant !== SYSTEM_TENANT && role === 'operator') {
      errors.push({ pointer: '/institution', detail: 'operators belong to no institution' });
    }
    if (tenant !== SYSTEM_TENANT && !(SLUG_PATTERN.test(tenant) && (await reader.institution(tenant)))) {
      errors.push({ pointer: '/institution', detail: 'there is no such institution' });
    }
    const fault = typeof label === 'string' ? textFault(label, LABEL_CHARS) : 'must be a text';
    if (fault) errors.push({ pointer: '/label', detail: fault });
    if (person === undefined && role === 'approver') {
      errors.push({ pointer: '/person', detail: 'is required: an approver is somebody' });
    } else if (person !== undefined && !isPerson(person)) {
      errors.push({ pointer: '/person', detail: 'must be 1 to 100 of A-Z a-z 0-9 . _ : @ -, a letter or digit first' });
    }
    if (expiresAt !== undefined) {
      const instant = parseDateTimeStamp(expiresAt);
      if (!instant) errors.push({ pointer: '/expiresAt', detail: 'must be a date and time with zone' });
      else if (instant <= clock.now()) errors.push({ pointer: '/expiresAt', detail: 'must be in the future' });
    }
    if (errors.length > 0) throw new Problem('invalid-request', 'the key cannot be made', { errors });
  }

  /** Nobody could make another key through the API once the last operator is gone. */
  async function isLastOperator(record: ApiKeyRecord): Promise<boolean> {
    if (record.role !== 'operator' || !inForce(record)) return false;
    let cursor: string | undefined;
    do {
      const page = await reader.apiKeys(SYSTEM_TENANT, { limit: 100, ...(cursor ? { cursor } : {}) });
      const other = (key: ApiKeyRecord) => key.role === 'operator' && key.keyId !== record.keyId && inForce(key);
      if (page.items.some(other)) return false;
      cursor = page.next;
    } while (cursor);
    return true;
  }

  return {
    create: (input) => create(input),

    async authenticate(authorizationHeader) {
      const text = parseAuthorization(authorizationHeader);
      if (!text) return undefined;
      const record = await reader.apiKey(text.keyId);
      const matches = matchesHash(text.secret, record?.secretSha256 ?? NO_KEY);
      if (!record || !matches || !inForce(record)) return undefined;
      const person = record.person === undefined ? {} : { person: canonicalPerson(record.person) };
      return { tenant: record.tenant, keyId: record.keyId, role: record.role, ...person };
    },

    async revoke({ keyId, actor }) {
      const record = await reader.apiKey(keyId);
      if (!record) throw new Problem('not-found', 'there is no such API key');
      if (record.revokedAt !== undefined) return view(record);
      if (await isLastOperator(record)) {
        throw new Problem('conflict', 'this is the last operator key in force: make another one first');
      }
      const revokedAt = formatInstant(clock.now());
      await transactor.commit([
        { op: 'apiKey.revoke', tenant: record.tenant, keyId, revokedAt },
        audit('apiKey.revoke', record, revokedAt, actor),
      ]);
      return view({ ...record, revokedAt });
    },

    async list(tenant, page) {
      const { items, next } = await reader.apiKeys(tenant, page);
      return { items: items.map(view), ...(next === undefined ? {} : { next }) };
    },

    async ensureOperatorKey() {
      if (await reader.anyApiKeyExists()) return undefined;
      const first = { tenant: SYSTEM_TENANT, role: 'operator', label: 'first operator key', actor: 'system' } as const;
      try {
        return (await create(first, 'apiKey.first')).secret;
      } catch (error) {
        // Another replica started at the same moment, and shows its key.
        if (error instanceof UniqueViolation) return undefined;
        throw error;
      }
    },
  };
}

function view({ secretSha256: _, ...shown }: ApiKeyRecord): ApiKeyView {
  return shown;
}

function audit(
  operation: string,
  row: ApiKeyRecord,
  at: string,
  actor: string,
  detail?: Record<string, string>,
): ApiKeyWrite {
  const entry = { op: 'audit.append', at, tenant: row.tenant, actor, operation, object: row.keyId } as const;
  return detail ? { ...entry, detail } : entry;
}
