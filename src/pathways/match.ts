import type { Holding, Item } from './model.ts';
import type { ReasonCode } from './reasons.ts';

/** Whether the item asks for this holding at all, its version and currency aside. */
export function asks(item: Item, holding: Holding): boolean {
  if (item.achievement !== undefined) return item.achievement === holding.achievement;
  return item.code !== undefined && holding.competencies.includes(item.code);
}

/** What keeps a holding that is asked for from serving the item; empty when nothing does. */
export function refusals(item: Item, holding: Holding, currentOn: string | undefined): ReasonCode[] {
  const out: ReasonCode[] = [];
  // A holding that does not say its version cannot be shown to be of an accepted one.
  if (item.version && (holding.version === undefined || !item.version.includes(holding.version))) out.push('version');
  if (currentOn !== undefined && holding.expires !== undefined && holding.expires < currentOn) out.push('expired');
  return out;
}
