import { sql } from 'kysely';
import { caseRow, importedRow } from '../rows.ts';
import { likely, once, sought } from './awards.ts';
import { isTheirs } from './people-in-json.ts';
import { inChunks, type PersonalPlace } from './place.ts';

/** An offer of a badge, with the keys of the wallets that took it. */
export const offerPlace: PersonalPlace = {
  columns: { offers: ['holders'] },
  async find(db, { credentialIds }) {
    const rows = await inChunks(credentialIds, (ids) =>
      db.selectFrom('offers').selectAll().where('credentialId', 'in', ids).execute(),
    );
    return rows.flatMap(({ tenant, offerId, credentialId, state, holders, createdAt, expiresAt, takenAt, takenBy }) =>
      // Nothing of the person is left in one that is closed and names no key.
      state !== 'open' && (holders === null || holders === '[]')
        ? []
        : [
            {
              ...{ tenant, object: offerId, of: credentialId, fate: 'erasable' as const },
              data: {
                ...{ offer: offerId, credential: credentialId, state, createdAt, expiresAt, takenAt, takenBy },
                holders: holders && JSON.parse(holders),
              },
            },
          ],
    );
  },
  async erase(trx, { tenant, object }) {
    const offers = () => trx.updateTable('offers').where('tenant', '=', tenant).where('offerId', '=', object);
    await offers().set({ state: 'withdrawn', withdrawnBy: 'holder' }).where('state', '=', 'open').execute();
    await offers().set({ holders: '[]' }).where('holders', 'is not', null).execute();
  },
};

/** A badge on its way to a wallet, with the keys of it. */
export const walletIssuancePlace: PersonalPlace = {
  columns: { walletIssuances: ['holders'] },
  async find(db, { credentialIds }) {
    const rows = await inChunks(credentialIds, (ids) =>
      db
        .selectFrom('walletIssuances')
        .innerJoin('offers', 'offers.offerId', 'walletIssuances.offerId')
        .select(['walletIssuances.tenant', 'issuanceId', 'walletIssuances.holders', 'walletIssuances.createdAt'])
        .select('offers.credentialId')
        .where('offers.credentialId', 'in', ids)
        .where('walletIssuances.holders', '<>', '[]')
        .execute(),
    );
    return rows.map(({ tenant, issuanceId, holders, createdAt, credentialId }) => ({
      ...{ tenant, object: issuanceId, of: credentialId, fate: 'erasable' as const },
      data: { createdAt, holders: JSON.parse(holders) },
    }));
  },
  async erase(trx, { tenant, object }) {
    const update = trx.updateTable('walletIssuances').set({ holders: '[]' }).where('tenant', '=', tenant);
    await update.where('issuanceId', '=', object).execute();
  },
};

/** A message that waits to be sent; once it is sent, its address and text are forgotten anyway. */
export const mailPlace: PersonalPlace = {
  columns: { mail: ['to', 'content'] },
  passing: true,
  async find(db, { emails, credentialIds }) {
    const offers = await inChunks(credentialIds, (ids) =>
      db.selectFrom('offers').select('offerId').where('credentialId', 'in', ids).execute(),
    );
    const queued = () => db.selectFrom('mail').selectAll().where('state', '=', 'queued').where('kind', '<>', 'signIn');
    const rows = [
      ...(await inChunks(emails, (some) => queued().where('to', 'in', some).execute())),
      ...(await inChunks(
        offers.map(({ offerId }) => offerId),
        (ids) => queued().where('object', 'in', ids).execute(),
      )),
    ];
    // The code in a message is for its reader's eyes, and an export is a file.
    const items = rows.map(({ tenant, mailId, kind, to, object, createdAt }) => ({
      ...{ tenant, object: mailId, fate: 'erasable' as const, data: { kind, to, about: object, createdAt } },
    }));
    return once(items);
  },
  async erase(trx, { object, erasedAt }) {
    await trx
      .updateTable('mail')
      .set({ state: 'failed', settledAt: erasedAt, lastAnswer: 'erased', to: null, content: null })
      .where('mailId', '=', object)
      .where('state', '=', 'queued')
      .execute();
  },
};

