import type { AchievementReader } from '#achievements';
import type { Issuer } from '#credentials';
import type { InstitutionReader } from '#institutions';
import {
  dayIn,
  type FieldError,
  fieldProblem,
  formatInstant,
  type Json,
  type JsonObject,
  Problem,
  type Random,
  randomId,
  randomUuid,
  refuseBadFields,
  UniqueViolation,
} from '#kernel';
import { type Acting, assertOtherPerson, assertState, personOf } from './acting.ts';
import { assessmentFaults, decide } from './assessment.ts';
import { type AwardDeps, inCaseTerms, pushAward } from './award.ts';
import { awardBody, citedIn } from './award-body.ts';
import { evidenceFaults, toEvidence } from './evidence.ts';
import { type CaseFile, readFile, toEntry } from './file.ts';
import type { AssessmentInput, AssessmentRecord, AwardTerms } from './model.ts';
import type { CaseChange, CaseRecord, EntryKind, PriorLearningWrite, Route } from './ports.ts';
import { pretended, rehearse, ZEROS } from './rehearsal.ts';
import { appealCheck, assessmentCheck, awardCheck, evidenceCheck, openingCheck, withdrawalCheck } from './schemas.ts';

export interface PriorLearningDeps extends AwardDeps {
  reader: AwardDeps['reader'] & Pick<AchievementReader, 'achievement'> & Pick<InstitutionReader, 'institution'>;
  issuer: Pick<Issuer, 'check'>;
  random: Random;
}

/** Something done in a case; `body` is strictly parsed JSON. */
export type CaseCall = Acting & { caseId: string; body: Json };

/**
 * From the job to a credential: evidence is brought, another person judges each outcome of one pinned definition on it, and
 * what is recognised is awarded once. All throw Problem `not-found`, `invalid-request` with pointers, `person-required`, and
 * `conflict` when the case is in another state or was changed meanwhile; nothing is stored then.
 */
export interface PriorLearning {
  /** What issuing could never accept is refused now. @throws Problem `not-entitled`, `lint-failed` */
  open(call: Acting & { body: Json }): Promise<CaseFile>;
  /** While the case is not recognised. @throws Problem `lint-failed` */
  addEvidence(call: CaseCall): Promise<CaseFile>;
  /** A record of its own each time; those before stay. @throws Problem `same-person`, `lint-failed` */
  assess(call: CaseCall): Promise<CaseFile>;
  /** Notes an appeal against the latest assessment: the next one is another person's. */
  appeal(call: CaseCall): Promise<CaseFile>;
  /**
   * Asks issuing for the one credential of a recognised case, by the policy of the institution: it is `awarded`, or
   * `awarding` until a second person has approved it. Asked again it gives the same answer, whatever the terms.
   * @throws Problem as `Approvals.submit`
   */
  award(call: CaseCall): Promise<CaseFile>;
  withdraw(call: CaseCall): Promise<CaseFile>;
  get(tenant: string, caseId: string): Promise<CaseFile>;
  /** Carries on what waits for a second person or was interrupted: at start and from time to time. @throws the first error that is no Problem, after all were tried */
  finishAwards(): Promise<void>;
}

const PAGE = 1_000;
const MAX_ENTRIES = 50;

