import { isObject, type Json } from '#kernel';
import { type Finding, fail } from './finding.ts';
import { previousOf } from './hash.ts';

/** Which proofs of a set each proof covers (VC-DI 2.1.2), by index; or why that cannot be said. */
export type Links = readonly (readonly number[] | Finding)[];

/** Reads `previousProof` of every proof. A reference to nothing, to two proofs or back to itself refuses the proof. */
export function linksOf(proofs: readonly Json[]): Links {
  const direct = proofs.map((proof): number[] | Finding => {
    const found: number[] = [];
    for (const id of previousOf(proof) ?? []) {
      const matches = proofs.flatMap((one, index) => (isObject(one) && one.id === id ? [index] : []));
      if (matches.length === 0) return fail('previous_proof_missing', `there is no proof ${id.slice(0, 200)}`);
      if (matches.length > 1) return fail('previous_proof_ambiguous', `two proofs are ${id.slice(0, 200)}`);
      found.push(matches[0]!);
    }
    // VC-DI 4.5: matching proofs in the order of the document, each once.
    return [...new Set(found)].sort((a, b) => a - b);
  });
  return direct.map((links, index) =>
    reachable(direct, index).has(index) ? fail('previous_proof_loop', 'the proof covers itself') : links,
  );
}

/** Everything a proof covers, directly or through another. */
export function reachable(links: Links, from: number): ReadonlySet<number> {
  const seen = new Set<number>();
  const visit = (index: number): void => {
    const next = links[index]!;
    if (!Array.isArray(next)) return;
    for (const one of next as readonly number[]) {
      if (seen.has(one)) continue;
      seen.add(one);
      visit(one);
    }
  };
  visit(from);
  return seen;
}
