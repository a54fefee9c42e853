/** Revoking ten thousand awards of one list in one request, published; store in a file, real keys and proofs. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '#kernel';
import { ACTOR, openWorld, seed, TENANT } from '../../credentials/support/world.ts';
import type { Measured } from '../figures.ts';
import { insertAwards } from '../rows.ts';
import { costOf, median } from '../timing.ts';

const AWARDS = 10_000;
const ROUNDS = 3;

export async function revoke(): Promise<Measured> {
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push(await revokeMany(AWARDS));
  return { 'revoke10k.ms': median(rounds.map(({ ms }) => ms)), 'revoke10k.cpuMs': median(rounds.map((r) => r.cpuMs)) };
}

export async function revokeMany(count: number) {
  const directory = mkdtempSync(join(tmpdir(), 'tatak-bench-revoke-'));
  const world = await openWorld({ path: join(directory, 'tatak.sqlite'), clock: systemClock });
  const { achievementId } = await seed(world);
  const list = await world.status.ensureList(TENANT, 'revocation');
  const credentialIds = await insertAwards(world.storage, { achievementId, list, count });
  await world.status.publish(list.listId);
  const of = { tenant: TENANT, action: 'revoke', reason: 'Issued in error', actor: ACTOR } as const;
  let changed = 0;
  const cost = await costOf(1, async () => {
    for (let from = 0; from < count; from += AWARDS) {
      const some = credentialIds.slice(from, from + AWARDS);
      const done = await world.status.changeMany({ ...of, of: { credentialIds: some } });
      if (!done.published) throw new Error('the list was not published');
      changed += done.rows.filter(({ outcome }) => outcome === 'changed').length;
    }
  });
  if (changed !== count) throw new Error(`${changed} of ${count} were revoked`);
  await world.close();
  rmSync(directory, { recursive: true, force: true });
  return cost;
}
