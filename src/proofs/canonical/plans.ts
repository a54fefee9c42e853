import { type Clock, type JsonObject, sha256Hex } from '#kernel';
import type { PlanCompiler } from './bounded.ts';
import type { Plan, PlanMismatch } from './compiled/index.ts';

/**
 * By which profiles nothing was found against the structure that is in the key of a plan: member names, types and contexts.
 * Values have rules of their own (`VALUE_RULES`), so that it need not be looked for again.
 */
export type KnownStructure = Set<string>;

/** One plan, and what is known of its use. */
export interface PlanInUse {
  plan: Plan;
  /** Whose document it was made of. */
  owner: string;
  structure: KnownStructure;
  /** How often it answered. */
  uses: number;
  /** Ids of documents it answered for since it was last held against the reference with success. */
  suspects: string[];
  /** The higher, the later it was asked for. */
  asked: number;
}

export interface PlanBounds {
  plans: number;
  bytes: number;
  /** Plans of one owner, so that nobody pushes out all others. */
  each: number;
  /** Attempts to make one, in any second. */
  buildsASecond: number;
}

export const PLAN_BOUNDS: PlanBounds = { plans: 256, bytes: 32 * 1024 * 1024, each: 32, buildsASecond: 5 };

/** Shapes of which one was seen and no plan made. */
const REMEMBERED = 2_048;
/** After a failed attempt a shape is tried again when so many more were seen: the next document may be eligible. */
const AFTER_FAILURE = -16;

export interface Plans {
  get(key: string): PlanInUse | undefined;
  /**
   * A document of this shape was good by the reference. At the second one a plan is made in the background: one at a time, never
   * waited for, and a failure is not kept.
   */
  sight(key: string, document: JsonObject, owner: string): void;
  /** All plans are dropped, and no more are made. */
  close(): void;
  /** When nothing is being made. For tests and measurements. */
  idle(): Promise<void>;
}

/** Plans by the whole key of their shape, the least recently used out first. */
export function createPlans(options: {
  compiler: PlanCompiler;
  clock: Clock;
  bounds?: PlanBounds;
  onMismatch: (mismatch: PlanMismatch, key: string) => void;
}): Plans {
  const { compiler, clock, bounds = PLAN_BOUNDS, onMismatch } = options;
  const kept = new Map<string, PlanInUse>();
  /** The one that answered last: to compare a key costs a quarter of looking one up. */
  let latest: PlanInUse | undefined;
  const seen = new Map<string, number>();
  let bytes = 0;
  let asked = 0;
  let building: Promise<void> | undefined;
  let closed = false;
  let starts: number[] = [];

  const drop = (key: string): void => {
    bytes -= kept.get(key)?.plan.bytes ?? 0;
    kept.delete(key);
    latest = undefined;
  };

  const keep = (plan: Plan, owner: string): void => {
    drop(plan.key);
    kept.set(plan.key, { plan, owner, structure: new Set(), uses: 0, suspects: [], asked: ++asked });
    bytes += plan.bytes;
    const own = [...kept.values()].filter((one) => one.owner === owner);
    if (own.length > bounds.each) drop(longestUnasked(own));
    while (kept.size > bounds.plans || bytes > bounds.bytes) drop(longestUnasked([...kept.values()]));
  };

  const remember = (name: string, count: number): void => {
    seen.delete(name);
    seen.set(name, count);
    if (seen.size > REMEMBERED) seen.delete(seen.keys().next().value!);
  };

  const mayStart = (): boolean => {
    const now = clock.now().getTime();
    starts = starts.filter((at) => at > now - 1_000 && at <= now);
    if (starts.length >= bounds.buildsASecond) return false;
    starts.push(now);
    return true;
  };

  async function build(key: string, name: string, document: JsonObject, owner: string): Promise<void> {
    try {
      const made = await compiler.compile(document);
      if (closed) return;
      if ('mismatch' in made) onMismatch(made, key);
      else if ('plan' in made && made.plan.key === key) {
        keep(made.plan, owner);
        seen.delete(name);
      } else remember(name, AFTER_FAILURE);
    } catch {
      // Too much work, or the thread is busy: nothing is known of the shape.
      remember(name, AFTER_FAILURE);
    } finally {
      building = undefined;
    }
  }

  return {
    get(key) {
      const found = latest?.plan.key === key ? latest : kept.get(key);
      if (!found) return undefined;
      found.asked = ++asked;
      latest = found;
      return found;
    },
    sight(key, document, owner) {
      if (closed || kept.has(key)) return;
      const name = sha256Hex(key);
      const count = (seen.get(name) ?? 0) + 1;
      remember(name, count);
      if (count < 2 || building || !mayStart()) return;
      building = build(key, name, document, owner);
    },
    close() {
      closed = true;
      kept.clear();
      latest = undefined;
      seen.clear();
      bytes = 0;
    },
    async idle() {
      while (building) await building;
    },
  };
}

/** A shape's key is long, and moving it to the end of a map would hash it twice more at each use. */
const longestUnasked = (plans: readonly PlanInUse[]): string =>
  plans.reduce((oldest, one) => (one.asked < oldest.asked ? one : oldest)).plan.key;
