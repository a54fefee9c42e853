import type { AccreditationEventType, Standing } from '#accreditation';
import type { GrantView, MomentView, PartyView } from '../register/index.ts';
import type { ConsoleProblem, Typed } from './views.ts';

/** Events that a form records; to be replaced by another grant is the form of that grant. */
export type GrantEventType = Exclude<AccreditationEventType, 'expired' | 'superseded'>;

export interface GrantsPage {
  typed: { q: string; standing: string; role: string };
  grants: readonly GrantView[];
  /** Instant. */
  now: string;
  /** Slug of the authority. */
  register: string;
  next?: string;
}

export interface DependentView {
  /** As many as one page shows. */
  grants: readonly GrantView[];
  count: number;
  complete: boolean;
  awards: readonly { party: PartyView; awards: number; standing: number; after: number; complete: boolean }[];
  uncounted: readonly PartyView[];
}

export interface GrantPage {
  moment: MomentView;
  grant: GrantView;
  typed: Typed;
  /** Asked once more, with what would follow. */
  confirm?: { type: GrantEventType; effectiveAt: string; becomes: Standing; depends?: DependentView };
  problem?: ConsoleProblem;
}

export interface GrantFormPage {
  typed: Typed;
  /** Whose place the new one takes. */
  renews?: GrantView;
  problem?: ConsoleProblem;
}