/** A session in which the address or the key was proven, and codes on their way to the address. */
export const sessionPlace: PersonalPlace = {
  columns: { holderIdentifiers: ['value'], mailCodes: ['email'] },
  passing: true,
  async find(db, { emails, dids }) {
    const values = [...emails, ...dids];
    const proven = await inChunks(values, (some) =>
      db.selectFrom('holderIdentifiers').selectAll().where('value', 'in', some).execute(),
    );
    const asked = await inChunks(emails, (some) =>
      db.selectFrom('mailCodes').select(['sessionId', 'email', 'createdAt']).where('email', 'in', some).execute(),
    );
    const items = [
      ...asked.map(({ sessionId, email, createdAt }) => ({ sessionId, data: { codeSentTo: email, at: createdAt } })),
      ...proven.map(({ sessionId, kind, value, provenAt }) => ({ sessionId, data: { kind, value, provenAt } })),
    ].map(({ sessionId, data }) => ({ tenant: 'system', object: sessionId, fate: 'erasable' as const, data }));
    return once(items);
  },
  async erase(trx, { object }) {
    for (const table of ['mailCodes', 'holderIdentifiers', 'holderSessions'] as const)
      await trx.deleteFrom(table).where('sessionId', '=', object).execute();
  },
};

/** A badge of another issuer that somebody brought; what its bytes say is in the export, however it was packed. */
export const importedPlace: PersonalPlace = {
  columns: {
    importedCredentials: [
      ...([
        'keeperValue',
        'received',
        'credential',
        'credentialId',
        'name',
        'issuerName',
        'subject',
        'address',
      ] as const),
    ],
  },
  async find(db, { emails, dids }) {
    const kept = async (kind: 'email' | 'did', values: readonly string[]) =>
      inChunks(values, (some) =>
        db
          .selectFrom('importedCredentials')
          .selectAll()
          .where('keeperKind', '=', kind)
          .where('keeperValue', 'in', some)
          .execute(),
      );
    const rows = [...(await kept('email', emails)), ...(await kept('did', dids))];
    return rows.map((row) => {
      const { received, importId, ...shown } = importedRow.fromRow(row);
      const data = { ...shown, import: importId, receivedBase64: Buffer.from(received).toString('base64') };
      return { tenant: 'system', object: importId, fate: 'erasable' as const, data };
    });
  },
  async erase(trx, { object }) {
    await trx.deleteFrom('importedCredentials').where('importId', '=', object).execute();
  },
};

/** Somebody who asked that what they learned elsewhere is recognised. */
export const casePlace: PersonalPlace = {
  columns: { priorLearningCases: ['candidate', 'award', 'reason', 'trainingProvider'] },
  async find(db, scope) {
    const rows = await inChunks(scope.credentialIds, (ids) =>
      db.selectFrom('priorLearningCases').selectAll().where('credentialId', 'in', ids).execute(),
    );
    for (const value of sought(scope)) {
      const like = db
        .selectFrom('priorLearningCases')
        .selectAll()
        .where(sql<boolean>`lower(candidate) like ${likely(value)} escape '!'`);
      const some = await like.execute();
      rows.push(...some.filter(({ candidate, tenant }) => isTheirs(JSON.parse(candidate), tenant, scope)));
    }
    const items = rows.map((row) => {
      // Who of the institution opened and assessed it is not the candidate's data.
      const { openedBy: _, openedPerson: __, assessedPerson: ___, ...shown } = caseRow.fromRow(row);
      return {
        ...{ tenant: row.tenant, object: row.caseId, data: { ...shown } as Record<string, unknown> },
        fate: row.closedAt === null ? ('busy' as const) : ('erasable' as const),
        ...(row.credentialId === null ? {} : { of: row.credentialId }),
      };
    });
    return once(items).filter(({ data }) => Object.keys(data.candidate as object).length > 1);
  },
  async erase(trx, { tenant, object }) {
    const cases = trx.selectFrom('priorLearningCases').selectAll().where('tenant', '=', tenant);
    const row = await cases.where('caseId', '=', object).executeTakeFirst();
    if (!row) return;
    const { subjectId } = JSON.parse(row.candidate) as { subjectId: string };
    const award = row.award === null ? null : JSON.stringify({ ...JSON.parse(row.award), body: {} });
    const update = trx.updateTable('priorLearningCases').set({
      ...{ candidate: JSON.stringify({ subjectId }), award, trainingProvider: null },
      // One that was withdrawn says why.
      reason: row.reason === null ? null : 'erased',
    });
    await update.where('tenant', '=', tenant).where('caseId', '=', object).execute();
  },
};