export function createPriorLearning(deps: PriorLearningDeps): PriorLearning {
  const { reader, transactor, clock } = deps;
  const get = (tenant: string, caseId: string) => readFile(reader, tenant, caseId);

  async function todayOf(tenant: string): Promise<string> {
    const institution = await reader.institution(tenant);
    return dayIn(clock.now(), institution?.profile.timeZone);
  }

  /** One act: the case, what was said, and a line in the log, together. */
  async function commit({ tenant, actor: by }: Acting, to: CaseStep, said?: Saying): Promise<CaseFile> {
    const caseId = to.op === 'priorLearning.open' ? to.row.caseId : to.caseId;
    const at = formatInstant(clock.now());
    const first = said?.first ?? 0;
    const entries = (said?.what ?? []).map((one, index) =>
      toEntry(one, { tenant, caseId, kind: said!.kind, number: first + index }, { at, by, person: said!.person }),
    );
    if (first + entries.length > MAX_ENTRIES)
      throw new Problem('conflict', `a case has at most ${MAX_ENTRIES} of these`);
    const state = to.op === 'priorLearning.open' ? to.row.state : to.set.state;
    const detail = {
      ...(state === undefined ? {} : { state }),
      ...(entries.length === 0 ? {} : { first, entries: entries.length }),
    };
    const objectSha256 = entries.length === 1 ? { objectSha256: entries[0]!.sha256 } : {};
    const { operation, ...step } = to;
    try {
      await transactor.commit([
        step,
        ...entries.map((row): PriorLearningWrite => ({ op: 'priorLearning.enter', row })),
        { op: 'audit.append', at, tenant, actor: by, operation, object: caseId, ...objectSha256, detail },
      ]);
    } catch (error) {
      if (!(error instanceof UniqueViolation)) throw error;
      throw new Problem('conflict', 'this case was changed meanwhile: read it again');
    }
    return get(tenant, caseId);
  }

  return {
    get,

    async open({ body, ...acting }) {
      refuseBadFields(openingCheck(body));
      const { tenant, actor } = acting;
      const person = personOf(acting);
      const asked = body as unknown as Opening;
      const { achievementId, version, route, trainingProvider, workplaceEvidence = [] } = asked;
      const achievement = await reader.achievement(achievementId, version);
      if (!achievement) {
        const pointer = version === undefined ? '/achievementId' : '/version';
        throw fieldProblem('invalid-request', pointer, 'there is no such achievement', 'unknown_achievement');
      }
      if (!achievement.extension) {
        throw fieldProblem(
          'invalid-request',
          '/achievementId',
          'has no terms for a route of learning',
          'extension_off',
        );
      }
      refuseBadFields(evidenceFaults(workplaceEvidence, [], asked.candidate, await todayOf(tenant)));
      const record: CaseRecord = {
        tenant,
        caseId: randomId(deps.random),
        state: 'open',
        ...{ route, achievementId, achievementVersion: achievement.version },
        candidate: { subjectId: `urn:uuid:${randomUuid(deps.random)}`, ...asked.candidate },
        ...(trainingProvider === undefined ? {} : { trainingProvider }),
        revision: 0,
        openedAt: formatInstant(clock.now()),
        openedBy: actor,
        openedPerson: person,
        attempt: 1,
      };
      const what = workplaceEvidence.map(toEvidence);
      await rehearse(deps.issuer, tenant, pretended(record, what));
      const opening = { op: 'priorLearning.open', operation: 'priorLearning.open', row: record } as const;
      return commit(acting, opening, { kind: 'evidence', what, person });
    },

    async addEvidence({ caseId, body, ...acting }) {
      const file = await get(acting.tenant, caseId);
      refuseBadFields(evidenceCheck(body));
      const person = personOf(acting);
      assertState(file.record.state, 'evidence');
      const known = file.evidence.map((one) => one.said);
      const { workplaceEvidence } = body as unknown as Required<Pick<Opening, 'workplaceEvidence'>>;
      refuseBadFields(evidenceFaults(workplaceEvidence, known, file.record.candidate, await todayOf(acting.tenant)));
      const what = workplaceEvidence.map(toEvidence);
      await rehearse(deps.issuer, acting.tenant, pretended(file.record, what));
      const step = stepOf(file.record, 'priorLearning.evidence');
      return commit(acting, step, { kind: 'evidence', what, first: known.length, person });
    },

    async assess({ caseId, body, ...acting }) {
      const file = await get(acting.tenant, caseId);
      refuseBadFields(assessmentCheck(body));
      const person = personOf(acting);
      assertState(file.record.state, 'assess');
      assertOtherPerson(person, file);
      const { definition, outcomes } = file;
      const evidence = file.evidence.map((one) => one.said);
      const input = body as unknown as AssessmentInput;
      const today = await todayOf(acting.tenant);
      const { candidate, achievementId, achievementVersion, route } = file.record;
      refuseBadFields(assessmentFaults(input, { definition, outcomes, evidence, candidate, today }));
      const assessment: AssessmentRecord = {
        ...input,
        ...decide(input.judgements, outcomes),
        ...{ caseId, number: file.assessments.length, subjectId: candidate.subjectId },
        ...{ achievementId, achievementVersion, route },
        evidenceSha256: file.evidence.map(({ entry }) => entry.sha256),
      };
      if (assessment.decision === 'recognised') {
        const parts = { record: file.record, outcomes, evidence, assessment, sha256: ZEROS, terms: {} };
        await rehearse(deps.issuer, acting.tenant, parts);
      }
      const step = stepOf(file.record, 'priorLearning.assess', { state: assessment.decision, assessedPerson: person });
      return commit(acting, step, { kind: 'assessment', what: [assessment], first: assessment.number, person });
    },

    async appeal({ caseId, body, ...acting }) {
      const file = await get(acting.tenant, caseId);
      refuseBadFields(appealCheck(body));
      const person = personOf(acting);
      assertState(file.record.state, 'appeal');
      const { on } = body as { on: string };
      if (on > (await todayOf(acting.tenant))) throw fieldProblem('invalid-request', '/on', 'is in the future');
      const what = [{ ...(body as JsonObject), against: file.assessments.at(-1)!.entry.number }];
      const first = file.appeals.length;
      const step = stepOf(file.record, 'priorLearning.appeal');
      return commit(acting, step, { kind: 'appeal', what, first, person });
    },

    async award({ caseId, body, ...acting }) {
      const { tenant, actor, person } = acting;
      let file = await get(tenant, caseId);
      refuseBadFields(awardCheck(body));
      assertState(file.record.state, 'award');
      const { said: assessment, entry } = file.assessments.at(-1)!;
      if (file.record.state === 'recognised') {
        const terms = body as unknown as AwardTerms;
        const awardedDate = terms.awardedDate ?? (await todayOf(tenant));
        refuseBadFields(awardFaults(awardedDate, assessment.assessedOn, await todayOf(tenant)));
        const parts = { ...file, evidence: file.evidence.map((one) => one.said), assessment, sha256: entry.sha256 };
        const request = awardBody({ ...parts, terms: { ...terms, awardedDate } });
        const requestedAt = formatInstant(clock.now());
        const award = { body: request, requestedAt, actor, ...(person === undefined ? {} : { person }) };
        const asked = stepOf(file.record, 'priorLearning.award', { state: 'awarding', award });
        file = await commit(acting, asked).catch(async (error: unknown) => {
          // Somebody else has asked at the same time: their terms hold, their answer is ours.
          const now = await get(tenant, caseId);
          if (now.record.state === 'recognised') throw error;
          assertState(now.record.state, 'award');
          return now;
        });
      }
      if (file.record.state === 'awarding') {
        await pushAward(deps, file.record).catch((error: unknown) => {
          throw error instanceof Problem ? inCaseTerms(error, citedIn(assessment)) : error;
        });
        file = await get(tenant, caseId);
      }
      if (file.record.state !== 'recognised') return file;
      throw new Problem('conflict', 'the award was not approved: ask for it again');
    },

    async withdraw({ caseId, body, ...acting }) {
      const file = await get(acting.tenant, caseId);
      refuseBadFields(withdrawalCheck(body));
      assertState(file.record.state, 'withdraw');
      const { reason } = body as { reason: string };
      const set: CaseChange = { state: 'withdrawn', reason, closedAt: formatInstant(clock.now()) };
      return commit(acting, stepOf(file.record, 'priorLearning.withdraw', set));
    },

    async finishAwards() {
      const faults: unknown[] = [];
      for (const record of await reader.awardingCases(PAGE)) {
        await pushAward(deps, record).catch((error: unknown) => {
          if (!(error instanceof Problem)) faults.push(error);
        });
      }
      if (faults.length > 0) throw faults[0];
    },
  };
}

interface Opening {
  achievementId: string;
  version?: number;
  route: Route;
  candidate: Partial<CaseRecord['candidate']>;
  trainingProvider?: string;
  workplaceEvidence?: JsonObject[];
}

/** How an act changes the case itself, and what the log calls it. */
type CaseStep = Extract<PriorLearningWrite, { op: 'priorLearning.open' | 'priorLearning.change' }> & {
  operation: string;
};

/** What an act adds to the file. */
interface Saying {
  kind: EntryKind;
  what: readonly object[];
  /** Number of the first of them. */
  first?: number;
  person: string;
}

const stepOf = ({ tenant, caseId, revision }: CaseRecord, operation: string, set: CaseChange = {}): CaseStep => ({
  ...{ op: 'priorLearning.change', operation, tenant, caseId, revision, set },
});

function awardFaults(awardedDate: string, assessedOn: string, today: string): FieldError[] {
  const pointer = '/awardedDate';
  if (awardedDate < assessedOn) return [{ pointer, detail: `is before the day of the assessment, ${assessedOn}` }];
  return awardedDate > today ? [{ pointer, detail: 'is in the future' }] : [];
}
