import { type Clock, LIMITS } from '#kernel';
import type { DocumentResolution } from './ports.ts';

/** What was found out a moment ago, and what is being found out now. */
export interface DocumentCache {
  /**
   * The answer for `id`: remembered, shared with whoever is asking already, or from `ask`.
   * @param notOlder in milliseconds: an answer remembered for longer is asked for again
   */
  answer(id: string, ask: () => Promise<DocumentResolution>, notOlder?: number): Promise<DocumentResolution>;
}

/** @param ms how long a document is used again; failures a tenth of it, because a key may just have been published */
export function createDocumentCache(clock: Clock, ms: number): DocumentCache {
  const known = new Map<string, { at: number; answer: DocumentResolution }>();
  const asking = new Map<string, Promise<DocumentResolution>>();

  function recall(id: string, notOlder: number): DocumentResolution | undefined {
    const entry = known.get(id);
    if (!entry) return undefined;
    const age = clock.now().getTime() - entry.at;
    // A clock that was set back must not keep an old key alive for longer.
    const kept = entry.answer.outcome === 'ok' ? ms : ms / 10;
    if (age >= 0 && age < Math.min(kept, notOlder)) return entry.answer;
    // What was only asked for again too early stays: should nobody answer now, it is still good.
    if (age < 0 || age >= kept) known.delete(id);
    return undefined;
  }

  async function askAndRemember(id: string, ask: () => Promise<DocumentResolution>): Promise<DocumentResolution> {
    const mine = ask();
    asking.set(id, mine);
    try {
      const answer = await mine;
      const better = answer.outcome === 'ok' || !known.has(id);
      if (!ofBudget(answer) && better) {
        known.delete(id);
        if (known.size >= LIMITS.identifierCacheEntries) known.delete(known.keys().next().value!);
        known.set(id, { at: clock.now().getTime(), answer });
      }
      return answer;
    } finally {
      asking.delete(id);
    }
  }

  return {
    async answer(id, ask, notOlder = ms) {
      for (;;) {
        const remembered = recall(id, notOlder);
        if (remembered) return remembered;
        const running = asking.get(id);
        if (!running) return askAndRemember(id, ask);
        const shared = await running.catch(() => undefined);
        if (shared && !ofBudget(shared)) return shared;
      }
    },
  };
}

/** A budget that ran out says nothing about the identifier, so the next one asks again. */
function ofBudget(answer: DocumentResolution): boolean {
  return answer.outcome !== 'ok' && answer.code === 'budget';
}
