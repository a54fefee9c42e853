import { casePlace } from './around.ts';
import { once } from './awards.ts';
import { inChunks, type PersonalPlace } from './place.ts';

/**
 * Records of what an institution decided. They rest on digests that were signed or logged, and are never changed; whoever wants
 * them erased asks the institution, which has to keep academic records by law.
 */
export const evaluationPlace: PersonalPlace = {
  columns: { evaluations: ['subjectId', 'input', 'output', 'report', 'sources'] },
  async find(db, { subjects }) {
    const rows = await inChunks(subjects, (ids) =>
      db.selectFrom('evaluations').selectAll().where('subjectId', 'in', ids).execute(),
    );
    return rows.map(({ tenant, evaluationId, createdAt, pathway, date, outcome, report, sources }) => ({
      ...{ tenant, object: evaluationId, fate: 'kept' as const },
      data: {
        ...{ evaluation: evaluationId, createdAt, pathway, date, outcome },
        ...{ report: JSON.parse(report), sources: JSON.parse(sources) },
      },
    }));
  },
};

export const conferralPlace: PersonalPlace = {
  columns: { conferrals: ['subjectId', 'body', 'learnerRecord', 'findings', 'reviewReason', 'checkNote'] },
  async find(db, { subjects }) {
    const rows = await inChunks(subjects, (ids) =>
      db.selectFrom('conferrals').selectAll().where('subjectId', 'in', ids).execute(),
    );
    return rows.map(({ tenant, conferralId, state, pathway, credentialId, preparedAt, body, learnerRecord }) => ({
      ...{ tenant, object: conferralId, fate: 'kept' as const },
      data: {
        ...{ conferral: conferralId, state, pathway, credential: credentialId, preparedAt, body: JSON.parse(body) },
        learnerRecord: learnerRecord && JSON.parse(learnerRecord),
      },
    }));
  },
};

/** Evidence and assessments of a case, as they were said. */
export const caseEntryPlace: PersonalPlace = {
  columns: { priorLearningEntries: ['body'] },
  async find(db, scope) {
    const cases = await casesOf(db, scope);
    const rows = await inChunks(cases, (ids) =>
      db.selectFrom('priorLearningEntries').selectAll().where('caseId', 'in', ids).execute(),
    );
    const items = rows.map(({ tenant, caseId, kind, number, at, body }) => ({
      ...{ tenant, object: `${caseId}/${kind}/${number}`, fate: 'kept' as const },
      data: { case: caseId, entry: kind, number, at, body: JSON.parse(body) },
    }));
    return once(items);
  },
};

async function casesOf(...[db, scope]: Parameters<PersonalPlace['find']>): Promise<string[]> {
  return (await casePlace.find(db, scope)).map(({ object }) => object);
}
