import { type FieldError, isObject, type JsonObject } from '#kernel';
import { publishedDigests } from '#proofs';
import { readDigests } from './vcdm/digests.ts';

/**
 * A related resource whose bytes everybody knows, with a digest that is not theirs: no verifier accepts it (VCDM 2.0, 5.3), so
 * nobody signs it. What would have to be fetched is left to the verifier: issuing needs no network.
 */
export const publishedResources = {
  check(document: JsonObject): FieldError[] {
    const { relatedResource } = document;
    return [relatedResource ?? []].flat().flatMap((one, index) => {
      const published = isObject(one) && typeof one.id === 'string' ? publishedDigests(one.id) : undefined;
      if (!published || !isObject(one)) return [];
      const pointer = Array.isArray(relatedResource) ? `/relatedResource/${index}` : '/relatedResource';
      const other = readDigests(one).digests.some(
        ({ algorithm, value }) => value.toString('hex') !== published[algorithm],
      );
      return other
        ? [{ pointer, detail: 'has another digest than the published resource', code: 'related_resource' }]
        : [];
    });
  },
};
