import type { CredentialReader, CredentialRecord } from '#credentials';

/** All awards of an institution by their web copies, with the texts that a list leaves out. */
export async function wholeCredentials(
  reader: Pick<CredentialReader, 'credentials' | 'credentialsByIds'>,
  tenant: string,
): Promise<CredentialRecord[]> {
  const rows: CredentialRecord[] = [];
  let cursor: string | undefined;
  do {
    const page = await reader.credentials({ tenant }, { limit: 200, ...(cursor ? { cursor } : {}) });
    const ids = page.items.map(({ credentialId }) => credentialId);
    rows.push(...(await reader.credentialsByIds(tenant, ids)));
    cursor = page.next;
  } while (cursor !== undefined);
  return rows;
}
