import { isObject } from '#kernel';
import type { About, ConformityRule, Finding } from '../rule.ts';
import { each, isUrl } from '../values.ts';

/** Members whose values are objects with a type, and in which versions they need an id too. */
const MEMBERS: Readonly<Record<string, readonly About['version'][]>> = {
  // 4.10. In 1.1 a status had to have an id (VCDM 1.1, 4.9).
  credentialStatus: ['1.1'],
  // 4.11
  credentialSchema: ['2.0', '1.1'],
  // 5.4; VCDM 1.1, 5.4
  refreshService: ['1.1'],
  // 5.5, 5.6
  termsOfUse: [],
  evidence: [],
  // 5.9: reserved, with this shape.
  renderMethod: [],
  confidenceMethod: [],
};

export const typedObjects: ConformityRule = {
  id: 'typed-objects',
  clause: '4.10',
  check(document, about) {
    const found: Finding[] = [];
    for (const [name, withId] of Object.entries(MEMBERS)) {
      if (document[name] === undefined) continue;
      const list = each(document[name], `/${name}`);
      if (list.length === 0) found.push({ pointer: `/${name}`, detail: 'must be one or more objects' });
      for (const { pointer, value } of list) {
        if (!isObject(value)) found.push({ pointer, detail: 'must be an object' });
        // A type that is no type is told by the rule `types`.
        else if (value.type === undefined) found.push({ pointer: `${pointer}/type`, detail: 'is required' });
        else if (withId.includes(about.version) && !isUrl(value.id)) {
          found.push({ pointer: `${pointer}/id`, detail: 'must be a URL' });
        }
      }
    }
    return found;
  },
  examples: {
    pass: [
      ...Object.keys(MEMBERS).flatMap((name) => [
        put(name, `${name} with type and id`, good('1')),
        put(name, `several of ${name}`, [good('1'), good('2')]),
      ]),
      ...Object.entries(MEMBERS)
        .filter(([, withId]) => !withId.includes('2.0'))
        .map(([name]) => put(name, `${name} without id`, { type: 'SpecimenMembership' })),
      {
        on: 'presentation',
        title: 'presentation with termsOfUse',
        change: (d) => {
          d.termsOfUse = { type: 'https://specimen.example/terms/Policy' };
        },
      },
    ],
    fail: [
      ...Object.keys(MEMBERS).flatMap((name) => [
        { ...put(name, `${name} without type`, { id: 'https://specimen.example/1' }), pointer: `/${name}/type` },
        { ...put(name, `${name} as text`, 'https://specimen.example/1'), pointer: `/${name}` },
        { ...put(name, `an empty list as ${name}`, []), pointer: `/${name}` },
        { ...put(name, `null as ${name}`, null), pointer: `/${name}` },
        {
          ...put(name, `one of several ${name} without type`, [good('1'), { id: 'https://specimen.example/2' }]),
          pointer: `/${name}/1/type`,
        },
      ]),
      {
        ...put('credentialSchema', 'credentialSchema without id', { type: 'JsonSchema' }),
        pointer: '/credentialSchema/id',
      },
      {
        ...put('credentialSchema', 'credentialSchema whose id is no URL', { id: 'schema', type: 'JsonSchema' }),
        pointer: '/credentialSchema/id',
      },
      ...['credentialStatus', 'refreshService'].map((name) => ({
        ...put(name, `1.1 ${name} without id`, { type: 'SpecimenMembership' }),
        on: 'credential-1.1' as const,
        pointer: `/${name}/id`,
      })),
      {
        on: 'presentation',
        title: 'presentation with termsOfUse without type',
        change: (d) => {
          d.termsOfUse = { id: 'https://specimen.example/1' };
        },
        pointer: '/termsOfUse/type',
      },
    ],
  },
};

function good(n: string): object {
  return { id: `https://specimen.example/${n}`, type: 'SpecimenMembership' };
}

function put(name: string, title: string, value: unknown) {
  const change = (d: Record<string, unknown>) => {
    d[name] = value;
  };
  return { on: 'credential' as const, title, change };
}
