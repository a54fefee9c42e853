import type { FieldError, Json } from '#kernel';

/** Asks whether everything that is issued may carry this endorsement. Pointers are into it. */
export type EndorsementErrors = (document: Json, carrier: { id: string; tenant: string }) => Promise<FieldError[]>;

/** More would make each badge slow to verify. */
export const ENDORSEMENTS = 4;

/**
 * Faults of the endorsements that a version is to carry; each is verified now, and pinned with the version.
 * @param ask without it none is taken
 */
export async function endorsementFaults(
  endorsements: unknown,
  carrier: { id: string; tenant: string },
  ask: EndorsementErrors | undefined,
): Promise<FieldError[]> {
  if (endorsements === undefined) return [];
  if (!Array.isArray(endorsements) || endorsements.length === 0 || endorsements.length > ENDORSEMENTS) {
    return [{ pointer: '/endorsement', detail: `must be a list of 1 to ${ENDORSEMENTS} signed endorsements` }];
  }
  if (!ask) return [{ pointer: '/endorsement', detail: 'endorsements cannot be checked here' }];
  const faults: FieldError[] = [];
  const seen = new Set<string>();
  for (const [index, one] of (endorsements as Json[]).entries()) {
    const at = `/endorsement/${index}`;
    const text = JSON.stringify(one);
    if (seen.has(text)) faults.push({ pointer: at, detail: 'occurs twice' });
    seen.add(text);
    faults.push(...(await ask(one, carrier)).map((fault) => ({ ...fault, pointer: `${at}${fault.pointer}` })));
  }
  return faults;
}
