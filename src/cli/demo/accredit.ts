import { type Actor, COASTAL_COLLEGE, INDUSTRY_ASSOCIATION, NEW_POLYTECHNIC, OLD_POLYTECHNIC } from './actors.ts';
import type { Client } from './client.ts';
import { type Grant, ILLUSTRATIVE } from './grants.ts';
import { MEMO } from './instruments.ts';

type Did = (actor: Actor) => string;

/** One grant with everything that happened to it. @returns its id */
export async function grant(authority: Client, did: Did, of: Grant): Promise<string> {
  const { to, role, scope, validFrom, validUntil, provisional, legalInstrument, models, events } = of;
  const { id } = await authority.post<{ id: string }>('/v1/accreditations', {
    accredited: did(to),
    role,
    scope: [{ ...scope, ...(of.ownSite ? { site: [did(to)] } : {}) }],
    validFrom,
    ...(validUntil ? { validUntil } : {}),
    ...(provisional ? { provisional } : {}),
    legalInstrument,
    condition: [models, ILLUSTRATIVE],
  });
  for (const event of events ?? []) await authority.post(`/v1/accreditations/${id}/events`, event);
  return id;
}

/** An industry body endorses one achievement of a college: a fourth act, beside which nobody is accredited (S48). */
export async function endorse(association: Client, did: Did, achievementUrl: string): Promise<void> {
  await association.post('/v1/accreditations', {
    accredited: did(COASTAL_COLLEGE),
    verb: 'endorse',
    role: 'Award',
    scope: [{ achievement: [achievementUrl] }],
    validFrom: '2025-09-01',
    legalInstrument: MEMO,
    condition: [
      `${INDUSTRY_ASSOCIATION.name} endorses that this is useful at work. Modelled on industry bodies (S48, S49).`,
      ILLUSTRATIVE,
    ],
  });
}

/**
 * A merger with effect from today: recorded after the old institution made its last award, so that this day is inside the
 * time in which an award may be recorded.
 */
export async function merge(authority: Client, did: Did): Promise<void> {
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Manila' }).format(new Date());
  await authority.post('/v1/successions', {
    predecessor: did(OLD_POLYTECHNIC),
    successor: did(NEW_POLYTECHNIC),
    kind: 'Merger',
    mayAward: true,
    effectiveAt: today,
    reason: 'Merged for this demonstration (illustrative)',
  });
}
