import type { Principal } from '#auth';
import { type JsonObject, sha256Hex } from '#kernel';
import { connectionIdOf } from './connections.ts';
import { ANONYMOUS, PRE_AUTHORIZED } from './names.ts';
import { obScopesOf } from './platforms.ts';
import type { OAuthReader, PlatformReader, PlatformToken, WalletToken } from './ports.ts';
import type { Records } from './records.ts';
import { managementApiOf, openBadgesApiOf, subjectOf, tenantOfIssuer } from './subject.ts';

/** RFC 6750 2.1; the scheme in any case. */
const BEARER = /^[Bb][Ee][Aa][Rr][Ee][Rr] ([A-Za-z0-9_-]{43})$/;

const bearerOf = (authorization: string | undefined) => BEARER.exec(authorization ?? '')?.[1];

/** Every condition of a wallet's token, in one place: kind, audience, life, grant, subject. */
export async function readWalletToken(
  records: Records,
  publicUrl: string,
  authorization: string | undefined,
  credentialIssuer: string,
): Promise<WalletToken | undefined> {
  const token = bearerOf(authorization);
  const payload = token && (await records.find('AccessToken', token));
  if (!token || !payload || payload.aud !== credentialIssuer) return undefined;
  const subject = subjectOf(payload.accountId);
  if (!subject || tenantOfIssuer(publicUrl, credentialIssuer) !== subject.tenant) return undefined;
  const { grantId } = payload;
  const grant = typeof grantId === 'string' ? await records.find('Grant', grantId) : undefined;
  if (!grant || grant.accountId !== payload.accountId || grant.clientId !== payload.clientId) return undefined;
  const { clientId } = payload;
  const identifiers = identifiersOf(payload.rar);
  return {
    ...subject,
    ...(typeof clientId === 'string' && clientId !== ANONYMOUS ? { clientId } : {}),
    grant: payload.gty === PRE_AUTHORIZED.gty ? 'pre-authorized_code' : 'authorization_code',
    ...(identifiers.length === 0 ? {} : { credentialIdentifiers: identifiers }),
    tokenSha256: sha256Hex(token),
  };
}

/** Every condition of a platform's token: kind, audience, life, and that the learner's connection is in force. */
export async function readPlatformToken(
  records: Records,
  reader: Pick<PlatformReader, 'connection'>,
  { publicUrl, now }: { publicUrl: string; now: string },
  authorization: string | undefined,
): Promise<PlatformToken | undefined> {
  const token = bearerOf(authorization);
  const payload = token && (await records.find('AccessToken', token));
  if (!payload || payload.aud !== openBadgesApiOf(publicUrl)) return undefined;
  const connectionId = connectionIdOf(payload.accountId);
  const connection = connectionId === undefined ? undefined : await reader.connection(connectionId);
  const { grantId } = payload;
  const isIts = typeof grantId === 'string' && sha256Hex(grantId) === connection?.grantSha256;
  if (!connection || connection.expiresAt <= now) return undefined;
  if (!isIts || payload.clientId !== connection.clientId) return undefined;
  // What the learner allowed is the most; a renewed token may have less.
  return { connection, scopes: obScopesOf(payload.scope).filter((one) => connection.scopes.includes(one)) };
}

/** A client that was revoked takes its tokens with it. */
export async function readSystemPrincipal(
  records: Records,
  reader: Pick<OAuthReader, 'oauthClient'>,
  publicUrl: string,
  authorization: string | undefined,
): Promise<Principal | undefined> {
  const token = bearerOf(authorization);
  const payload = token && (await records.find('ClientCredentials', token));
  if (!payload || payload.aud !== managementApiOf(publicUrl)) return undefined;
  const client = await reader.oauthClient(String(payload.clientId));
  if (!client || client.revokedAt !== undefined) return undefined;
  return { tenant: client.tenant, keyId: client.clientId, role: client.role };
}

function identifiersOf(details: unknown): string[] {
  if (!Array.isArray(details)) return [];
  return details.flatMap((detail: JsonObject) => (detail.credential_identifiers as string[] | undefined) ?? []);
}
