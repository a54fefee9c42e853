import type { DocumentLoader, RdfQuad } from 'jsonld';
import { isObject, type Json, LIMITS } from '#kernel';
import { assertNoProto } from '../harden.ts';
import type { Digest } from '../keys.ts';
import { countedDigests } from './digests.ts';
import { keptContextsOf } from './kept-contexts.ts';
import { asCanonicalizationError, CanonicalizationError } from './outcome.ts';
import { nestedRepetition } from './repetition.ts';

/** From this many blank nodes on, equal siblings can form three levels (2 + 4 + 8). */
export const REPETITION_FROM = 14;

/**
 * The canonical N-Quads of a JSON-LD document: RDFC-1.0, safe mode, no base (VC-DI-EdDSA 3.2.3).
 * @param factor limit of the deep comparison: n^factor runs for n undistinguished blank nodes
 * @param digest the hash that orders blank nodes (RDFC-1.0 3)
 * @throws CanonicalizationError
 */
export async function rdfc(
  document: Json,
  documentLoader: DocumentLoader,
  factor: number,
  digest: Digest,
): Promise<string> {
  return canonicalizeDataset(await toDataset(document, documentLoader), factor, digest);
}

let reader: Promise<[typeof import('jsonld'), typeof import('./context-resolver.ts')]> | undefined;

/** Expansion and conversion, within the budgets of size. @throws CanonicalizationError */
export async function toDataset(document: Json, documentLoader: DocumentLoader): Promise<RdfQuad[]> {
  assertMembers(document);
  try {
    assertNoProto(document);
  } catch (cause) {
    const pointer = (cause as { errors?: { pointer: string }[] }).errors?.[0]?.pointer ?? '';
    throw new CanonicalizationError('forbidden_member', (cause as Error).message, { cause, pointer });
  }
  // Loaded at its first use: with what it brings along it takes some 20 MiB, also of a service at rest.
  reader ??= Promise.all([import('jsonld'), import('./context-resolver.ts')]);
  const [{ default: jsonld }, { SharingResolver }] = await reader;
  let dataset: RdfQuad[];
  try {
    dataset = await jsonld.toRDF(document, {
      documentLoader,
      contextResolver: new SharingResolver({ sharedCache: keptContextsOf(documentLoader) }),
      base: null,
      safe: true,
      rdfDirection: 'i18n-datatype',
      produceGeneralizedRdf: false,
    });
  } catch (error) {
    throw asCanonicalizationError(error);
  }
  if (dataset.length === 0) throw new CanonicalizationError('dropped_term', 'the document states nothing');
  if (dataset.length > LIMITS.quads) throw new CanonicalizationError('work_limit', `more than ${LIMITS.quads} quads`);
  const blank = countBlankNodes(dataset);
  if (blank > LIMITS.blankNodes) {
    throw new CanonicalizationError('work_limit', `more than ${LIMITS.blankNodes} nodes without an id`);
  }
  const repeated = blank >= REPETITION_FROM ? nestedRepetition(document) : undefined;
  if (repeated !== undefined) {
    throw new CanonicalizationError('work_limit', `${repeated}: equal nodes without ids nest; give them ids`, {
      pointer: repeated,
    });
  }
  return dataset;
}

let library: Promise<typeof import('rdf-canonize')> | undefined;

/** RDFC-1.0 of a dataset, bounded by the factor and by `LIMITS.canonicalizeDigests`. @throws CanonicalizationError `work_limit` */
export async function canonicalizeDataset(
  dataset: readonly RdfQuad[],
  factor: number,
  digest: Digest,
): Promise<string> {
  library ??= import('rdf-canonize');
  const { canonize } = await library;
  try {
    return await canonize(dataset, {
      algorithm: 'RDFC-1.0',
      maxWorkFactor: factor,
      createMessageDigest: countedDigests(digest),
    });
  } catch (error) {
    throw asCanonicalizationError(error);
  }
}

/** @returns how many members and array items there are, all levels. @throws CanonicalizationError over the budget */
export function assertMembers(document: Json): number {
  const members = countMembers(document);
  if (members > LIMITS.jsonKeys) {
    throw new CanonicalizationError('work_limit', `more than ${LIMITS.jsonKeys} members or ${LIMITS.jsonDepth} levels`);
  }
  return members;
}

/** Stops counting soon after the budget; depth over the budget counts as too many. */
function countMembers(value: Json, depth = 0): number {
  if (depth > LIMITS.jsonDepth) return LIMITS.jsonKeys + 1;
  if (typeof value !== 'object' || value === null) return 0;
  const items = isObject(value) ? Object.values(value) : value;
  let count = items.length;
  for (const item of items) {
    count += countMembers(item, depth + 1);
    if (count > LIMITS.jsonKeys) break;
  }
  return count;
}

function countBlankNodes(dataset: readonly RdfQuad[]): number {
  const labels = new Set<string>();
  for (const { subject, object, graph } of dataset) {
    for (const term of [subject, object, graph]) if (term.termType === 'BlankNode') labels.add(term.value);
  }
  return labels.size;
}
