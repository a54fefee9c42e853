import { openOfSlot, type Rules } from './assess.ts';
import type { Wallet } from './options.ts';

/**
 * Whether a mandatory slot that no alternative replaces stays open even with everything that any slot could take: then so
 * does the whole. Counted for each slot by itself, so that nobody's gain is another's loss.
 */
export function cannotAllBeMet({ options, items }: Wallet, { parts, slots }: Rules): boolean {
  const most = new Float64Array(slots.length);
  const first = new Int32Array(slots.length);
  for (let slot = 1; slot < slots.length; slot++) first[slot] = first[slot - 1]! + items[slot - 1]!;
  const seen = new Uint8Array((first.at(-1) ?? 0) + (items.at(-1) ?? 0));
  for (const list of options) {
    for (const option of list) {
      const { index, demand } = option.slot;
      if (demand.counts === 'credit') most[index]! += option.guise.credit.get(demand.system!)!;
      for (const item of option.items) {
        const at = first[index]! + item;
        if (seen[at] === 0) most[index]!++;
        seen[at] = 1;
      }
    }
  }
  return parts.some(
    ({ plan, advisory }) =>
      plan.type === 'slot' && !plan.advisory && !advisory && openOfSlot(slots[plan.index]!, most[plan.index]!) > 0,
  );
}
