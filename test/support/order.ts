import { relative } from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that have a process of their own, because they measure its memory or its time, or set its environment. */
export const ALONE: readonly string[] = [
  'test/api/limiter.test.ts',
  'test/app/token.test.ts',
  'test/attack/{ds-4,ds-5,st-3}.test.ts',
  'test/credentials/{bitstring,recheck}.test.ts',
  'test/documents/extract-png.test.ts',
  'test/net/{connect,guarded-fetch}.test.ts',
  'test/observability/tracer.test.ts',
];

/** Those that take longest, so that none of them is begun last, when the other core has nothing left to do. */
const LONG = [
  ...['browser/accessibility', 'acceptance/journey', 'storage/postgres-faults', 'storage/postgres', 'attack/au-2'],
  ...['kills/kills', 'storage/sqlite', 'jobs/batches', 'jobs/crash', 'attack/kp-11', 'storage/postgres-processes'],
  ...[
    'credentials/approval-crash',
    'credentials/crash',
    'proofs/plans',
    'jobs/cancel',
    'webhooks/storm',
    'attack/ht-1',
  ],
  ...['people/recovery', 'replicas/exchanges', 'credentials/concurrency', 'conformance/client', 'sdk/package'],
  ...['presentation-requests/refusals', 'conferrals/refusals', 'prior-learning/award-crash', 'conferrals/faults'],
  ...[
    'replicas/working',
    'browser/authority',
    'browser/console',
    'accreditation/output-schema',
    'pathways/oracle/mutants',
  ],
];

/** The order of vitest, which knows sizes at first and how long each took later, after those that are known to be long. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId, project }: TestSpecification): number => {
      const at = LONG.indexOf(relative(`${project.config.root}/test`, moduleId).replace(/\.test\.ts$/, ''));
      return at === -1 ? LONG.length : at;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}
