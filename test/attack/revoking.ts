import { decodeBitstring, getBit } from '#credentials';
import { LIMITS } from '#kernel';
import { ACTOR, TENANT, type World } from '../credentials/support/world.ts';

const LOOPS = 2;

/**
 * Revokes `count` badges while others are issued to the same list all the time.
 * @returns for each the milliseconds from asking for it until the list, as anybody gets it, shows it
 */
export async function revokeUnderLoad(world: World, achievementId: string, count: number): Promise<number[]> {
  const issue = async (recipients: number) => {
    const body = { achievementId, recipients: Array.from({ length: recipients }, () => ({})) };
    return world.issuer.issue({ tenant: TENANT, actor: ACTOR, body });
  };
  const ids: string[] = [];
  while (ids.length < count)
    ids.push(...(await issue(Math.min(100, count - ids.length))).map((one) => one.credentialId));
  let done = false;
  const loops = Array.from({ length: LOOPS }, async () => {
    while (!done) await issue(5);
  });
  const delays: number[] = [];
  for (const credentialId of ids) {
    const { statusListId, statusListIndex } = (await world.reader.credential(credentialId))!;
    const asked = performance.now();
    const { published } = await world.status.change({
      ...{ tenant: TENANT, credentialId, action: 'revoke', reason: 'Issued in error', actor: ACTOR },
    });
    const { credentialSubject } = JSON.parse(await world.status.listCredential(statusListId));
    delays.push(performance.now() - asked);
    const bits = decodeBitstring(credentialSubject.encodedList, { bits: LIMITS.statusListEntries });
    if (!published || !getBit(bits, statusListIndex)) throw new Error(`${credentialId} is revoked, and not published`);
  }
  done = true;
  await Promise.all(loops);
  return delays;
}

export const p99 = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.ceil(values.length * 0.99) - 1]!;
