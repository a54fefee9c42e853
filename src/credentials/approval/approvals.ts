import { canonicalPerson } from '#auth';
import type { InstitutionReader } from '#institutions';
import {
  fieldProblem,
  formatInstant,
  gathered,
  type JsonObject,
  Problem,
  type Random,
  randomId,
  textFault,
  UniqueViolation,
  unreachable,
} from '#kernel';
import { type IssuedCredential, toIssued } from '../issue/finish.ts';
import { assertKey, OPERATION, requestDigest } from '../issue/idempotency.ts';
import type { IssueCall, Issuer } from '../issue/issue.ts';
import type { CredentialReader } from '../ports.ts';
import type { ApprovalReader, ApprovalRecord, ApprovalWrite } from './ports.ts';
import { assertTwoPersons, wantsTwoPersons } from './release.ts';
import { RESERVED_KEYS, type SettleDeps, settle } from './settle.ts';

export interface ApprovalDeps extends SettleDeps {
  reader: ApprovalReader &
    Pick<CredentialReader, 'idempotency' | 'credentialsByIds'> &
    Pick<InstitutionReader, 'institution'>;
  issuer: Pick<Issuer, 'issue' | 'check'>;
  random: Random;
  /** No trailing slash. */
  publicUrl: string;
}

/** A request to issue, from whoever prepares it. */
export type Submission = Pick<IssueCall, 'tenant' | 'actor' | 'body' | 'idempotencyKey'> & {
  person?: string;
  /** A case of prior learning that this is the award of, and which attempt: its key comes from that. */
  of?: CaseAttempt | { conferralId: string };
};

/** One attempt to award what a case of prior learning recognised. */
export interface CaseAttempt {
  caseId: string;
  attempt: number;
}

/** `over`: it has given no credential and never will. `open`: it waits, was interrupted, or was never made. */
export type AttemptState = { state: 'issued'; credentialIds: string[] } | { state: 'open' | 'over' };

export interface Decision {
  tenant: string;
  approvalId: string;
  decision: 'approve' | 'reject';
  /** 3 to 500 characters; rejecting needs one. */
  reason?: string;
  /** `key:ID`. */
  actor: string;
  person?: string;
}

export interface Approvals {
  /**
   * Issues at once, or, where the institution wants two persons, stores the request until another person decides. What
   * issuing would refuse is refused now; nothing is reserved or signed. The same again for a repeated Idempotency-Key,
   * whatever the policy is by then.
   * @throws Problem as `Issuer.issue`; `person-required`
   */
  submit(call: Submission): Promise<{ issued: IssuedCredential[] } | { approval: ApprovalRecord }>;
  /**
   * The decision of another person than the one who prepared it, once and for all; approving issues. The same decision
   * again gives the same answer, and finishes what a crash or a temporary fault left.
   * @throws Problem `not-found`, `invalid-request`, `person-required`, `same-person`; `conflict` when it was decided
   *   otherwise; as `Issuer.issue` when issuing was refused: the state is then `failed`, or still `approved` for a 503
   */
  decide(decision: Decision): Promise<{ approval: ApprovalRecord; issued?: IssuedCredential[] }>;
  /** How an attempt to award a case ended, whatever became of the process that made it. */
  attemptState(tenant: string, of: CaseAttempt): Promise<AttemptState>;
  /**
   * Issues what is approved and not yet issued: at start and from time to time.
   * @throws the first error that is no Problem, after all were tried
   */
  finishApproved(): Promise<void>;
}

const PAGE = 1_000;
const REASON_CHARS = 500;

