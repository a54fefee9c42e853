import { formatInstant, type JsonObject, sha256Hex } from '#kernel';
import type { InstitutionReader, InstitutionWrite, SigningKeyRecord } from './ports.ts';

/** Operation of the log entry whose object is `SLUG.NUMBER` and whose digest is that of the document. */
export const DID_DOCUMENT_OPERATION = 'institution.didDocument';

export const didDocumentObject = (tenant: string, number: number): string => `${tenant}.${number}`;

/** What these keys would be after these changes. */
export function keysAfter(keys: readonly SigningKeyRecord[], writes: readonly InstitutionWrite[]): SigningKeyRecord[] {
  let after = [...keys];
  for (const write of writes) {
    if (write.op === 'signingKey.insert') after.push(write.row);
    if (write.op === 'signingKey.retire' || write.op === 'signingKey.revoke') {
      const ended = write.op === 'signingKey.retire' ? { retiredAt: write.retiredAt } : { revokedAt: write.revokedAt };
      // The first instant stays, as in the store.
      after = after.map((key) => (key.keyId === write.keyId ? { ...ended, ...key } : key));
    }
  }
  return after;
}

export interface HistoryDeps {
  reader: Pick<InstitutionReader, 'lastDidDocument'>;
  /** As it is published. */
  documentOf(tenant: string, keys: readonly SigningKeyRecord[]): Promise<JsonObject>;
}

/**
 * The writes that record the DID document of these keys beside the change that makes it, none when nothing changes. A
 * domain can be lost and did:web has no memory: these bytes, and their digest in the signed log, are the memory.
 */
export async function didDocumentWrites(
  { reader, documentOf }: HistoryDeps,
  tenant: string,
  keys: readonly SigningKeyRecord[],
  at: Date,
  actor: string,
): Promise<InstitutionWrite[]> {
  const text = JSON.stringify(await documentOf(tenant, keys));
  const sha256 = sha256Hex(text);
  const last = await reader.lastDidDocument(tenant);
  if (last?.sha256 === sha256) return [];
  const number = (last?.number ?? 0) + 1;
  const recordedAt = formatInstant(at);
  return [
    { op: 'didDocument.insert', row: { tenant, number, recordedAt, sha256, text } },
    {
      ...{ op: 'audit.append', at: recordedAt, tenant, actor, operation: DID_DOCUMENT_OPERATION },
      ...{ object: didDocumentObject(tenant, number), objectSha256: sha256 },
    },
  ];
}
