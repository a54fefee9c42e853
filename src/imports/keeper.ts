import type { HolderIdentifier } from '#holders';
import { Problem, sha256Hex } from '#kernel';
import { type Binding, boundTo } from '#verifier';
import type { ImportSummary, Keeper } from './ports.ts';

/** What a session has proven, or whoever acts for it was told that it had. */
export type Proven = readonly Pick<HolderIdentifier, 'kind' | 'value'>[];

/** By which of these identifiers a kept badge is of the holder; undefined: it is not shown to be theirs, and does not count. */
export const belongsTo = (holder: Proven, { subject }: Pick<ImportSummary, 'subject'>): Binding | undefined =>
  boundTo(subject, holder);

/**
 * Addresses first: a wallet key is lost with its wallet. A number that an institution vouches for says nothing about badges of
 * others, and keeps none.
 * @throws Problem `conflict` for a holder who has proven neither
 */
export function keepersOf(holder: Proven): Keeper[] {
  const of = (wanted: Keeper['kind']) =>
    holder.flatMap(({ kind, value }) => (kind === wanted ? [{ kind: wanted, value }] : []));
  const keepers = [...of('email'), ...of('did')];
  if (keepers.length === 0) throw new Problem('conflict', 'show an address or a key first');
  return keepers;
}

/** Names a keeper where nobody has to know who it is. */
export const keyOf = ({ kind, value }: Keeper): string => sha256Hex(JSON.stringify([kind, value]));
