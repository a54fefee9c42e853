/** Seconds. What is kept in memory is answered in a few milliseconds; what asks elsewhere may take `LIMITS.verifyMs`. */
const REQUEST = [0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const SHORT = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5];

/** Families of durations, in seconds. */
export const HISTOGRAMS = {
  tatak_http_request_seconds: {
    help: 'From the first byte of a request to the last of its answer, by operation.',
    labels: ['operation'],
    buckets: REQUEST,
    series: 300,
  },
  tatak_commit_seconds: {
    help: 'From asking the store to commit until all of it was durable, waiting included.',
    labels: [],
    buckets: SHORT,
  },
  tatak_event_loop_delay_seconds: {
    help: 'How late a timer of this process ran, ten times a second.',
    labels: [],
    buckets: SHORT,
  },
} as const satisfies Record<
  string,
  { help: string; labels: readonly string[]; buckets: readonly number[]; series?: number }
>;

/** Families of values that are read when somebody asks. Ages are in seconds, and 0 where nothing waits. */
export const GAUGES = {
  tatak_ready: { help: 'Checks of /health/ready: 1 is well.', labels: ['check'] },
  tatak_http_requests_in_flight: { help: 'Requests that are being answered.', labels: [] },
  tatak_commits_in_flight: { help: 'Transactions asked for and not yet durable.', labels: [] },
  tatak_commits_waiting_seconds: { help: 'Age of the oldest of them.', labels: [] },
  tatak_status_unpublished_seconds: {
    help: 'Age of the oldest change that no published status list shows.',
    labels: [],
  },
  tatak_audit_entries: { help: 'Entries of the audit log.', labels: [] },
  tatak_keys_stopped: { help: 'Signing keys that a failed self-check stopped and nobody has looked at.', labels: [] },
  tatak_checkpoint_entries: { help: 'Entries that the last signed checkpoint covers.', labels: [] },
  tatak_checkpoint_age_seconds: { help: 'Age of the last signed checkpoint.', labels: [] },
  tatak_batches_waiting: { help: 'Batches that want work, at most 100.', labels: [] },
  tatak_database_connections: {
    help: 'Connections to the database server, by pool and state.',
    labels: ['pool', 'state'],
  },
  process_resident_memory_bytes: { help: 'Resident memory of the process.', labels: [] },
  process_open_fds: { help: 'Open file descriptors of the process.', labels: [] },
  process_cpu_seconds: { help: 'CPU time of the process since it started.', labels: [] },
  process_start_time_seconds: { help: 'When the process started, seconds since 1970.', labels: [] },
  nodejs_heap_size_used_bytes: { help: 'Heap of the main thread in use.', labels: [] },
} as const satisfies Record<string, { help: string; labels: readonly string[] }>;

export type HistogramName = keyof typeof HISTOGRAMS;
export type GaugeName = keyof typeof GAUGES;
