import type { AccreditationEventType, Grant, GrantEvent } from './model.ts';

/** Legal standing of a grant at an instant, as far as was known at another. */
export type Standing =
  | 'not_recorded'
  | 'not_yet'
  | 'provisional'
  | 'active'
  | 'suspended'
  | 'expired'
  | 'withdrawn'
  | 'superseded'
  | 'annulled'
  | 'closed';

/** Is the party entitled in this state? */
export const IN_FORCE: Readonly<Record<Standing, boolean>> = {
  not_recorded: false,
  not_yet: false,
  provisional: true,
  active: true,
  suspended: false,
  expired: false,
  withdrawn: false,
  superseded: false,
  annulled: false,
  closed: false,
};

export const EVENT_TYPES: readonly AccreditationEventType[] = [
  'activated',
  'suspended',
  'reinstated',
  'expired',
  'withdrawn',
  'superseded',
  'annulled',
];

/** What the events so far have made of a grant; annulment stands beside it, because it reaches back. */
interface State {
  decided: boolean;
  suspended: boolean;
  ended?: Extract<Standing, 'expired' | 'withdrawn' | 'superseded'>;
}

type Step = { needs(state: State): boolean; makes(state: State): State };

/** The life of a grant (framework 6.3): what each event needs, and what it makes. Nothing follows an end. */
const STEPS: Record<Exclude<AccreditationEventType, 'annulled'>, Step> = {
  activated: { needs: (state) => !state.decided, makes: (state) => ({ ...state, decided: true }) },
  suspended: { needs: (state) => !state.suspended, makes: (state) => ({ ...state, suspended: true }) },
  reinstated: { needs: (state) => state.suspended, makes: (state) => ({ ...state, suspended: false }) },
  expired: { needs: () => true, makes: (state) => ({ ...state, ended: 'expired' }) },
  withdrawn: { needs: () => true, makes: (state) => ({ ...state, ended: 'withdrawn' }) },
  superseded: { needs: () => true, makes: (state) => ({ ...state, ended: 'superseded' }) },
};

/** In the order in which they take effect; of two at one instant the one recorded later is the later one. */
function timeline(events: readonly GrantEvent[]): GrantEvent[] {
  return events
    .map((event, order) => ({ event, order }))
    .sort(
      (a, b) =>
        compare(a.event.effectiveAt, b.event.effectiveAt) ||
        compare(a.event.recordedAt, b.event.recordedAt) ||
        a.order - b.order,
    )
    .map(({ event }) => event);
}

/**
 * Standing at `at`, by what was recorded up to and including `knownAt`. The interval of a grant is half-open. Awards made
 * before an event keep what they had, which follows from asking about *their* instant; only an annulment reaches back.
 */
export function standing(grant: Grant, events: readonly GrantEvent[], at: string, knownAt: string): Standing {
  if (grant.recordedAt > knownAt) return 'not_recorded';
  const known = events.filter((event) => event.grant === grant.id && event.recordedAt <= knownAt);
  if (known.some((event) => event.type === 'annulled' && event.effectiveAt <= at)) return 'annulled';
  if (at < grant.validFrom) return 'not_yet';
  let state: State = { decided: !grant.provisional, suspended: false };
  for (const event of timeline(known)) {
    if (event.effectiveAt > at) break;
    if (event.type !== 'annulled' && !state.ended) state = STEPS[event.type].makes(state);
  }
  if (state.ended) return state.ended;
  if (grant.validUntil !== undefined && at >= grant.validUntil) return 'expired';
  if (state.suspended) return 'suspended';
  return state.decided ? 'active' : 'provisional';
}

/**
 * Whether these events can all be true of one grant.
 * @returns the first event that cannot follow what stands before it, or that lies outside the life of the grant
 */
export function contradiction(grant: Grant, events: readonly GrantEvent[]): GrantEvent | undefined {
  let state: State = { decided: !grant.provisional, suspended: false };
  for (const event of timeline(events)) {
    // An annulment is possible from every state and at any time (framework 6.3).
    if (event.type === 'annulled') continue;
    const outside = event.effectiveAt < grant.validFrom || (grant.validUntil ?? '9999') <= event.effectiveAt;
    if (outside || state.ended || !STEPS[event.type].needs(state)) return event;
    state = STEPS[event.type].makes(state);
  }
  return undefined;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
