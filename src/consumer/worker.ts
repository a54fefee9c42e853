import { formatInstant, UniqueViolation } from '#kernel';
import type { ConsumerWrite, Transfer } from './ports.ts';
import { type PullDeps, pullStep } from './pull.ts';
import { type PushDeps, pushStep } from './push.ts';
import { Stopped, Turn, type TurnDeps } from './turn.ts';

export interface ConsumerWorkerDeps extends TurnDeps, PullDeps, PushDeps {
  onError?: (error: unknown) => void;
}

export interface ConsumerWorker {
  /**
   * Gives what is due its turn, beside what has its turn already, and waits for none of it: hosts are strangers, and a slow one
   * costs its own turn and nobody else's. @returns false: it is called again after a rest
   */
  workOnce(): Promise<boolean>;
  /** Forgets what nobody came back from, and what was settled long ago. @returns false */
  sweepOnce(): Promise<boolean>;
  /** Cuts off what is under way; another start goes on with it. */
  close(): Promise<void>;
  /** Resolves when nothing has its turn. */
  idle(): Promise<void>;
}

/** Hosts that have their turn at the same time in one process, each with one transfer, each of another learner. */
const AT_ONCE = 8;
const KEPT_MS = 90 * 86_400_000;

export function createConsumerWorker(deps: ConsumerWorkerDeps): ConsumerWorker {
  const { reader, transactor, clock } = deps;
  const closing = new AbortController();
  const running = new Map<string, { keeper: string; turn: Promise<void> }>();

  async function turn(hostId: string, row: Transfer): Promise<void> {
    try {
      const taken = await Turn.take(deps, row.connectionId, closing.signal);
      if (!taken) return;
      // Before it was leased another process may have done it, or a part of it.
      const known = await reader.waitingTransfer(row.connectionId, row.kind, row.credentialId);
      const due = known?.transferId === row.transferId && known.dueAt <= formatInstant(clock.now());
      await (due ? step(taken, known) : taken.release());
    } catch (error) {
      // Another process has it, or the learner ended the connection: whatever this one knew is not written.
      if (!(error instanceof UniqueViolation)) deps.onError?.(error);
    } finally {
      running.delete(hostId);
    }
  }

  async function step(taken: Turn, row: Transfer): Promise<void> {
    try {
      if (taken.connection.endedAt !== undefined) throw new Stopped({ code: 'connect_again' });
      await (row.kind === 'pull' ? pullStep(deps, taken, row) : pushStep(deps, taken, row));
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
      await taken.stop(row, error);
    }
  }

  const idle = async () => void (await Promise.all([...running.values()].map((one) => one.turn)));

  return {
    async workOnce() {
      // Each host once a round, and each learner: where much waits, it takes no place of another.
      const hosts = new Set(running.keys());
      const keepers = new Set([...running.values()].map(({ keeper }) => keeper));
      while (!closing.signal.aborted && running.size < AT_ONCE) {
        const at = formatInstant(clock.now());
        const next = await reader.workableTransfer(at, { hosts: [...hosts], keepers: [...keepers] });
        if (!next) break;
        const { transfer, hostId, keeper } = next;
        hosts.add(hostId);
        keepers.add(keeper);
        running.set(hostId, { keeper, turn: turn(hostId, transfer) });
      }
      return false;
    },

    async sweepOnce() {
      const now = clock.now();
      const settledBefore = formatInstant(new Date(now.getTime() - KEPT_MS));
      await transactor.commit([{ op: 'hosts.sweep', at: formatInstant(now), settledBefore } satisfies ConsumerWrite]);
      return false;
    },

    idle,
    async close() {
      closing.abort();
      await idle();
    },
  };
}
