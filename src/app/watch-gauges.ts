import { type Clock, formatInstant } from '#kernel';
import type { Log, Metrics } from '#observability';
import type { Storage } from '#storage';
import type { Readiness } from './readiness.ts';

/** Batches counted; with more than these the number says nothing new. */
const BATCHES = 100;

/** What is read from the store and the log when the metrics are asked for. */
export function readGauges(
  metrics: Pick<Metrics, 'read'>,
  of: Pick<Storage, 'reader'> & { storage: Storage; clock: Clock; log: Pick<Log, 'latest'>; ready: Readiness },
): void {
  const { reader, storage, clock, log, ready } = of;
  const age = (at: string | undefined) =>
    at === undefined ? 0 : Math.max(0, (clock.now().getTime() - Date.parse(at)) / 1_000);
  metrics.read('tatak_ready', async () =>
    Object.entries(await ready()).map(([check, well]) => [well ? 1 : 0, check] as const),
  );
  metrics.read('tatak_status_unpublished_seconds', async () => age(await reader.oldestUnpublishedChange()));
  metrics.read('tatak_audit_entries', async () => (await reader.lastAudit())?.seq ?? 0);
  metrics.read('tatak_keys_stopped', async () => {
    const stops = await reader.openSigningStops();
    return new Set(stops.map(({ tenant, keyId }) => `${tenant} ${keyId}`)).size;
  });
  metrics.read('tatak_checkpoint_entries', async () => (await log.latest())?.size ?? 0);
  metrics.read('tatak_checkpoint_age_seconds', async () => {
    const last = await log.latest();
    return last && age(last.signedAt);
  });
  metrics.read('tatak_batches_waiting', async () => {
    return (await reader.runnableBatches(formatInstant(clock.now()), BATCHES)).length;
  });
  metrics.read('tatak_database_connections', () =>
    storage.connections?.().flatMap(
      ({ pool, total, idle, waiting }) =>
        [
          [total - idle, pool, 'busy'],
          [idle, pool, 'idle'],
          [waiting, pool, 'waiting'],
        ] as const,
    ),
  );
}
