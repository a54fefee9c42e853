import type { AchievementReader, AchievementVersion } from '#achievements';
import type { Approvals } from '#credentials';
import type { SigningAuthority } from '#institutions';
import {
  type Clock,
  dayIn,
  fieldProblem,
  formatInstant,
  LIMITS,
  Problem,
  type Random,
  randomId,
  sha256Hex,
  type Transactor,
  UniqueViolation,
} from '#kernel';
import {
  type Evaluation,
  type EvaluationInput,
  inEffect,
  type Pathway,
  type PathwayReader,
  versionOn,
} from '#pathways';
import type { Stack, StackInput } from '#verifier';
import { evaluationRecord, evaluationUrl, evaluationWrites } from './evaluations.ts';
import type { ComponentRecord, ConferralReader, ConferralRecord, ConferralWrite, EvaluationRecord } from './ports.ts';
import { type ConferralInput, conferralBody } from './request.ts';
import { stackOf } from './restack.ts';
import { settle } from './settle.ts';

export interface ConferDeps {
  reader: ConferralReader & Pick<AchievementReader, 'achievement'> & Pick<PathwayReader, 'pathwayVersions'>;
  transactor: Transactor<ConferralWrite>;
  stack(input: StackInput): Promise<Stack>;
  /** The only way to a credential: two persons, accreditation and lints are asked there. */
  approvals: Pick<Approvals, 'submit'>;
  authority: Pick<SigningAuthority, 'forTenant'>;
  clock: Clock;
  random: Random;
  /** No trailing slash. */
  publicUrl: string;
}

/** Who confers. */
export interface Conferring {
  tenant: string;
  /** `key:ID`. */
  actor: string;
  person?: string;
}

/**
 * Confers the qualification that a stored evaluation says is due: the registrar's act, never the rules'. The numbered steps are
 * the policy. Asking again for the same evaluation gives the same conferral.
 * @returns `conferred`, or `awaiting_approval` where the institution wants two persons
 * @throws Problem `not-found`; `not-entitled` when another body confers; `conflict` when the evaluation is not met, is too old,
 *   no longer holds, or its components have been used for this already; and as issuing
 */
export async function confer(deps: ConferDeps, input: ConferralInput, who: Conferring): Promise<ConferralRecord> {
  const { reader, clock } = deps;
  const { tenant } = who;

  // 1. One evaluation is conferred once.
  const known = await reader.conferralOfEvaluation(tenant, input.evaluationId);
  if (known) return known.state === 'prepared' ? settle(deps, known) : known;

  // 2. A met evaluation of this institution, fresh enough to act on.
  const asked = await reader.evaluation(tenant, input.evaluationId);
  if (!asked) throw fieldProblem('not-found', '/evaluationId', 'there is no such evaluation');
  const now = clock.now();
  const { pathway, holdings } = JSON.parse(asked.input) as EvaluationInput;
  assertActable(asked, pathway, input.catalogueDate, now);

  // 3. This institution is the conferrer, and the definition is the one the pathway leads to.
  const achievement = await assertConferrer(deps, asked, pathway, input, tenant);

  // 4. Every component is verified again, now, and together they still meet it. Uses that come after this look are refused.
  const awardIds = holdings.map(({ awardId }) => awardId);
  const uses = await reader.usedFor(awardIds, asked.pathway);
  const stack = await deps.stack(stackOf(asked));
  assertStillMet(stack);
  // Where nothing has changed since, the stored one is also today's.
  const fresh = evaluationRecord(stack, { tenant, actor: who.actor, now, random: deps.random });
  const row = fresh.input === asked.input ? asked : fresh;

  // 5. The intent is durable before anything is issued; no component serves this pathway twice.
  const conferral = await prepare(deps, { row, fresh: row !== asked, uses, input, achievement, who, now });

  // 6. Issued, and 7. settled.
  return settle(deps, conferral);
}

