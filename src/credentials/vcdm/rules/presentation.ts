import { isObject } from '#kernel';
import type { ConformityRule, Finding } from '../rule.ts';
import { each, isUrl } from '../values.ts';

const AT = '/verifiableCredential';

/** What it holds are objects; whether each is a credential is asked of each. */
export const presentation: ConformityRule = {
  id: 'presentation',
  clause: '4.13',
  check(document, about) {
    if (about.kind !== 'presentation') return [];
    const found: Finding[] = each(document.verifiableCredential, AT)
      .filter(({ value }) => !isObject(value))
      .map(({ pointer }) => ({ pointer, detail: 'must be a credential: an object' }));
    const { holder } = document;
    if (holder === undefined || isUrl(holder)) return found;
    if (!isObject(holder)) found.push({ pointer: '/holder', detail: 'must be a URL, or an object whose id is a URL' });
    else if (!isUrl(holder.id)) found.push({ pointer: '/holder/id', detail: 'must be a URL' });
    return found;
  },
  examples: {
    pass: [
      { on: 'presentation', title: 'presentation with a credential', change: () => {} },
      {
        on: 'presentation',
        title: 'presentation of one credential without a list',
        change: (d) => {
          d.verifiableCredential = d.verifiableCredential[0];
        },
      },
      {
        on: 'presentation',
        title: 'presentation of several credentials',
        change: (d) => d.verifiableCredential.push(d.verifiableCredential[0]),
      },
      {
        on: 'presentation',
        title: 'presentation of no credential',
        change: (d) => {
          d.verifiableCredential = [];
        },
      },
      { on: 'presentation', title: 'presentation without holder', change: (d) => delete d.holder },
      {
        on: 'presentation',
        title: 'presentation with an object as holder',
        change: (d) => {
          d.holder = { id: d.holder };
        },
      },
    ],
    fail: [
      ...['https://specimen.example/1', 5, null].map((value) => ({
        on: 'presentation' as const,
        title: `presentation that holds ${JSON.stringify(value)}`,
        change: (d: { verifiableCredential: unknown[] }) => d.verifiableCredential.push(value),
        pointer: `${AT}/1`,
      })),
      ...['holder-1', 5, null, ['did:web:holder.example']].map((value) => ({
        on: 'presentation' as const,
        title: `presentation with the holder ${JSON.stringify(value)}`,
        change: (d: { holder: unknown }) => {
          d.holder = value;
        },
        pointer: '/holder',
      })),
      {
        on: 'presentation',
        title: 'presentation whose holder has no id',
        change: (d) => {
          d.holder = { name: 'Specimen' };
        },
        pointer: '/holder/id',
      },
      ...[
        ['type', '/type'],
        ['issuer', '/issuer'],
        ['credentialSubject', '/credentialSubject'],
        ['@context', '/@context'],
      ].map(([member, place]) => ({
        on: 'presentation' as const,
        title: `presentation of a credential without ${member}`,
        change: (d: { verifiableCredential: Record<string, unknown>[] }) => delete d.verifiableCredential[0]![member!],
        pointer: `${AT}/0${place}`,
      })),
    ],
  },
};
