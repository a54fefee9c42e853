import { readdirSync } from 'node:fs';
import type { Metrics } from './metrics.ts';

/** What any process of this platform tells of itself, under the names that dashboards know. */
export function readProcess(metrics: Pick<Metrics, 'read'>): void {
  metrics.read('process_resident_memory_bytes', () => process.memoryUsage.rss());
  metrics.read('nodejs_heap_size_used_bytes', () => process.memoryUsage().heapUsed);
  metrics.read('process_start_time_seconds', () => performance.timeOrigin / 1_000);
  metrics.read('process_cpu_seconds', () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  });
  if (process.platform === 'linux') metrics.read('process_open_fds', () => readdirSync('/proc/self/fd').length - 1);
}
