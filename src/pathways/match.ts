import type { Holding, Item } from './model.ts';
import type { ReasonCode } from './reasons.ts';

/** Finds the holdings an item asks for, versions and currency aside, in the order in which they were given. */
export type Finder = (item: Item) => readonly Holding[];

/** An index, because neither the number of items nor that of codes on a badge is ours to choose. */
export function createFinder(holdings: readonly Holding[]): Finder {
  const byAchievement = Map.groupBy(holdings, (holding) => holding.achievement);
  const byCode = new Map<string, Holding[]>();
  for (const holding of holdings) {
    for (const code of new Set(holding.competencies)) {
      const known = byCode.get(code);
      if (known) known.push(holding);
      else byCode.set(code, [holding]);
    }
  }
  return ({ achievement, code }) =>
    (achievement === undefined ? byCode.get(code ?? '') : byAchievement.get(achievement)) ?? [];
}

/** What keeps a holding that is asked for from serving the item; empty when nothing does. */
export function refusals(item: Item, holding: Holding, currentOn: string | undefined): ReasonCode[] {
  const out: ReasonCode[] = [];
  // A holding that does not say its version cannot be shown to be of an accepted one.
  if (item.version && (holding.version === undefined || !item.version.includes(holding.version))) out.push('version');
  if (currentOn !== undefined && holding.expires !== undefined && holding.expires < currentOn) out.push('expired');
  return out;
}
