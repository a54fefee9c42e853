import { Problem, type Transactor, UniqueViolation } from '#kernel';
import type { Metrics, Tracer } from '#observability';
import type { AnyWrite, Storage } from '#storage';

type Add = Metrics['add'];

/** What a write tells once it is durable. */
const TOLD: { [W in AnyWrite as W['op']]?: (write: W, add: Add) => void } = {
  'credential.issue': (_, add) => add('tatak_credentials_issued_total', 1, 'badge'),
  'plain.issue': (_, add) => add('tatak_credentials_issued_total', 1, 'plain'),
  'credential.changeState': ({ to }, add) => add('tatak_status_changes_total', 1, to),
  'credential.changeStates': ({ to, credentialIds }, add) =>
    add('tatak_status_changes_total', credentialIds.length, to),
  'plain.changeState': ({ to }, add) => add('tatak_status_changes_total', 1, to),
  'statusList.publish': (_, add) => add('tatak_status_lists_published_total', 1),
  'batchRows.issued': ({ rows }, add) => add('tatak_batch_rows_total', rows.length, 'issued'),
  'batchRows.failed': ({ rows }, add) => add('tatak_batch_rows_total', rows.length, 'failed'),
  'batch.finish': ({ state }, add) => add('tatak_batches_finished_total', 1, state),
  'batch.cancel': (_, add) => add('tatak_batches_finished_total', 1, 'cancelled'),
};

/**
 * The same transactor, seen from outside: how long a commit takes, how many wait, how they fail, and what was committed. A
 * thing is counted when it is durable, whoever made it.
 * @param now milliseconds that never jump
 */
export function watchTransactor(
  transactor: Storage['transactor'],
  metrics: Pick<Metrics, 'add' | 'count' | 'observe' | 'read'>,
  tracer?: Tracer,
  now = () => performance.now(),
): Storage['transactor'] {
  /** When each was asked for; a set keeps the order. */
  const running = new Set<{ since: number }>();
  metrics.read('tatak_commits_in_flight', () => running.size);
  metrics.read('tatak_commits_waiting_seconds', () => {
    const [oldest] = running;
    return oldest ? (now() - oldest.since) / 1_000 : 0;
  });
  return {
    async commit(writes) {
      const mine = { since: now() };
      running.add(mine);
      try {
        await (tracer
          ? tracer.part('commit', { writes: writes.length }, () => transactor.commit(writes))
          : transactor.commit(writes));
        for (const write of writes) tell(write, metrics.add);
      } catch (error) {
        metrics.count('tatak_commit_failures_total', kindOf(error));
        throw error;
      } finally {
        running.delete(mine);
        metrics.observe('tatak_commit_seconds', (now() - mine.since) / 1_000);
      }
    },
  } satisfies Transactor<AnyWrite>;
}

function tell(write: AnyWrite, add: Add): void {
  (TOLD[write.op] as ((write: AnyWrite, add: Add) => void) | undefined)?.(write, add);
}

/** A conflict is how the store decides between two writers; the others are faults. */
function kindOf(error: unknown): string {
  if (error instanceof UniqueViolation) return 'conflict';
  return error instanceof Problem ? error.kind : 'fault';
}
