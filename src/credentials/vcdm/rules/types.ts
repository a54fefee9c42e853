import type { ConformityRule, Finding } from '../rule.ts';
import { isTypeName, objects, typesOf } from '../values.ts';

const WANTED = { credential: 'VerifiableCredential', presentation: 'VerifiablePresentation' } as const;

/** A term that no context maps is found by JSON-LD processing, which must fail on it. */
export const types: ConformityRule = {
  id: 'types',
  clause: '4.5',
  check(document, about) {
    const found: Finding[] = [];
    const wanted = WANTED[about.kind];
    if (!typesOf(document).includes(wanted)) found.push({ pointer: '/type', detail: `must hold ${wanted}` });
    for (const { pointer, value } of objects(document, about)) {
      if (value.type === undefined) continue;
      const list = typesOf(value);
      if (list.length === 0 || !list.every(isTypeName)) {
        found.push({ pointer: `${pointer}/type`, detail: 'must be one or more terms or absolute URLs' });
      }
    }
    return found;
  },
  examples: {
    pass: [
      {
        on: 'credential',
        title: 'type as one text',
        change: (d) => {
          d.type = 'VerifiableCredential';
        },
      },
      {
        on: 'credential',
        title: 'type that is a URL',
        change: (d) => d.type.push('https://specimen.example/terms/Other'),
      },
      { on: 'credential', title: 'types in another order', change: (d) => d.type.reverse() },
      {
        on: 'presentation',
        title: 'presentation with another type',
        change: (d) => d.type.push('https://specimen.example/terms/Other'),
      },
    ],
    fail: [
      { on: 'credential', title: 'no type', change: (d) => delete d.type, pointer: '/type' },
      { on: 'presentation', title: 'presentation without type', change: (d) => delete d.type, pointer: '/type' },
      { on: 'credential', title: 'VerifiableCredential missing', change: (d) => d.type.shift(), pointer: '/type' },
      {
        on: 'presentation',
        title: 'VerifiablePresentation missing',
        change: (d) => {
          d.type = ['VerifiableCredential'];
        },
        pointer: '/type',
      },
      { on: 'credential', title: 'type list with a number', change: (d) => d.type.push(4), pointer: '/type' },
      { on: 'credential', title: 'type with a space', change: (d) => d.type.push('Two words'), pointer: '/type' },
      {
        on: 'credential',
        title: 'type mapped to no URL',
        change: (d) => d.type.push('https ://specimen.example/Other'),
        pointer: '/type',
      },
      {
        on: 'credential',
        title: 'subject with a number as type',
        change: (d) => {
          d.credentialSubject.type = 4;
        },
        pointer: '/credentialSubject/type',
      },
      {
        on: 'credential',
        title: 'subject with an empty list of types',
        change: (d) => {
          d.credentialSubject.type = [];
        },
        pointer: '/credentialSubject/type',
      },
    ],
  },
};