/** Maker and checker: where the institution wants it, one person prepares and a different one approves. */
export function createApprovals(deps: ApprovalDeps): Approvals {
  const { reader, transactor, issuer, clock } = deps;

  async function mustGet(tenant: string, approvalId: string): Promise<ApprovalRecord> {
    const row = await reader.approval(tenant, approvalId);
    if (!row) throw new Problem('not-found', 'there is no such approval');
    return row;
  }

  async function replayed(call: Submission): Promise<ApprovalRecord | undefined> {
    const { tenant, idempotencyKey: key, body } = call;
    const row = key === undefined ? undefined : await reader.approvalByIdempotencyKey(tenant, key);
    if (row && row.requestSha256 !== requestDigest(body)) {
      throw new Problem('idempotency-mismatch', 'this Idempotency-Key was used with another request');
    }
    return row;
  }

  /** A request that began before the policy was set has its answer, or gets it, without anything new being signed. */
  async function isIssuing({ tenant, idempotencyKey: key }: Submission): Promise<boolean> {
    return key !== undefined && (await reader.idempotency(tenant, OPERATION, key)) !== undefined;
  }

  async function prepare(call: Submission): Promise<ApprovalRecord> {
    const { tenant, actor, person, idempotencyKey } = call;
    if (!person) throw new Problem('person-required', 'this institution wants two persons: use a key that names yours');
    const { achievement } = await issuer.check({ tenant, body: call.body });
    // It has satisfied its schema just now.
    const body: JsonObject = { ...(call.body as JsonObject), version: achievement.version };
    const row: ApprovalRecord = {
      tenant,
      approvalId: randomId(deps.random),
      state: 'pending',
      achievementId: achievement.achievementId,
      achievementVersion: achievement.version,
      recipients: (body.recipients as unknown[]).length,
      body,
      requestSha256: requestDigest(call.body),
      ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
      preparedAt: formatInstant(clock.now()),
      preparedBy: actor,
      preparedPerson: canonicalPerson(person),
    };
    const { achievementId, achievementVersion: version, recipients } = row;
    const detail = { achievement: achievementId, version, recipients };
    try {
      await transactor.commit([
        { op: 'approval.insert', row },
        audit(row, 'approval.prepare', row.preparedAt, actor, detail),
      ]);
      return row;
    } catch (error) {
      const winner = error instanceof UniqueViolation && (await replayed(call));
      if (!winner) throw error;
      return winner;
    }
  }

  async function record(row: ApprovalRecord, { decision, reason, actor, person }: Decision): Promise<void> {
    const { tenant, approvalId } = row;
    const decidedAt = formatInstant(clock.now());
    const state = decision === 'approve' ? 'approved' : 'rejected';
    const by = { decidedAt, decidedBy: actor, decidedPerson: canonicalPerson(person!) };
    try {
      await transactor.commit([
        { op: 'approval.decide', tenant, approvalId, state, ...by, ...(reason === undefined ? {} : { reason }) },
        audit(row, `approval.${decision}`, decidedAt, actor),
      ]);
    } catch (error) {
      // Somebody else has decided; which way is read again.
      if (!(error instanceof UniqueViolation)) throw error;
    }
  }

  async function answerOf(row: ApprovalRecord) {
    const { tenant, approvalId, state, problem } = row;
    switch (state) {
      case 'pending':
        throw new Error('a decision that was not recorded');
      case 'rejected':
        return { approval: row };
      case 'failed':
        throw new Problem(problem!.kind, problem!.detail, { errors: problem!.errors ?? [] });
      case 'approved': {
        const issued = await settle(deps, row);
        return { approval: await mustGet(tenant, approvalId), issued };
      }
      case 'issued': {
        const records = await reader.credentialsByIds(tenant, row.credentialIds!);
        if (records.length !== row.recipients) throw new Error('an issued approval without its credentials');
        return { approval: row, issued: records.map((one) => toIssued(deps.publicUrl, one)) };
      }
      default:
        return unreachable(state, 'approval state');
    }
  }

  return {
    async submit({ of, ...asked }) {
      if (asked.idempotencyKey !== undefined) assertCallersKey(asked.idempotencyKey);
      const call = of ? { ...asked, idempotencyKey: 'caseId' in of ? attemptKey(of) : conferralKey(of) } : asked;
      const { tenant, actor, body, idempotencyKey: key } = call;
      await gathered();
      const known = await replayed(call);
      if (known) return { approval: known };
      if (wantsTwoPersons(await reader.institution(tenant)) && !(await isIssuing(call))) {
        return { approval: await prepare(call) };
      }
      const idempotency = key === undefined ? {} : { idempotencyKey: key };
      return { issued: await issuer.issue({ tenant, actor, body, ...idempotency }) };
    },

    async decide(decision) {
      const { tenant, approvalId } = decision;
      assertReason(decision);
      const found = await mustGet(tenant, approvalId);
      assertTwoPersons({ prepared: found.preparedPerson, approved: decision.person });
      if (found.preparedBy === decision.actor)
        throw new Problem('same-person', 'whoever prepared this may not approve it');
      if (found.state === 'pending') await record(found, decision);
      const row = found.state === 'pending' ? await mustGet(tenant, approvalId) : found;
      if ((row.state === 'rejected') !== (decision.decision === 'reject')) {
        throw new Problem('conflict', `this was ${row.state === 'rejected' ? 'rejected' : 'approved'} already`);
      }
      return answerOf(row);
    },

    async attemptState(tenant, of) {
      const approval = await reader.approvalByIdempotencyKey(tenant, attemptKey(of));
      if (approval?.state === 'issued') return { state: 'issued', credentialIds: approval.credentialIds! };
      if (approval) return { state: approval.state === 'rejected' || approval.state === 'failed' ? 'over' : 'open' };
      const record = await reader.idempotency(tenant, OPERATION, attemptKey(of));
      if (!record) return { state: 'open' };
      const rows = await reader.credentialsByIds(tenant, record.credentialIds);
      if (rows.some(({ phase }) => phase === 'abandoned')) return { state: 'over' };
      const { credentialIds } = record;
      return rows.every(({ phase }) => phase === 'issued') ? { state: 'issued', credentialIds } : { state: 'open' };
    },

    async finishApproved() {
      const faults: unknown[] = [];
      for (const row of await reader.approvedApprovals(PAGE)) {
        await settle(deps, row).catch((error: unknown) => {
          if (!(error instanceof Problem)) faults.push(error);
        });
      }
      if (faults.length > 0) throw faults[0];
    },
  };
}

