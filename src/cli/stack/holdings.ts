import { type FieldError, isObject, type Json, type JsonObject, refuseBadFields } from '#kernel';
import { checkHoldings, type Holding } from '#pathways';
import type { Documents } from './documents.ts';

export interface ReadHoldings {
  holdings: Holding[];
  /** Of each signed badge: which, whether it became a holding, and what the verifier says of it. */
  signed: { index: number; counted: boolean; sentence: string }[];
}

/**
 * Holdings from a file: plain records (stacking A1), taken as given, and signed badges, which are verified first. Signed ones
 * must be of one subject; whose a plain record is, it does not say.
 * @throws Problem `invalid-request` with the pointer of every bad one
 */
export async function readHoldings(
  json: Json,
  documents: Documents,
  anchors: readonly string[],
): Promise<ReadHoldings> {
  const items = Array.isArray(json) ? json : [];
  const isOfSigned = ({ pointer }: FieldError) => isSigned(items[Number(pointer.split('/')[1])] ?? null);
  refuseBadFields([...checkHoldings(json).filter((error) => !isOfSigned(error)), ...otherSubjects(items)]);
  const plain = items.filter((item) => !isSigned(item)) as unknown as Holding[];
  if (plain.length === items.length) return { holdings: plain, signed: [] };
  // Proofs and contexts are only loaded where something is signed.
  const { createOffline } = await import('./offline.ts');
  const offline = createOffline(documents, anchors);
  const out: ReadHoldings = { holdings: plain, signed: [] };
  try {
    for (const [index, item] of items.entries()) {
      if (!isSigned(item)) continue;
      const { report, holding } = await offline.holdingOf(item);
      if (holding) out.holdings.push(holding);
      out.signed.push({ index, counted: holding !== undefined, sentence: report.sentence.en });
    }
  } finally {
    await offline.close();
  }
  return out;
}

const isSigned = (json: Json): json is JsonObject => isObject(json) && 'credentialSubject' in json;

function otherSubjects(items: readonly Json[]): FieldError[] {
  let first: Json | undefined;
  return items.flatMap((item, index): FieldError[] => {
    if (!isSigned(item)) return [];
    const id = isObject(item.credentialSubject) ? item.credentialSubject.id : undefined;
    const pointer = `/${index}/credentialSubject/id`;
    if (typeof id !== 'string') return [{ pointer, detail: 'is required: badges of different people never add up' }];
    first ??= id;
    return id === first ? [] : [{ pointer, detail: 'is another subject than that of the first badge' }];
  });
}
