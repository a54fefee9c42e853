import type { Kysely } from 'kysely';
import type { HolderIdentifier, HolderReader } from '#holders';
import { holderSessionRow, mailCodeRow } from '../rows.ts';
import type { Tables } from '../tables.ts';

export function holderReader(db: Kysely<Tables>): HolderReader {
  return {
    async holderSession(tokenSha256) {
      const row = await db
        .selectFrom('holderSessions')
        .selectAll()
        .where('tokenSha256', '=', tokenSha256)
        .executeTakeFirst();
      if (!row) return undefined;
      const identifiers = await db
        .selectFrom('holderIdentifiers')
        .select(['kind', 'value', 'provenAt'])
        .where('sessionId', '=', row.sessionId)
        .orderBy('provenAt')
        .orderBy('kind')
        .orderBy('value')
        .execute();
      return { ...holderSessionRow.fromRow(row), identifiers: identifiers as HolderIdentifier[] };
    },

    async mailCode(sessionId, email) {
      const row = await db
        .selectFrom('mailCodes')
        .selectAll()
        .where('sessionId', '=', sessionId)
        .where('email', '=', email)
        .executeTakeFirst();
      return row && mailCodeRow.fromRow(row);
    },

    async credentialsOfIdentifier({ kind, value, vouchedBy }, limit) {
      const issued = () =>
        db
          .selectFrom('credentials')
          .select(['tenant', 'credentialId', 'awardId', 'edition', 'subjectId', 'state', 'issuedAt', 'recipient'])
          .where('phase', '=', 'issued');
      const newest = (query: ReturnType<typeof issued>) =>
        query.orderBy('preparedAt', 'desc').orderBy('issuedAt', 'desc').orderBy('credentialId').limit(limit).execute();
      const rows =
        kind === 'email'
          ? // Each by its own index.
            [
              ...(await newest(issued().where('email', '=', value))),
              ...(await newest(issued().where('guardianEmail', '=', value))),
            ]
          : kind === 'did'
            ? await newest(issued().where('subjectId', '=', value))
            : await newest(
                issued()
                  .where('studentNumber', '=', value)
                  .where('tenant', '=', vouchedBy ?? '')
                  .where('email', 'is', null)
                  .where('subjectId', 'not like', 'did:%'),
              );
      return rows.map(({ recipient, subjectId, issuedAt, ...row }) => ({
        ...row,
        ...{ subjectId: subjectId!, issuedAt: issuedAt!, recipient: JSON.parse(recipient) },
      }));
    },

    async studentNumbersOf(email) {
      const rows = await db
        .selectFrom('credentials')
        .select(['tenant', 'studentNumber'])
        .distinct()
        .where('email', '=', email)
        .where('studentNumber', 'is not', null)
        .where('phase', '=', 'issued')
        .where('state', '=', 'active')
        .orderBy('tenant')
        .orderBy('studentNumber')
        .execute();
      return rows.map(({ tenant, studentNumber }) => ({ tenant, studentNumber: studentNumber! }));
    },
  };
}
