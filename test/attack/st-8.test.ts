import { expect, it } from 'vitest';
import { decodeBitstring } from '#credentials';
import { ACTOR, openWorld, seed, TENANT } from '../credentials/support/world.ts';

/** Each issued by itself, one after the other. */
const AWARDS = 120;

it('ST-8 the order in which a small institution issues is not to be seen in its list', async () => {
  const world = await openWorld();
  const { achievementId } = await seed(world);
  const indexes: number[] = [];
  let listId = '';
  for (let at = 0; at < AWARDS; at++) {
    const body = { achievementId, recipients: [{}] };
    const [issued] = await world.issuer.issue({ tenant: TENANT, actor: ACTOR, body });
    const record = await world.reader.credential(issued!.credentialId);
    indexes.push(record!.statusListIndex);
    listId = record!.statusListId;
  }
  const { credentialSubject } = JSON.parse(await world.status.listCredential(listId));
  const length = decodeBitstring(credentialSubject.encodedList).length * 8;
  expect(length).toBeGreaterThanOrEqual(131_072);
  // Wald-Wolfowitz: runs above and below the middle, as many as chance makes.
  const above = indexes.map((index) => index >= length / 2);
  const runs = above.filter((side, at) => at > 0 && side !== above[at - 1]).length + 1;
  const [n, m] = [above.filter(Boolean).length, above.filter((side) => !side).length];
  const mean = (2 * n * m) / (n + m) + 1;
  const deviation = Math.sqrt(((mean - 1) * (mean - 2)) / (n + m - 1));
  expect(Math.abs(runs - mean) / deviation).toBeLessThan(5);
  expect(Math.abs(n - m)).toBeLessThan(5 * Math.sqrt(n + m));
  await world.close();
}, 120_000);
