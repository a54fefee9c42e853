import { formatInstant } from '#kernel';
import { HIGHER_AUTHORITY } from './actors.ts';
import type { World } from './world.ts';

const second = () => new Promise((later) => setTimeout(later, 1_100));

/**
 * Void from the start, recorded now. Times are whole seconds, and what is recorded in a second is known in all of it, so
 * a second passes on either side.
 * @returns an instant at which nobody knew of it
 */
export async function annulAcademy({ authority, academyGrant }: World): Promise<string> {
  const before = formatInstant(new Date());
  await second();
  await authority(HIGHER_AUTHORITY).post(`/v1/accreditations/${academyGrant}/events`, {
    type: 'annulled',
    reason: 'Obtained with papers that were not genuine (illustrative)',
  });
  await second();
  return before;
}
