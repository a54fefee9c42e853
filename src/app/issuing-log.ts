import type { CredentialReader } from '#credentials';
import type { Logged } from '#verifier';

/** When this service recorded a credential of its own; it knows nothing of anybody else's. */
export function createIssuingLog(reader: CredentialReader, publicUrl: string): (id: string) => Promise<Logged> {
  const prefix = `${publicUrl}/credentials/`;
  return async (id) => {
    if (!id.startsWith(prefix)) return { outcome: 'not_asked' };
    const row = await reader.credential(id.slice(prefix.length));
    return row ? { outcome: 'recorded', recordedAt: row.preparedAt } : { outcome: 'missing' };
  };
}
