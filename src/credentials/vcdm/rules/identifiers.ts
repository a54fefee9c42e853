import type { ConformityRule } from '../rule.ts';
import { isUrl, objects } from '../values.ts';

/** An `id` anywhere: one absolute URL. Null or a relative one would give the statements to nobody, or to somebody else. */
export const identifiers: ConformityRule = {
  id: 'identifiers',
  clause: '4.4',
  check(document, about) {
    return [...objects(document, about)]
      .filter(({ value }) => 'id' in value && !isUrl(value.id))
      .map(({ pointer }) => ({ pointer: `${pointer}/id`, detail: 'must be one absolute URL' }));
  },
  examples: {
    pass: [
      { on: 'credential', title: 'one URL as id', change: () => {} },
      { on: 'credential', title: 'no id at all', change: (d) => delete d.id },
      {
        on: 'credential',
        title: 'ids on other objects',
        change: (d) => {
          d.evidence = { id: 'https://specimen.example/evidence/1', type: 'SpecimenMembership' };
        },
      },
      {
        on: 'credential',
        title: 'an id inside data',
        change: (d) => {
          d.credentialSubject.type = 'JsonSchema';
          d.credentialSubject.jsonSchema = { id: 5, '@anything': [{ type: 5 }] };
        },
      },
    ],
    fail: [
      ...[null, 5, ['urn:uuid:6f0e8a1c-6b8b-4c55-9f10-2f7f6b1d5a01', 'urn:x:y'], {}, '', 'relative/1', '_:b0'].map(
        (value) => ({
          on: 'credential' as const,
          title: `id ${JSON.stringify(value)}`,
          change: (d: { id: unknown }) => {
            d.id = value;
          },
          pointer: '/id',
        }),
      ),
      {
        on: 'credential',
        title: 'subject with several ids',
        change: (d) => {
          d.credentialSubject.id = ['did:example:one', 'did:example:two'];
        },
        pointer: '/credentialSubject/id',
      },
      {
        on: 'credential',
        title: 'relative id of a subject',
        change: (d) => {
          d.credentialSubject.id = 'people/1';
        },
        pointer: '/credentialSubject/id',
      },
      {
        on: 'credential',
        title: 'status with several ids',
        change: (d) => {
          d.credentialStatus = { id: ['urn:x:1', 'urn:x:2'], type: 'SpecimenMembership' };
        },
        pointer: '/credentialStatus/id',
      },
      {
        on: 'credential',
        title: 'status whose id is no URL',
        change: (d) => {
          d.credentialStatus = { id: 'not-a-url', type: 'SpecimenMembership' };
        },
        pointer: '/credentialStatus/id',
      },
      {
        on: 'credential-1.1',
        title: '1.1 id that is no URI',
        change: (d) => {
          d.id = 'credential-1';
        },
        pointer: '/id',
      },
      {
        on: 'presentation',
        title: 'presentation with an id that is no URL',
        change: (d) => {
          d.id = 'presentation-1';
        },
        pointer: '/id',
      },
    ],
  },
};