function assertActable(row: EvaluationRecord, pathway: Pathway, catalogueDate: string | undefined, now: Date): void {
  const bad = (detail: string) => fieldProblem('conflict', '/evaluationId', detail);
  if (row.outcome !== 'met') throw bad(`the evaluation says ${row.outcome}: only a met one can be acted on`);
  if (row.subjectId === undefined) throw bad('the evaluation is of nobody');
  const day = catalogueDate ?? row.date;
  if (catalogueDate !== undefined && catalogueDate > row.date) {
    throw fieldProblem('invalid-request', '/catalogueDate', 'must not be after the day of the evaluation');
  }
  if (!inEffect(pathway, day)) {
    throw bad(
      `the pathway was not in effect on ${day}: give the catalogueDate of a learner who follows an earlier one`,
    );
  }
  const today = dayIn(now);
  const oldest = dayIn(new Date(now.getTime() - LIMITS.backdatingGraceDays * 86_400_000));
  if (row.date > today) throw bad(`the evaluation is for ${row.date}, which is still to come`);
  if (row.date < oldest) {
    throw bad(`the evaluation is for ${row.date}, more than ${LIMITS.backdatingGraceDays} days ago: evaluate again`);
  }
}

async function assertConferrer(
  { authority, reader, publicUrl }: ConferDeps,
  row: EvaluationRecord,
  pathway: Pathway,
  { achievementId, version, pathwayIssuer, catalogueDate }: ConferralInput,
  tenant: string,
): Promise<AchievementVersion> {
  const { did } = await authority.forTenant(tenant, 'assertion');
  if (row.conferrer !== did) throw new Problem('not-entitled', `the pathway is conferred by ${row.conferrer}`);
  // Anybody can name this body as conferrer in rules of their own: whose rules they are is said by whoever confers.
  const { issuer } = row.report.pathway;
  if (issuer !== did && issuer !== pathwayIssuer) {
    throw fieldProblem('not-entitled', '/pathwayIssuer', `the pathway is of ${issuer}: name it to confer by its rules`);
  }
  await assertVersion(reader, row, catalogueDate, publicUrl);
  if (pathway.achievement === undefined) {
    throw fieldProblem('conflict', '/evaluationId', 'the pathway does not say which qualification it leads to');
  }
  const found = await reader.achievement(achievementId, version);
  if (!found || found.tenant !== tenant)
    throw fieldProblem('not-found', '/achievementId', 'there is no such achievement');
  if (pathway.achievement !== `${publicUrl}/achievements/${achievementId}`) {
    throw fieldProblem('conflict', '/achievementId', `the pathway leads to ${pathway.achievement}`);
  }
  // What can be reinstated could stand beside a second award of the same components.
  if (found.statusPurpose !== 'revocation') {
    throw fieldProblem(
      'conflict',
      '/achievementId',
      'a qualification must be revocable for good: its status is only suspended',
    );
  }
  return found;
}

/** Of a pathway of this service: the very version that a learner of that catalogue follows. */
async function assertVersion(
  reader: Pick<PathwayReader, 'pathwayVersions'>,
  { pathway, pathwayVersion, date }: EvaluationRecord,
  catalogueDate: string | undefined,
  publicUrl: string,
): Promise<void> {
  const own = `${publicUrl}/pathways/`;
  if (!pathway.startsWith(own)) return;
  const day = catalogueDate ?? date;
  const due = await versionOn(reader, pathway.slice(own.length), day);
  if (due && String(due.version) === pathwayVersion) return;
  const detail = due
    ? `version ${due.version} of the pathway is due on ${day}, not ${pathwayVersion}`
    : `no version of the pathway is due on ${day}`;
  throw fieldProblem('conflict', '/evaluationId', detail);
}

function assertStillMet({ report }: Stack): void {
  if (report.outcome === 'met') return;
  const lost = report.credentials
    .filter(({ verdict }) => verdict !== 'valid')
    .map(({ index, sentence }) => ({ pointer: `/credentials/${index}`, detail: sentence.en }));
  throw new Problem('conflict', `verified again just now, the stack is ${report.outcome}`, {
    errors: [{ pointer: '/evaluationId', detail: report.sentence.en }, ...lost],
  });
}

