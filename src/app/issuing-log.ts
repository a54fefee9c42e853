import type { CredentialReader } from '#credentials';
import type { Logged } from '#verifier';

/**
 * When this service recorded a credential of its own issuer; it knows nothing of anybody else's. A form of an award was
 * recorded with the award, however late somebody took it.
 */
export function createIssuingLog(
  reader: CredentialReader,
  publicUrl: string,
  tenantOf: (did: string) => string | undefined,
): (id: string, issuer: string) => Promise<Logged> {
  const prefix = `${publicUrl}/credentials/`;
  return async (id, issuer) => {
    const tenant = tenantOf(issuer);
    if (tenant === undefined && !id.startsWith(prefix)) return { outcome: 'not_asked' };
    const row = id.startsWith(prefix) ? await reader.credential(id.slice(prefix.length)) : undefined;
    // An id of ours vouches only for what its own institution issued under it.
    if (!row || row.tenant !== tenant || row.phase !== 'issued') return { outcome: 'missing' };
    const first = row.formOf === undefined ? row : await reader.credential(row.formOf);
    if (first?.tenant !== tenant) return { outcome: 'missing' };
    return { outcome: 'recorded', recordedAt: first.preparedAt };
  };
}

/** Of a form of an award of this service: the address of its web copy. */
export function createWebCopies(
  reader: Pick<CredentialReader, 'credential'>,
  publicUrl: string,
  tenantOf: (did: string) => string | undefined,
): (id: string, issuer: string) => Promise<string | undefined> {
  const prefix = `${publicUrl}/credentials/`;
  return async (id, issuer) => {
    const row = id.startsWith(prefix) ? await reader.credential(id.slice(prefix.length)) : undefined;
    if (row?.formOf === undefined || row.tenant !== tenantOf(issuer)) return undefined;
    return `${prefix}${row.formOf}`;
  };
}
