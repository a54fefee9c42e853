import { type Clock, formatInstant, Problem, type Transactor } from '#kernel';
import { type AuditReader, type AuditWrite, createClockGuard } from '#observability';

/** What one issuer remembers while it runs. */
export interface Latch {
  /** Set once a signature did not pass its own check; only a restart clears it. */
  reason?: string;
  /** @throws Problem `signing-stopped` while the latch is set, `clock-unsafe` when the clock is behind the audit log */
  assertMaySign(): Promise<void>;
  /** The same as an answer; for the health page. */
  maySign(): Promise<boolean>;
}

export function createLatch({ reader, clock }: { reader: Pick<AuditReader, 'lastAudit'>; clock: Clock }): Latch {
  const assertClock = createClockGuard(() => reader.lastAudit(), clock);
  const latch: Latch = {
    async assertMaySign() {
      if (latch.reason) throw new Problem('signing-stopped', latch.reason);
      await assertClock();
    },
    maySign: () =>
      latch.assertMaySign().then(
        () => true,
        (error) => {
          if (error instanceof Problem) return false;
          throw error;
        },
      ),
  };
  return latch;
}

/** Nothing is released, nothing more is signed, and the log says why. @throws Problem `signing-stopped`, always */
export async function stop(
  deps: { transactor: Transactor<AuditWrite>; clock: Clock },
  latch: Latch,
  { tenant, credentialId: object }: { tenant: string; credentialId: string },
  reason: string,
): Promise<never> {
  latch.reason = reason;
  const at = formatInstant(deps.clock.now());
  await deps.transactor.commit([
    { op: 'audit.append', at, tenant, actor: 'system', operation: 'signing.stop', object, detail: { reason } },
  ]);
  throw new Problem('signing-stopped', reason);
}
