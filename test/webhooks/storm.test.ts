import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { newPort } from '../support/service.ts';
import { storm } from './support/storm.ts';

/** `npm run long:webhooks` does it with 10,000, on either engine. */
it('two replicas, 300 events, an endpoint that fails 30 % of calls and two kills: none is lost, each award in order, all signed', {
  timeout: 160_000,
}, async () => {
  const directory = mkdtempSync(join(tmpdir(), 'tatak-storm-'));
  chmodSync(directory, 0o711);
  const found = await storm({
    ...{ engine: 'postgres', directory, port: newPort(), events: 300, kills: 2, failing: 0.3, kept: false },
    say: () => undefined,
  }).finally(() => rmSync(directory, { recursive: true, force: true }));
  expect(found).toMatchObject({ events: 300, lost: 0, invented: 0, outOfOrder: 0, forged: 0, kills: 2 });
  expect(found.failed).toBeGreaterThan(40);
  expect(found.calls).toBeGreaterThanOrEqual(300 + found.failed);
});