const conferralKey = ({ conferralId }: { conferralId: string }): string => `${RESERVED_KEYS.conferral}${conferralId}`;

const attemptKey = ({ caseId, attempt }: CaseAttempt): string => `${RESERVED_KEYS.priorLearning}${caseId}:${attempt}`;

function assertCallersKey(key: string): void {
  assertKey(key);
  const reserved = Object.values(RESERVED_KEYS).find((start) => key.startsWith(start));
  if (reserved) throw fieldProblem('invalid-request', '/headers/idempotency-key', `must not begin with ${reserved}`);
}

function assertReason({ decision, reason }: Decision): void {
  if (decision !== 'approve' && decision !== 'reject') {
    throw fieldProblem('invalid-request', '/decision', 'must be approve or reject');
  }
  if (reason === undefined) {
    if (decision === 'reject') throw fieldProblem('invalid-request', '/reason', 'is required to reject');
    return;
  }
  const fault = reason.trim().length < 3 ? 'must have 3 characters at least' : textFault(reason, REASON_CHARS, true);
  if (fault) throw fieldProblem('invalid-request', '/reason', fault);
}

/** The key, never the person: the log holds no personal data. */
function audit(
  { tenant, approvalId, body }: ApprovalRecord,
  operation: string,
  at: string,
  actor: string,
  detail?: Record<string, string | number>,
): ApprovalWrite {
  const objectSha256 = requestDigest(body);
  const entry = { op: 'audit.append', at, tenant, actor, operation, object: approvalId, objectSha256 } as const;
  return detail ? { ...entry, detail } : entry;
}
