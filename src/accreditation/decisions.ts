import {
  type Clock,
  formatInstant,
  isObject,
  type Page,
  type PageRequest,
  Problem,
  type Random,
  randomId,
  sha256Hex,
  type Transactor,
} from '#kernel';
import { Faults, readInstantField, readInstrument, readReason } from './inputs/fields.ts';
import type { LegalInstrument } from './model.ts';
import type { AccreditationReader, AccreditationWrite, IssuingDecisionRecord } from './ports.ts';
import { onlyMembers } from './scope/members.ts';

/** A decision as told: this institution may issue although no register shows that it is accredited. */
export interface IssuingDecisionInput {
  /** Absent: for every achievement it may award. */
  achievementId?: string;
  reason: string;
  legalInstrument?: LegalInstrument;
  /** Default now. */
  validFrom?: string;
  validUntil?: string;
}

export interface IssuingDecisionsDeps {
  reader: AccreditationReader & { institution(tenant: string): Promise<object | undefined> };
  transactor: Transactor<AccreditationWrite>;
  clock: Clock;
  random: Random;
}

export interface IssuingDecisions {
  /** @throws Problem `not-found`, `invalid-request` with every bad field */
  record(tenant: string, input: IssuingDecisionInput, actor: string): Promise<IssuingDecisionRecord>;
  list(tenant: string, page: PageRequest): Promise<Page<IssuingDecisionRecord>>;
}

/** Decisions are appended, never edited; one ends at its own end. */
export function createIssuingDecisions({ reader, transactor, clock, random }: IssuingDecisionsDeps): IssuingDecisions {
  return {
    async record(tenant, input, actor) {
      if (!(await reader.institution(tenant))) throw new Problem('not-found', 'there is no such institution');
      const recordedAt = formatInstant(clock.now());
      const checked = checkDecision(input, recordedAt);
      const row: IssuingDecisionRecord = { tenant, decisionId: randomId(random), ...checked, recordedAt, by: actor };
      await transactor.commit([
        { op: 'issuingDecision.insert', row },
        {
          op: 'audit.append',
          at: recordedAt,
          tenant,
          actor,
          operation: 'issuingDecision.record',
          object: row.decisionId,
          objectSha256: sha256Hex(JSON.stringify(checked)),
          detail: row.achievementId === undefined ? { scope: 'all' } : { achievement: row.achievementId },
        },
      ]);
      return row;
    },
    list: (tenant, page) => reader.issuingDecisions(tenant, page),
  };
}

function checkDecision(value: unknown, now: string) {
  const faults = new Faults();
  const { bad } = faults;
  if (!isObject(value)) throw new Problem('invalid-request', 'the decision must be an object');
  onlyMembers(value, ['achievementId', 'reason', 'legalInstrument', 'validFrom', 'validUntil'], '', bad);
  const { achievementId, legalInstrument } = value;
  if (achievementId !== undefined && typeof achievementId !== 'string') bad('/achievementId', 'must be an id');
  const reason = readReason(value.reason, '/reason', bad);
  if (legalInstrument !== undefined) readInstrument(legalInstrument, '/legalInstrument', bad);
  const validFrom = value.validFrom === undefined ? now : readInstantField(value.validFrom, '/validFrom', bad);
  const validUntil =
    value.validUntil === undefined ? undefined : readInstantField(value.validUntil, '/validUntil', bad);
  if (validFrom && validUntil && validUntil <= validFrom) bad('/validUntil', 'must be after validFrom');
  faults.done();
  return {
    ...(achievementId === undefined ? {} : { achievementId: achievementId as string }),
    reason: reason!,
    ...(legalInstrument === undefined ? {} : { legalInstrument: legalInstrument as unknown as LegalInstrument }),
    validFrom: validFrom!,
    ...(validUntil ? { validUntil } : {}),
  };
}
