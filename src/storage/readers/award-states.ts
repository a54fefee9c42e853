import { type Kysely, sql } from 'kysely';
import type { CredentialReader, StateRow } from '#credentials';
import type { Tables } from '../tables.ts';

/** Ids per statement, below every engine's limit of parameters. */
const CHUNK = 500;

const COLUMNS = [
  'credentialId',
  'formOf',
  'state',
  'statusPurpose',
  'statusListId',
  'statusListIndex',
] as const satisfies (keyof StateRow)[];

type AwardStatePart = Pick<CredentialReader, 'statesOf' | 'formStates' | 'awardsIn'>;

/** Where many credentials stand, without the documents. */
export function awardStatesReader(db: Kysely<Tables>): AwardStatePart {
  const some = (tenant: string) => db.selectFrom('credentials').select(COLUMNS).where('tenant', '=', tenant);

  async function inChunks(ids: readonly string[], query: (some: readonly string[]) => Promise<Row[]>) {
    const found: StateRow[] = [];
    const sorted = [...new Set(ids)].sort();
    for (let from = 0; from < sorted.length; from += CHUNK) {
      found.push(...(await query(sorted.slice(from, from + CHUNK))).map(stateRowOf));
    }
    return found;
  }

  return {
    statesOf: (tenant, ids) =>
      inChunks(ids, (part) =>
        some(tenant).where('credentialId', 'in', part).where('phase', '=', 'issued').orderBy('credentialId').execute(),
      ),

    async formStates(tenant, webCopyIds) {
      const found = await inChunks(webCopyIds, (part) =>
        some(tenant).where('formOf', 'in', part).where('abandonedAt', 'is', null).execute(),
      );
      return found.sort((a, b) => (a.credentialId < b.credentialId ? -1 : 1));
    },

    async awardsIn({ tenant, ...of }, states, limit, suspendable = false) {
      // Every form of an award stands as its web copy does.
      const web = sql<string>`coalesce(form_of, credential_id)`;
      const where = (column: 'batchId' | 'keyId' | 'jwtKeyId', value: string) => {
        const query = db
          .selectFrom('credentials')
          .select(web.as('webCopyId'))
          .distinct()
          .where('tenant', '=', tenant)
          .where(column, '=', value)
          .where('phase', '=', 'issued')
          .where('state', 'in', states);
        return (suspendable ? query.where('statusPurpose', '=', 'suspension') : query)
          .orderBy('webCopyId')
          .limit(limit)
          .execute();
      };
      // One after the other: with "or" neither index would be used.
      const queries =
        'batchId' in of ? [where('batchId', of.batchId)] : [where('keyId', of.keyId), where('jwtKeyId', of.keyId)];
      const found = new Set((await Promise.all(queries)).flat().map(({ webCopyId }) => webCopyId));
      return [...found].sort().slice(0, limit);
    },
  };
}

type Row = Pick<Tables['credentials'], (typeof COLUMNS)[number]>;

const stateRowOf = ({ formOf, ...row }: Row): StateRow => ({ ...row, ...(formOf === null ? {} : { formOf }) });