interface Preparing {
  row: EvaluationRecord;
  /** The evaluation is a new one. */
  fresh: boolean;
  /** Award id -> its uses before it was evaluated. */
  uses: ReadonlyMap<string, string[]>;
  input: ConferralInput;
  achievement: AchievementVersion;
  who: Conferring;
  now: Date;
}

async function prepare(deps: ConferDeps, { row, fresh, uses, input, achievement, who, now }: Preparing) {
  const { tenant, actor, person } = who;
  const conferralId = randomId(deps.random);
  const { achievementId, version } = achievement;
  const address = `${deps.publicUrl}/achievements/${achievementId}`;
  const components = componentsOf(row, { conferralId, achievement: address, publicUrl: deps.publicUrl });
  const body = conferralBody({ ...input, version }, row, components, evaluationUrl(deps.publicUrl, row.evaluationId));
  const at = formatInstant(now);
  const text = JSON.stringify(body);
  const conferral: ConferralRecord = {
    ...{ tenant, conferralId, evaluationId: row.evaluationId, state: 'prepared' },
    ...{ pathway: row.pathway, pathwayVersion: row.pathwayVersion, achievement: address },
    ...{ achievementId, achievementVersion: version, subjectId: row.subjectId! },
    ...{ body: text, preparedAt: at, preparedBy: actor },
    ...(person === undefined ? {} : { preparedPerson: person }),
  };
  const { catalogueDate } = input;
  const detail = {
    ...{ evaluation: row.outputSha256, components: components.length },
    ...(catalogueDate === undefined ? {} : { catalogueDate }),
  };
  try {
    await deps.transactor.commit([
      ...(fresh ? evaluationWrites(row) : []),
      { op: 'conferral.insert', row: conferral, components, known: usedBefore(uses, components) },
      {
        ...{ op: 'audit.append', at, tenant, actor, operation: 'conferral.prepare', object: conferralId },
        ...{ objectSha256: sha256Hex(text), detail },
      },
    ]);
  } catch (error) {
    if (!(error instanceof UniqueViolation)) throw error;
    const same = await deps.reader.conferralOfEvaluation(tenant, row.evaluationId);
    if (same) return same;
    const detail =
      error.table === 'conferral.usedFor'
        ? 'a component was used for another award just now: evaluate again'
        : 'a component has been used for an award of this pathway already';
    throw new Problem('conflict', detail, { cause: error, errors: [{ pointer: '/evaluationId', detail }] });
  }
  return conferral;
}

interface Naming {
  conferralId: string;
  achievement: string;
  publicUrl: string;
}

/** The placed credentials, in the order of the tree. */
function componentsOf(row: EvaluationRecord, { conferralId, achievement, publicUrl }: Naming): ComponentRecord[] {
  const { holdings } = JSON.parse(row.input) as EvaluationInput;
  const { placements } = JSON.parse(row.output) as Evaluation;
  const own = `${publicUrl}/credentials/`;
  return [...new Set(placements.map(({ holding }) => holding))].map((credential, ordinal) => {
    const { awardId: componentAwardId } = holdings.find(({ id }) => id === credential)!;
    const { sha256 } = row.sources.credentials.find(({ id }) => id === credential)!;
    return {
      ...{ tenant: row.tenant, conferralId, ordinal, credential, componentAwardId, sha256 },
      ...{ pathway: row.pathway, achievement, live: true, stateSeen: 'active' },
      ...(credential.startsWith(own) ? { credentialId: credential.slice(own.length) } : {}),
    };
  });
}

/** Award id -> the uses the evaluation knew of. */
const usedBefore = (uses: ReadonlyMap<string, string[]>, components: readonly ComponentRecord[]) =>
  Object.fromEntries(components.map(({ componentAwardId: id }) => [id, uses.get(id) ?? []]));
