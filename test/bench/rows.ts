/** Awards as rows, written by the store's own writes: what is measured afterwards looks at no signature of theirs. */
import type { StatusListRecord } from '#credentials';
import { randomId, systemRandom } from '#kernel';
import type { AnyWrite, Storage } from '#storage';

const CHUNK = 1_000;
const AT = '2026-01-01T00:00:00Z';

interface Rows {
  achievementId: string;
  list: StatusListRecord;
  count: number;
  /** Number of the first, where there are some in another list. */
  from?: number;
}

/** Issued ones of the first version, in the even places of the list. @returns their ids */
export async function insertAwards(
  { transactor }: Pick<Storage, 'transactor'>,
  { achievementId, list, count, from: first = 0 }: Rows,
): Promise<string[]> {
  const { tenant, listId, purpose } = list;
  const ids: string[] = [];
  for (let from = 0; from < count; from += CHUNK) {
    const writes: AnyWrite[] = [];
    for (let n = from; n < Math.min(from + CHUNK, count); n++) {
      const credentialId = randomId(systemRandom);
      ids.push(credentialId);
      const row = {
        ...{ tenant, credentialId, awardId: `urn:uuid:${first + n}`, edition: 1, achievementId, achievementVersion: 1 },
        ...{ recipient: { subjectId: `urn:uuid:${first + n}` }, keyId: 'key-1-assertion' },
        ...{ statusListId: listId, statusListIndex: n * 4, statusPurpose: purpose },
        ...{ phase: 'prepared' as const, state: 'active' as const, unsigned: '{}' },
        ...{ awardedDate: AT, validFrom: AT, proofCreated: AT, preparedAt: AT },
      };
      const issued = { tenant, credentialId, signed: '{}', sha256: '0'.repeat(64), issuedAt: AT };
      writes.push({ op: 'credential.prepare', row }, { op: 'credential.issue', ...issued });
    }
    await transactor.commit(writes);
  }
  return ids;
}
