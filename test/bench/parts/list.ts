/** A status list of the usual and of the largest length: from the places in the store to the signed text. */
import { systemClock } from '#kernel';
import { openWorld, seed, TENANT } from '../../credentials/support/world.ts';
import type { Measured } from '../figures.ts';
import { insertAwards } from '../rows.ts';
import { costOf, median } from '../timing.ts';
import { bitsWith, openSigning } from './list-signing.ts';

const ROUNDS = 15;
const SMALL = 131_072;
const LARGE = 1_048_576;

export async function list(): Promise<Measured> {
  const sign = openSigning();
  const time = async (length: number, share: number) => {
    const bits = bitsWith(length, share);
    const text = await sign(bits);
    await costOf(3, () => sign(bits));
    const times = [];
    for (let round = 0; round < ROUNDS; round++) times.push((await costOf(1, () => sign(bits))).ms);
    return { ms: median(times), bytes: text.length };
  };
  const [small, large, half] = [await time(SMALL, 0.01), await time(LARGE, 0.01), await time(LARGE, 0.5)];
  return {
    ...{ 'statusList.ms': small.ms, 'statusList1M.ms': large.ms, 'statusList1M.half.ms': half.ms },
    'statusList1M.bytes': large.bytes,
    'statusList1M.publish.ms': await publication(),
  };
}

/** Of a list of a million entries of which one in a hundred awards is revoked. */
async function publication(): Promise<number> {
  const world = await openWorld({ clock: systemClock, statusListLength: LARGE });
  const { achievementId } = await seed(world);
  const made = await world.status.ensureList(TENANT, 'revocation');
  const credentialIds = await insertAwards(world.storage, { achievementId, list: made, count: 5_243 });
  const of = { tenant: TENANT, reason: 'Issued in error', actor: 'key:bench' } as const;
  await world.status.changeMany({ ...of, action: 'revoke', of: { credentialIds } });
  const times = [];
  for (let round = 0; round < ROUNDS; round++) {
    times.push((await costOf(1, () => world.status.publish(made.listId))).ms);
  }
  await world.close();
  return median(times);
}
