import { isObject } from '#kernel';
import { readDigests } from '../digests.ts';
import type { ConformityRule, Finding } from '../rule.ts';
import { each, isUrl } from '../values.ts';

const AT = '/relatedResource';
const MEDIA_TYPE = /^[A-Za-z0-9!#$&^_.+-]+\/[A-Za-z0-9!#$&^_.+-]+(?:\s*;[^\s].*)?$/;

/** Whether a resource has the digest, whoever uses it finds out; here, whether the digest can be compared at all. */
export const relatedResource: ConformityRule = {
  id: 'related-resource',
  clause: '5.3',
  check(document) {
    if (document.relatedResource === undefined) return [];
    const found: Finding[] = [];
    const seen = new Set<string>();
    const list = each(document.relatedResource, AT);
    if (list.length === 0) found.push({ pointer: AT, detail: 'must be one or more objects' });
    for (const { pointer, value } of list) {
      if (!isObject(value)) {
        found.push({ pointer, detail: 'must be an object' });
        continue;
      }
      if (!isUrl(value.id)) found.push({ pointer: `${pointer}/id`, detail: 'must be a URL' });
      else if (seen.has(value.id)) found.push({ pointer: `${pointer}/id`, detail: 'stands twice' });
      else seen.add(value.id);
      const { digestSRI, digestMultibase, mediaType } = value;
      if (digestSRI === undefined && digestMultibase === undefined) {
        found.push({ pointer, detail: 'must have digestSRI or digestMultibase' });
      }
      for (const name of readDigests(value).malformed) {
        found.push({ pointer: `${pointer}/${name}`, detail: 'is not a digest by SHA-2' });
      }
      if (mediaType !== undefined && !(typeof mediaType === 'string' && MEDIA_TYPE.test(mediaType))) {
        found.push({ pointer: `${pointer}/mediaType`, detail: 'must be a media type' });
      }
    }
    return found;
  },
  examples: {
    pass: [
      put('relatedResource with digestSRI', { digestSRI: `sha256-${'A'.repeat(43)}=` }),
      put('relatedResource with digestSRI of three algorithms', {
        digestSRI: `sha256-${'A'.repeat(43)}= sha384-${'A'.repeat(64)} sha512-${'A'.repeat(86)}==`,
      }),
      put('relatedResource with digestSRI in hex', { digestSRI: `sha256-${'0'.repeat(64)}` }),
      put('relatedResource with digestMultibase', { digestMultibase: `uEiA${'A'.repeat(43)}` }),
      put('relatedResource with a media type', {
        digestMultibase: `uEiA${'A'.repeat(43)}`,
        mediaType: 'application/ld+json',
      }),
    ],
    fail: [
      ...[null, 'https://specimen.example/1', []].map((value) => ({
        on: 'credential' as const,
        title: `relatedResource ${JSON.stringify(value)}`,
        change: (d: { relatedResource: unknown }) => {
          d.relatedResource = value;
        },
        pointer: AT,
      })),
      {
        ...put('relatedResource that is a list of texts', {}),
        change: (d: { relatedResource: unknown }) => {
          d.relatedResource = ['https://specimen.example/1'];
        },
        pointer: `${AT}/0`,
      },
      { ...put('relatedResource without digest', {}), pointer: AT },
      {
        ...put('relatedResource without id', { id: undefined, digestSRI: `sha256-${'A'.repeat(43)}=` }),
        pointer: `${AT}/id`,
      },
      ...['sha256-', 'md5-AAAA', `sha256-${'A'.repeat(42)}==`, 'AAAA', 5, `sha384-${'A'.repeat(43)}=`].map(
        (digestSRI) => ({
          ...put(`relatedResource with digestSRI ${JSON.stringify(digestSRI)}`, { digestSRI }),
          pointer: `${AT}/digestSRI`,
        }),
      ),
      ...['', 'zzz', 'uEiAAAA', `uZTQ0MjM1NiAgcmVwb3J0`, null, `mEiA${'A'.repeat(43)}`].map((digestMultibase) => ({
        ...put(`relatedResource with digestMultibase ${JSON.stringify(digestMultibase)}`, { digestMultibase }),
        pointer: `${AT}/digestMultibase`,
      })),
      {
        ...put('relatedResource twice with one id', {}),
        change: (d: { relatedResource: unknown }) => {
          const one = { id: 'https://specimen.example/1', digestSRI: `sha256-${'A'.repeat(43)}=` };
          d.relatedResource = [one, { ...one }];
        },
        pointer: `${AT}/1/id`,
      },
      {
        ...put('relatedResource with a bad media type', { digestSRI: `sha256-${'A'.repeat(43)}=`, mediaType: 'json' }),
        pointer: `${AT}/mediaType`,
      },
    ],
  },
};

function put(title: string, value: object) {
  const change = (d: { relatedResource: unknown }) => {
    d.relatedResource = { id: 'https://specimen.example/1', ...value };
  };
  return { on: 'credential' as const, title, change };
}
