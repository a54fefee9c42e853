import { hashSecret } from '#auth';
import {
  type Clock,
  type FieldError,
  formatInstant,
  type Page,
  type PageRequest,
  Problem,
  type Random,
  randomId,
  randomToken,
  refuseBadFields,
  SLUG_PATTERN,
  type Transactor,
  textFault,
} from '#kernel';
import type { OAuthClientRecord, OAuthReader, OAuthWrite, SystemRole } from './ports.ts';

export type OAuthClientView = Omit<OAuthClientRecord, 'secretSha256'>;

export interface CreateOAuthClient {
  /** Slug of an institution. */
  tenant: string;
  role: SystemRole;
  label: string;
  /** `key:ID` */
  actor: string;
}

/** Systems of institutions that get their tokens by client credentials (RFC 6749 section 4.4). Nobody registers one by itself. */
export interface OAuthClients {
  /** @returns `secret`: shown now and never again. @throws Problem `invalid-request` */
  create(input: CreateOAuthClient): Promise<{ client: OAuthClientView; secret: string }>;
  list(tenant: string | undefined, page: PageRequest): Promise<Page<OAuthClientView>>;
  /** Its tokens go with it. Again revoking changes nothing. @throws Problem `not-found` */
  revoke(input: { clientId: string; actor: string }): Promise<OAuthClientView>;
}

export interface OAuthClientsDeps {
  reader: Pick<OAuthReader, 'oauthClient' | 'oauthClients'> & {
    institution(tenant: string): Promise<object | undefined>;
  };
  transactor: Transactor<OAuthWrite>;
  clock: Clock;
  random: Random;
}

const ROLES: readonly SystemRole[] = ['issuer', 'authority', 'auditor'];
const LABEL_CHARS = 100;

export function createOAuthClients({ reader, transactor, clock, random }: OAuthClientsDeps): OAuthClients {
  const entry = (operation: string, { tenant, clientId }: OAuthClientView, at: string, actor: string) =>
    ({ op: 'audit.append', at, tenant, actor, operation, object: clientId }) as const;

  return {
    async create({ tenant, role, label, actor }) {
      const errors: FieldError[] = [];
      if (!ROLES.includes(role)) errors.push({ pointer: '/role', detail: `must be one of ${ROLES.join(', ')}` });
      if (!(SLUG_PATTERN.test(tenant) && (await reader.institution(tenant)))) {
        errors.push({ pointer: '/institution', detail: 'there is no such institution' });
      }
      const fault = typeof label === 'string' ? textFault(label, LABEL_CHARS) : 'must be a text';
      if (fault) errors.push({ pointer: '/label', detail: fault });
      refuseBadFields(errors);
      const secret = randomToken(random);
      const createdAt = formatInstant(clock.now());
      const client = { tenant, clientId: `tatak-system-${randomId(random)}`, role, label, createdAt };
      await transactor.commit([
        { op: 'oauthClient.insert', row: { ...client, secretSha256: hashSecret(secret) } },
        { ...entry('oauthClient.create', client, createdAt, actor), detail: { role } },
      ]);
      return { client, secret };
    },

    async list(tenant, page) {
      const { items, next } = await reader.oauthClients(tenant, page);
      return { items: items.map(view), ...(next === undefined ? {} : { next }) };
    },

    async revoke({ clientId, actor }) {
      const record = await reader.oauthClient(clientId);
      if (!record) throw new Problem('not-found', 'there is no such client');
      if (record.revokedAt !== undefined) return view(record);
      const revokedAt = formatInstant(clock.now());
      const revoked = view({ ...record, revokedAt });
      await transactor.commit([
        { op: 'oauthClient.revoke', tenant: record.tenant, clientId, revokedAt },
        entry('oauthClient.revoke', revoked, revokedAt, actor),
      ]);
      return revoked;
    },
  };
}

function view({ secretSha256: _, ...shown }: OAuthClientRecord): OAuthClientView {
  return shown;
}
