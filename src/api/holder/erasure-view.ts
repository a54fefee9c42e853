import type { ErasurePlan, ErasureStep } from '#holders';
import type { ErasureView } from '#pages';

/** In the order in which they are told: what goes first, then what does not. */
const ORDER: readonly ErasureStep['becomes'][] = ['digest', 'document', 'entry', 'retained', 'busy', 'kept'];

/** A plan as a page tells it: how many of each kind, by what becomes of them. */
export function erasureView({ steps, confirmation }: ErasurePlan): ErasureView {
  const groups = ORDER.flatMap((becomes) => {
    const own = steps.filter((step) => step.becomes === becomes);
    if (own.length === 0) return [];
    const kinds = [...new Set(own.map(({ kind }) => kind))];
    const counts = kinds.map((kind) => ({ kind, count: own.filter((step) => step.kind === kind).length }));
    const until = own
      .flatMap((step) => step.until ?? [])
      .sort()
      .at(-1);
    return [{ becomes, counts, ...(until === undefined ? {} : { until }) }];
  });
  return { groups, confirmation };
}
