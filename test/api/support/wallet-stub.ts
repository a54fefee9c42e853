import type { ApiDeps } from '#api';
import { Problem } from '#kernel';
import { readLeniencies } from '#wallets';

/** An institution `abc` that issues to wallets, and answers to everything. @param said records a call and answers */
export function stubWallets(
  deps: ApiDeps,
  said: <T>(name: string, answer: T) => (...args: never[]) => Promise<T>,
): void {
  const issuer = 'http://localhost:8480/institutions/abc';
  const issued = { state: 'issued' as const, credentials: ['{"id":"urn:uuid:1"}', '"a.b.c"'], notificationId: 'n' };
  const metadata = {
    credential_issuer: issuer,
    authorization_servers: ['http://localhost:8480'],
    credential_endpoint: `${issuer}/oid4vci/credential`,
    nonce_endpoint: `${issuer}/oid4vci/nonce`,
    credential_configurations_supported: {},
  };
  const offer = { credential_issuer: issuer, credential_configuration_ids: ['badge.ldp_vc'], grants: {} };
  const known = async (tenant: string) => {
    if (tenant !== 'abc') throw new Problem('not-found', 'there is no such institution');
  };
  Object.assign(deps, {
    wallets: {
      leniencies: readLeniencies(undefined),
      metadata: async (tenant: string) => known(tenant).then(() => metadata),
      signedMetadata: async (tenant: string) => known(tenant).then(() => 'a.b.c'),
      credentialOffer: said('wallets.credentialOffer', offer),
      openOffer: said('wallets.openOffer', {}),
      nonce: said('wallets.nonce', 'n'),
      credential: said('wallets.credential', issued),
      deferred: said('wallets.deferred', { state: 'deferred' as const, transactionId: 't', interval: 5 }),
      notification: said('wallets.notification', undefined),
    },
  });
}
