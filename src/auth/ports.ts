import type { Page, PageRequest } from '#kernel';
import type { AuditWrite } from '#observability';

export type Role = 'operator' | 'authority' | 'issuer' | 'approver' | 'auditor';

/** A key as stored. The secret itself is shown once and only its SHA-256 kept (the secret has 256 random bits). */
export interface ApiKeyRecord {
  tenant: string;
  keyId: string;
  secretSha256: string;
  role: Role;
  label: string;
  /** The natural person who holds it, as given: an opaque identifier such as a staff number. Never in the audit log. */
  person?: string;
  createdAt: string;
  expiresAt?: string;
  revokedAt?: string;
}

export interface ApiKeyReader {
  /** By key id alone: the tenant is what the key tells us. */
  apiKey(keyId: string): Promise<ApiKeyRecord | undefined>;
  apiKeys(tenant: string | undefined, page: PageRequest): Promise<Page<ApiKeyRecord>>;
  anyApiKeyExists(): Promise<boolean>;
}

export type ApiKeyWrite =
  | { op: 'apiKey.insert'; row: ApiKeyRecord }
  /** The first key of the store. Fails with `UniqueViolation('apiKey.first')` when there is any: of two first starts one makes it. */
  | { op: 'apiKey.first'; row: ApiKeyRecord }
  | { op: 'apiKey.revoke'; tenant: string; keyId: string; revokedAt: string }
  | AuditWrite;
