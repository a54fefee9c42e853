import { isObject } from '#kernel';
import type { ConformityRule } from '../rule.ts';
import { each } from '../values.ts';

const AT = '/credentialSubject';

/** One subject or several, each with at least one claim, which may be its id. */
export const subject: ConformityRule = {
  id: 'subject',
  clause: '4.8',
  check({ credentialSubject: value }, about) {
    if (about.kind !== 'credential') return [];
    const list = each(value, AT);
    if (list.length === 0) return [{ pointer: AT, detail: 'must be one or more objects' }];
    return list
      .filter((one) => !isObject(one.value) || Object.keys(one.value).length === 0)
      .map(({ pointer }) => ({ pointer, detail: 'must be an object with at least one claim' }));
  },
  examples: {
    pass: [
      {
        on: 'credential',
        title: 'subject with an id only',
        change: (d) => {
          d.credentialSubject = { id: 'did:example:subject' };
        },
      },
      {
        on: 'credential',
        title: 'several subjects',
        change: (d) => {
          d.credentialSubject = [d.credentialSubject, { id: 'did:example:other', specimenGrade: 'A' }];
        },
      },
    ],
    fail: [
      { on: 'credential', title: 'no subject', change: (d) => delete d.credentialSubject, pointer: AT },
      ...[{}, null, 'did:example:subject', []].map((value) => ({
        on: 'credential' as const,
        title: `subject ${JSON.stringify(value)}`,
        change: (d: { credentialSubject: unknown }) => {
          d.credentialSubject = value;
        },
        pointer: AT,
      })),
      {
        on: 'credential',
        title: 'an empty subject beside a good one',
        change: (d) => {
          d.credentialSubject = [d.credentialSubject, {}];
        },
        pointer: `${AT}/1`,
      },
      { on: 'credential-1.1', title: '1.1 no subject', change: (d) => delete d.credentialSubject, pointer: AT },
    ],
  },
};
