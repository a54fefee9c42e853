import { sql } from 'kysely';
import { UniqueViolation } from '#kernel';
import { releaseChoiceRow } from '../rows.ts';
import { theirsIn, withoutPerson } from './people-in-json.ts';
import { inChunks, type PersonalPlace } from './place.ts';
import type { Scope } from './scope.ts';

/** A badge: who it is for, and its text where somebody is named in it. */
export const credentialPlace: PersonalPlace = {
  columns: {
    credentials: ['recipient', 'subjectId', 'email', 'studentNumber', 'unsigned', 'signed', 'jwt'],
  },
  find: async (_, { credentials }) =>
    credentials.map(({ tenant, credentialId, recipient, phase, state, awardId, awardedDate, ...row }) => ({
      ...{
        tenant,
        object: credentialId,
        of: credentialId,
        fate: phase === 'prepared' ? ('busy' as const) : ('erasable' as const),
      },
      data: {
        ...{ id: credentialId, awardId, state, awardedDate, issuedAt: row.issuedAt, recipient, sha256: row.sha256 },
        ...{ credential: JSON.parse(row.signed ?? row.unsigned), jwt: row.jwt },
      },
      credential: {
        awardedDate,
        ...(row.sha256 === undefined ? {} : { sha256: row.sha256 }),
        ...(row.signed === undefined ? {} : { signed: row.signed }),
      },
    })),
  async erase(trx, { tenant, object, erasedAt, kept }) {
    const row = await trx
      .selectFrom('credentials')
      .select(['phase', 'subjectId', 'erasedAt'])
      .where('tenant', '=', tenant)
      .where('credentialId', '=', object)
      .executeTakeFirst();
    if (!row || row.erasedAt !== null) return;
    if (row.phase === 'prepared') throw new UniqueViolation('personal.busy');
    // A minted id says nothing; the key of a wallet is its holder's.
    const subjectId = row.subjectId?.startsWith('urn:uuid:') ? row.subjectId : `urn:tatak:erased:${object}`;
    await trx
      .updateTable('credentials')
      .set({ recipient: JSON.stringify({ subjectId }), subjectId, email: null, studentNumber: null, erasedAt })
      .set({ guardianEmail: null, guardianUntil: null })
      // Empty, not absent: an issued one has its digest, and that digest is of a text.
      .$if(kept !== 'document', (query) =>
        query.set({ unsigned: '{}', signed: row.phase === 'issued' ? '' : null, jwt: null }),
      )
      .where('tenant', '=', tenant)
      .where('credentialId', '=', object)
      .execute();
  },
};

/** A row of a class list. */
export const batchRowPlace: PersonalPlace = {
  columns: { batchRows: ['input', 'errors'] },
  async find(db, scope) {
    const rows = () => db.selectFrom('batchRows').selectAll();
    const ofBadges = scope.credentials.filter(({ batchId }) => batchId !== undefined);
    const found = [];
    for (const { tenant, batchId, batchRow } of ofBadges) {
      const one = rows().where('tenant', '=', tenant).where('batchId', '=', batchId!).where('row', '=', batchRow!);
      found.push(...(await one.execute()).filter(({ input }) => input !== '{}'));
    }
    const known = new Set(found.map(({ batchId, row }) => `${batchId}/${row}`));
    for (const value of sought(scope)) {
      const open = await rows()
        .where(sql<boolean>`credential_id is null`)
        .where(sql<boolean>`lower(input) like ${likely(value)} escape '!'`)
        .execute();
      for (const row of open) {
        const name = `${row.batchId}/${row.row}`;
        if (known.has(name) || theirsIn(row.input, row.tenant, scope).length === 0) continue;
        known.add(name);
        found.push(row);
      }
    }
    return found.map(({ tenant, batchId, row, input, state, errors, credentialId }) => ({
      ...{ tenant, object: `${batchId}/${row}` },
      // What waits to be issued is issued or called off first: nobody is issued a badge without their name.
      fate: state === 'valid' && credentialId === null ? ('busy' as const) : ('erasable' as const),
      data: { batch: batchId, row, state, input: JSON.parse(input), errors: errors && JSON.parse(errors) },
      ...(credentialId === null ? {} : { of: credentialId }),
    }));
  },
  async erase(trx, { tenant, object }) {
    const [batchId = '', row] = object.split('/');
    const rows = () =>
      trx
        .updateTable('batchRows')
        .where('tenant', '=', tenant)
        .where('batchId', '=', batchId)
        .where('row', '=', Number(row));
    await rows().set({ input: '{}', errors: null }).execute();
    // In a restored store it may wait again: nobody is issued a badge for nobody.
    const waited = await rows().set({ state: 'failed' }).where('state', '=', 'valid').executeTakeFirst();
    if (waited.numUpdatedRows === 0n) return;
    await trx
      .updateTable('batches')
      .set((eb) => ({ failedRows: eb('failedRows', '+', 1) }))
      .where('tenant', '=', tenant)
      .where('batchId', '=', batchId)
      .execute();
  },
};

