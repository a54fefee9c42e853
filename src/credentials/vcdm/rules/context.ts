import { isObject } from '#kernel';
import { CREDENTIALS_V1, CREDENTIALS_V2 } from '#proofs';
import type { ConformityRule, Finding } from '../rule.ts';
import { isUrl } from '../values.ts';

/** Whether the contexts can be read is asked elsewhere; here, whether they are a list of contexts at all. */
export const context: ConformityRule = {
  id: 'context',
  clause: '4.3',
  check(document) {
    const list = document['@context'];
    if (!Array.isArray(list)) return [{ pointer: '/@context', detail: 'must be an ordered list of contexts' }];
    const found: Finding[] = [];
    if (list[0] !== CREDENTIALS_V2 && list[0] !== CREDENTIALS_V1) {
      found.push({ pointer: '/@context/0', detail: 'must be the address of the base context' });
    }
    for (const [index, one] of list.entries()) {
      const pointer = `/@context/${index}`;
      if (!isUrl(one) && !isObject(one)) found.push({ pointer, detail: 'must be a URL or an object' });
      else if (typeof one === 'string' && list.indexOf(one) !== index) found.push({ pointer, detail: 'stands twice' });
    }
    return found;
  },
  examples: {
    pass: [
      { on: 'credential', title: 'context of addresses and objects', change: () => {} },
      { on: 'presentation', title: 'context of a presentation', change: () => {} },
    ],
    fail: [
      {
        on: 'credential',
        title: 'no context',
        change: (d) => delete d['@context'],
        pointer: '/@context',
      },
      {
        on: 'presentation',
        title: 'presentation without context',
        change: (d) => delete d['@context'],
        pointer: '/@context',
      },
      {
        on: 'credential',
        title: 'context that is one address',
        change: (d) => {
          d['@context'] = d['@context'][0];
        },
        pointer: '/@context',
      },
      {
        on: 'credential',
        title: 'base context missing',
        change: (d) => d['@context'].shift(),
        pointer: '/@context/0',
      },
      {
        on: 'presentation',
        title: 'presentation without the base context',
        change: (d) => {
          d['@context'] = ['https://specimen.example/contexts/1'];
        },
        pointer: '/@context/0',
      },
      {
        on: 'credential',
        title: 'base context not first',
        change: (d) => d['@context'].reverse(),
        pointer: '/@context/0',
      },
      {
        on: 'credential',
        title: 'context with a bad URL',
        change: (d) => d['@context'].push('https ://specimen.example/1'),
        pointer: '/@context/2',
      },
      ...[123192875, null, true].map((value) => ({
        on: 'credential' as const,
        title: `context item ${JSON.stringify(value)}`,
        change: (d: { '@context': unknown[] }) => d['@context'].push(value),
        pointer: '/@context/2',
      })),
      {
        on: 'presentation',
        title: 'presentation with a number as context',
        change: (d) => d['@context'].push(5),
        pointer: '/@context/1',
      },
      {
        on: 'credential',
        title: 'the same context twice',
        change: (d) => d['@context'].push(d['@context'][0]),
        pointer: '/@context/2',
      },
    ],
  },
};
