import type { AchievementReader } from '#achievements';
import { canonicalJson, type Json, type JsonObject, Problem, parseStrictJson, sha256Hex } from '#kernel';
import type { Appeal, AssessmentRecord, WorkplaceEvidence } from './model.ts';
import { type Outcome, outcomesOf } from './outcomes.ts';
import type { CaseEntry, CaseRecord, EntryKind, PriorLearningReader } from './ports.ts';

/** An entry with what was said in it, read. */
export interface Said<T> {
  entry: CaseEntry;
  said: T;
}

/** Everything of one case: the case, what has to be shown, and what was said, each list in its order. */
export interface CaseFile {
  record: CaseRecord;
  /** The pinned version. */
  definition: JsonObject;
  outcomes: Outcome[];
  evidence: Said<WorkplaceEvidence>[];
  assessments: Said<AssessmentRecord>[];
  appeals: Said<Appeal>[];
}

/** @throws Problem `not-found` when this tenant has no such case */
export async function readFile(
  reader: PriorLearningReader & Pick<AchievementReader, 'achievement'>,
  tenant: string,
  caseId: string,
): Promise<CaseFile> {
  const record = await reader.priorLearningCase(tenant, caseId);
  if (!record) throw new Problem('not-found', 'there is no such case');
  const achievement = await reader.achievement(record.achievementId, record.achievementVersion);
  if (!achievement) throw new Error('a case without its achievement');
  const definition = achievement.document as JsonObject;
  const entries = await reader.priorLearningEntries(tenant, caseId);
  return {
    record,
    definition,
    outcomes: outcomesOf(definition),
    evidence: saidIn(entries, 'evidence'),
    assessments: saidIn(entries, 'assessment'),
    appeals: saidIn(entries, 'appeal'),
  };
}

const saidIn = <T>(entries: readonly CaseEntry[], kind: EntryKind): Said<T>[] =>
  entries
    .filter((entry) => entry.kind === kind)
    .map((entry) => ({ entry, said: parseStrictJson(entry.body) as unknown as T }));

/** The text that is kept, and digested, of what is said. */
export function toEntry(
  said: object,
  where: Pick<CaseEntry, 'tenant' | 'caseId' | 'kind' | 'number'>,
  who: Pick<CaseEntry, 'at' | 'by' | 'person'>,
): CaseEntry {
  const body = canonicalJson(said as Json);
  return { ...where, ...who, body, sha256: sha256Hex(body) };
}

/** Whether the latest assessment was appealed against and nobody has assessed since. */
export function isAppealed({ assessments, appeals }: CaseFile): boolean {
  const [last, appeal] = [assessments.at(-1), appeals.at(-1)];
  return last !== undefined && appeal !== undefined && appeal.said.against === last.entry.number;
}
