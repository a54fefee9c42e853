import { formatInstant, type Json, Problem } from '#kernel';
import { assertReleased, type Release } from '../approval/release.ts';
import type { Latch } from '../latch.ts';
import type { CredentialRecord, CredentialWrite } from '../ports.ts';
import { abandon } from './abandon.ts';
import { type IssuerDeps, STEP } from './deps.ts';
import { finish, type Prepared } from './finish.ts';
import type { Planned } from './issue.ts';
import { reserve } from './reserve.ts';
import { securingOf } from './securing.ts';

/** Some rows of a batch, at most as many as one request may have. */
export interface RowsCall {
  tenant: string;
  actor: string;
  /** As of `IssueCall`; one recipient for each row, in order. */
  body: Json;
  batch: { batchId: string; rows: readonly number[] };
  release?: Release;
}

/** Intents that are durable and not signed. */
export interface PreparedRows extends Prepared {
  readonly resumed: boolean;
}

/**
 * Rows of a batch in two halves, so that some are drawn up while those before them are signed. The unique constraint on batch
 * and row forbids doubles, whoever does what twice: no key is needed to find out what became of an earlier attempt.
 */
export interface RowIssuing {
  /** Steps 1 to 5. @throws Problems of `issue`; `conflict` when a row has a credential, or an intent, already */
  prepare(call: RowsCall): Promise<PreparedRows>;
  /**
   * Steps 6 to 10.
   * @param store commits what it is given, together with whatever must not be stored without it
   * @throws Problems of `issue`; UniqueViolation `credential.phase` when somebody else finished them or gave them up
   */
  finish(prepared: PreparedRows, actor: string, store: (writes: CredentialWrite[]) => Promise<void>): Promise<void>;
  /**
   * What there is of these rows: ids of those that are issued, by row, and intents to finish. An intent that cannot be finished,
   * because its key was revoked, is given up.
   */
  found(
    tenant: string,
    batchId: string,
    rows: readonly number[],
  ): Promise<{
    issued: ReadonlyMap<number, string>;
    prepared: PreparedRows[];
  }>;
  /** Gives intents up that nobody will finish. */
  abandon(records: readonly CredentialRecord[], reason: string): Promise<void>;
}

export function createRowIssuing(
  deps: IssuerDeps,
  latch: Latch,
  plan: (tenant: string, body: Json, now: Date, actor?: string) => Promise<Planned>,
): RowIssuing {
  const { reader } = deps;
  return {
    async prepare(call) {
      await latch.assertMaySign();
      await deps.onStep?.(STEP.idempotency);
      await assertReleased(reader, call);
      const { tenant, actor, batch } = call;
      const now = new Date(formatInstant(deps.clock.now()));
      const { pinned, awards, decision } = await plan(tenant, call.body, now, actor);
      if (awards.length !== batch.rows.length) throw new Error('not one award for each row');
      await deps.onStep?.(STEP.reserve);
      const intent = { tenant, actor, pinned, awards, now, batch, ...(decision ? { decision } : {}) };
      const reserved = await reserve(deps, intent);
      return { ...reserved!, achievement: pinned.achievement, securing: pinned, resumed: false };
    },

    async finish(prepared, actor, store) {
      const { resumed } = prepared;
      const detail: Record<string, boolean> = resumed ? { resumed } : {};
      await finish(deps, latch, prepared, actor, detail, store);
      await deps.onStep?.(STEP.release);
    },

    async found(tenant, batchId, rows) {
      const records = await reader.credentialsOfRows(tenant, batchId, rows);
      const issued = new Map<number, string>();
      const groups = new Map<string, CredentialRecord[]>();
      for (const record of records) {
        if (record.phase === 'issued') issued.set(record.batchRow!, record.credentialId);
        if (record.phase !== 'prepared') continue;
        // What one attempt prepared is finished together, with the keys that it names.
        const name = JSON.stringify([record.preparedAt, record.achievementVersion, record.keyId, record.jwtKeyId]);
        groups.set(name, [...(groups.get(name) ?? []), record]);
      }
      const prepared = await Promise.all([...groups.values()].map(resume));
      return { issued, prepared: prepared.filter((one) => one !== undefined) };
    },

    async abandon(records, reason) {
      await abandon(deps, records, reason);
    },
  };

  async function resume(records: CredentialRecord[]): Promise<PreparedRows | undefined> {
    const first = records[0]!;
    const achievement = await reader.achievement(first.achievementId, first.achievementVersion);
    if (!achievement) throw new Error('a credential without its achievement');
    try {
      return { records, achievement, securing: await securingOf(deps.authority, first, achievement), resumed: true };
    } catch (error) {
      if (!(error instanceof Problem) || error.kind !== 'conflict') throw error;
      await abandon(deps, records, error.message);
      return undefined;
    }
  }
}
