import { createHash } from 'node:crypto';
import { type Digest, readDigests } from '#credentials';
import { isObject, type JsonObject } from '#kernel';
import { publishedDigests } from '#proofs';
import { DOCUMENT_TEXTS as TEXTS } from '../document-words.ts';
import { type Check, check } from '../report.ts';
import type { Session } from '../session.ts';

/** So many are fetched; the rest are said not to have been compared. */
const MOST = 4;

interface Compared {
  id: string;
  outcome: 'same' | 'other' | 'unknown';
  /** Why it is not known. */
  code?: string;
}

/**
 * Compares what a credential rests on with the digests it states (VCDM 2.0, 5.3: a digest that does not match is an error). What
 * cannot be had is no fault of the document and stays in the evidence. Call it for documents whose proof holds: the
 * addresses are a stranger's otherwise.
 * @param found what was found out about the document so far; a failure is not made another one
 */
export async function checkRelatedResources(document: JsonObject, found: Check, session: Session): Promise<Check> {
  const resources = [document.relatedResource ?? []].flat().filter(isObject);
  if (resources.length === 0 || (found.result !== 'pass' && found.result !== 'warning')) return found;
  let fetches = 0;
  const compared = await Promise.all(
    resources.map((one): Promise<Compared> | Compared => {
      const { digests } = readDigests(one);
      const id = typeof one.id === 'string' ? one.id : '';
      const published = publishedDigests(id);
      if (published)
        return { id, outcome: agrees(digests, ({ algorithm }) => published[algorithm]) ? 'same' : 'other' };
      return ++fetches > MOST ? { id, outcome: 'unknown', code: 'too_many' } : compare(id, digests, session);
    }),
  );
  const evidence = { ...found.evidence, relatedResource: compared };
  if (compared.some(({ outcome }) => outcome === 'other')) {
    return check('document', 'fail', 'related_resource', TEXTS.related_resource, evidence);
  }
  if (compared.every(({ outcome }) => outcome === 'same')) return { ...found, evidence };
  const code = 'related_resource_unreachable';
  return found.result === 'warning'
    ? { ...found, evidence }
    : check('document', 'warning', code, TEXTS[code], evidence);
}

async function compare(id: string, digests: readonly Digest[], session: Session): Promise<Compared> {
  if (digests.length === 0) return { id, outcome: 'unknown', code: 'no_digest' };
  const got = await session.bytes(id, '*/*');
  if (!got.ok) return { id, outcome: 'unknown', code: got.code };
  const same = agrees(digests, ({ algorithm }) => createHash(algorithm).update(got.bytes).digest('hex'));
  return { id, outcome: same ? 'same' : 'other' };
}

/** Every digest stated must be the one of the bytes. */
function agrees(digests: readonly Digest[], hex: (digest: Digest) => string): boolean {
  return digests.length > 0 && digests.every((one) => one.value.toString('hex') === hex(one));
}