/** Somebody in a request that a second person decides, or decided. */
export const approvalPlace: PersonalPlace = {
  columns: { approvals: ['body'] },
  async find(db, scope) {
    const found = [];
    for (const value of sought(scope)) {
      const rows = await db
        .selectFrom('approvals')
        .select(['tenant', 'approvalId', 'state', 'body', 'credentialIds'])
        .where(sql<boolean>`lower(body) like ${likely(value)} escape '!'`)
        .execute();
      for (const { tenant, approvalId, state, body, credentialIds } of rows) {
        const issued = JSON.parse(credentialIds ?? '[]') as string[];
        for (const { pointer, value: recipient } of theirsIn(body, tenant, scope)) {
          const busy = state === 'pending' || state === 'approved';
          const of = issued[Number(pointer.split('/').at(-1))];
          found.push({
            ...{ tenant, object: `${approvalId}#${pointer}`, fate: busy ? ('busy' as const) : ('erasable' as const) },
            data: { approval: approvalId, state, recipient },
            ...(of === undefined ? {} : { of }),
          });
        }
      }
    }
    return once(found);
  },
  async erase(trx, { tenant, object }) {
    const [approvalId = '', pointer = ''] = object.split('#');
    const of = trx.selectFrom('approvals').select('body').where('tenant', '=', tenant);
    const row = await of.where('approvalId', '=', approvalId).executeTakeFirst();
    if (!row) return;
    const body = withoutPerson(row.body, pointer);
    const update = trx.updateTable('approvals').set({ body }).where('tenant', '=', tenant);
    await update.where('approvalId', '=', approvalId).execute();
  },
};

/** What the learner chose to show. */
export const choicePlace: PersonalPlace = {
  columns: { releaseChoices: ['name', 'comparison', 'page', 'chosenAt'] },
  async find(db, { credentialIds }) {
    const rows = await inChunks(credentialIds, (ids) =>
      db.selectFrom('releaseChoices').selectAll().where('credentialId', 'in', ids).execute(),
    );
    return rows.map((row) => ({
      ...{ tenant: row.tenant, object: row.credentialId, of: row.credentialId, fate: 'erasable' as const },
      data: { ...releaseChoiceRow.fromRow(row) },
    }));
  },
  async erase(trx, { object }) {
    await trx.deleteFrom('releaseChoices').where('credentialId', '=', object).execute();
  },
};

/** By which a text that may name somebody is found; whether it does is looked at afterwards. */
export const sought = ({ emails, numbers, ward }: Pick<Scope, 'emails' | 'numbers' | 'ward'>) => [
  ...emails,
  ...numbers.map(({ studentNumber }) => studentNumber),
  ...(ward?.guardians ?? []),
];

/** In JSON text, whatever the case. */
export const likely = (value: string): string =>
  `%${JSON.stringify(value).slice(1, -1).toLowerCase().replace(/[!%_]/g, '!$&')}%`;

/** The same thing may be found by an address and by a number. */
export function once<T extends { object: string }>(items: readonly T[]): T[] {
  return [...new Map(items.map((item) => [item.object, item])).values()];
}
