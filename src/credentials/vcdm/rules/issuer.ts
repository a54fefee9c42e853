import { isObject } from '#kernel';
import type { ConformityRule } from '../rule.ts';
import { isUrl } from '../values.ts';

export const issuer: ConformityRule = {
  id: 'issuer',
  clause: '4.7',
  check(document, about) {
    const { issuer: value } = document;
    if (about.kind !== 'credential' || isUrl(value)) return [];
    if (!isObject(value)) return [{ pointer: '/issuer', detail: 'must be a URL, or an object whose id is a URL' }];
    return isUrl(value.id) ? [] : [{ pointer: '/issuer/id', detail: 'must be a URL' }];
  },
  examples: {
    pass: [
      { on: 'credential', title: 'issuer as an object', change: () => {} },
      {
        on: 'credential',
        title: 'issuer as a URL',
        change: (d) => {
          d.issuer = d.issuer.id;
        },
      },
    ],
    fail: [
      { on: 'credential', title: 'no issuer', change: (d) => delete d.issuer, pointer: '/issuer' },
      ...[null, 5, 'Specimen Society', ['did:web:issuer.example']].map((value) => ({
        on: 'credential' as const,
        title: `issuer ${JSON.stringify(value)}`,
        change: (d: { issuer: unknown }) => {
          d.issuer = value;
        },
        pointer: '/issuer',
      })),
      ...[undefined, null, 'issuer-1', 7].map((value) => ({
        on: 'credential' as const,
        title: `issuer with the id ${JSON.stringify(value)}`,
        change: (d: { issuer: object }) => {
          d.issuer = { name: 'Specimen Society', ...(value === undefined ? {} : { id: value }) };
        },
        pointer: '/issuer/id',
      })),
      { on: 'credential-1.1', title: '1.1 no issuer', change: (d) => delete d.issuer, pointer: '/issuer' },
    ],
  },
};
