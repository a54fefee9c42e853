import type { RecipientRequest } from '#credentials';
import { digestMultibase, type JsonObject, type Text } from '#kernel';
import type { Evaluation } from '#pathways';
import type { ComponentRecord, EvaluationRecord } from './ports.ts';

/** What the registrar says beside what the evaluation says. */
export interface ConferralInput {
  evaluationId: string;
  /** Own definition of the qualification. */
  achievementId: string;
  /** DID of whoever signed the pathway, when that is not this institution: its rules are taken on purpose. */
  pathwayIssuer?: string;
  /** Day of the catalogue the learner follows; the day of the evaluation when absent. */
  catalogueDate?: string;
  /** The latest when absent. */
  version?: number;
  /** The subject is that of the stack. */
  recipient?: Omit<RecipientRequest, 'subjectId' | 'evidence' | 'include'>;
  include?: RecipientRequest['include'];
}

/**
 * The request to issue: the qualification, whose evidence names each component, the pathway version and the evaluation, by id
 * and digest. What was not used is not named.
 */
export function conferralBody(
  input: ConferralInput & { version: number },
  row: EvaluationRecord,
  components: readonly ComponentRecord[],
  evaluationUrl: string,
): JsonObject {
  const { achievementId, version, recipient = {}, include } = input;
  const evaluation = JSON.parse(row.output) as Evaluation;
  const { id: pathway, name, version: pathwayVersion } = evaluation.pathway;
  const evidence = [
    ...components.map((component) => componentEvidence(component, evaluation, row)),
    {
      id: `${pathway}?version=${pathwayVersion}`,
      ...{ name, genre: 'Pathway', description: `Version ${pathwayVersion} of the pathway that was met.` },
      digestMultibase: digestMultibase(row.sources.pathway!.sha256),
    },
    {
      id: evaluationUrl,
      ...{ name: `Evaluation for ${row.date}`, genre: 'Stack evaluation', description: evaluation.sentence.en },
      digestMultibase: digestMultibase(row.outputSha256),
    },
  ];
  return {
    ...{ achievementId, version },
    ...(include ? { include } : {}),
    recipients: [{ ...recipient, subjectId: row.subjectId!, evidence }],
  } as unknown as JsonObject;
}

function componentEvidence({ credential, sha256 }: ComponentRecord, evaluation: Evaluation, row: EvaluationRecord) {
  const name = row.report.credentials.find(({ id }) => id === credential)?.name;
  const serves = servedBy(credential, evaluation).map(({ en }) => en);
  return {
    id: credential,
    ...(name ? { name } : {}),
    genre: 'Component credential',
    description: cut(`Serves: ${serves.join('; ')}`),
    digestMultibase: digestMultibase(sha256),
  };
}

/** What each requirement says that this credential serves. */
function servedBy(credential: string, { placements, nodes }: Evaluation): Text[] {
  const served = new Set(placements.filter(({ holding }) => holding === credential).map(({ node }) => node));
  return nodes.filter(({ id }) => served.has(id)).map(({ text }) => text);
}

const cut = (text: string) => (text.length > 500 ? `${text.slice(0, 499)}…` : text);
