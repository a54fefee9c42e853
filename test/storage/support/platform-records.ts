import type { HostWrite } from '#host';
import { type ConnectionRecord, type OAuthWrite, OB_SCOPES, type PlatformRecord } from '#oauth';
import { at } from './records.ts';

export const platform = (clientId: string, n = 0): PlatformRecord => ({
  clientId,
  secretSha256: 'ab'.repeat(32),
  metadata: {
    ...{
      client_name: 'SPECIMEN Backpack ni Niño',
      client_uri: 'https://p.example/',
      logo_uri: 'https://p.example/l.png',
    },
    ...{ tos_uri: 'https://p.example/t', policy_uri: 'https://p.example/p', software_id: 's', software_version: '1' },
    ...{ redirect_uris: ['https://p.example/cb'], token_endpoint_auth_method: 'client_secret_basic' },
    ...{ grant_types: ['authorization_code'], response_types: ['code'], scope: OB_SCOPES.readCredentials },
  },
  createdAt: at(n),
});

export const connection = (connectionId: string, clientId: string, email: string, until = 40): ConnectionRecord => ({
  ...{ connectionId, clientId, scopes: [OB_SCOPES.readCredentials], grantSha256: `grant-${connectionId}` },
  identifiers: [{ kind: 'email', value: email, provenAt: at() }],
  ...{ createdAt: at(1), expiresAt: at(until) },
});

/** Every write of platforms and of the Host, in an order in which they work; ids end with the tenant's name. */
export function platformWrites(tenant: string): (OAuthWrite | HostWrite)[] {
  const id = (name: string) => `${name}-${tenant}`;
  const email = `a@${tenant}.example`;
  return [
    { op: 'platform.insert', row: platform(id('platform')) },
    { op: 'connection.insert', row: connection(id('kept'), id('platform'), email) },
    { op: 'connection.insert', row: connection(id('ended'), id('platform'), email) },
    { op: 'connection.end', connectionId: id('ended') },
    {
      op: 'holderProfile.put',
      row: { email, profileId: `urn:uuid:${tenant}`, document: '{"type":["Profile"]}', updatedAt: at(1) },
    },
  ];
}
