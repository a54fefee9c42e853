import type { Json, JsonObject } from '#kernel';
import type { Random } from './random.ts';

/** What an attacker puts where something else was expected; some cannot even be made a text of. */
const VALUES: readonly Json[] = [
  ...[{ toString: {} }, { toString: 1, valueOf: 1 }, { length: -1 }, { constructor: { name: 1 } }],
  ...[
    null,
    true,
    false,
    0,
    1,
    -1,
    1.5,
    1e21,
    5e-324,
    9_007_199_254_740_991,
    '',
    ' ',
    '0',
    '5',
    'x',
    '_:b0',
    '@type',
    '@id',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    '\u202Ex',
    'e\u0301',
    '\u{1F600}',
    'https://x.example/',
    'urn:x:y',
    'x:y',
    '#',
    '/',
  ],
  ...[
    'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK',
    'http://169.254.169.254/',
    'data:,x',
    'javascript:alert(1)',
  ],
  ...[
    [],
    {},
    [[]],
    [null],
    [{}],
    { '@id': 'urn:x' },
    { id: 'urn:x' },
    { '@value': 'x' },
    { '@list': ['x'] },
    { '@set': [] },
  ],
  ...[
    { '@context': { '@vocab': 'urn:x:' } },
    { '@graph': [] },
    { '@reverse': {} },
    { '@json': 1 },
    ['x', 'x'],
    [1, '1'],
  ],
];
const KEYS = [
  ...[
    'id',
    'type',
    '@id',
    '@type',
    '@context',
    '@graph',
    '@vocab',
    '@base',
    '@reverse',
    '@included',
    '@nest',
    '@index',
  ],
  ...['@language', '@direction', '@value', '@list', '@set', '@json', '@none', '@protected', '@import', '@propagate'],
  ...[
    'proof',
    'name',
    'description',
    'credentialStatus',
    'credentialSubject',
    'issuer',
    'evidence',
    'image',
    'related',
  ],
  ...['validUntil', 'constructor', 'toString', 'hasOwnProperty', '_:b0', 'urn:x', 'schema:name', 'notATerm', ''],
];

interface Slot {
  parent: JsonObject | Json[];
  key: string | number;
}

function slots(value: Json, out: Slot[] = []): Slot[] {
  if (typeof value !== 'object' || value === null) return out;
  const keys: (string | number)[] = Array.isArray(value) ? value.map((_, index) => index) : Object.keys(value);
  for (const key of keys) {
    out.push({ parent: value, key });
    slots((value as JsonObject)[key]!, out);
  }
  return out;
}

const get = ({ parent, key }: Slot): Json => (parent as JsonObject)[key]!;
const set = ({ parent, key }: Slot, value: Json): void => {
  (parent as JsonObject)[key] = value;
};

/** The document with one to four members changed, moved, doubled, wrapped, renamed or taken out. */
export function mutateJson(document: Json, random: Random): Json {
  const box = { root: structuredClone(document) };
  for (let left = 1 + random.int(4); left > 0; left--) {
    const all = slots(box as unknown as JsonObject);
    const slot = random.pick(all);
    const value = get(slot);
    switch (random.int(9)) {
      case 0:
        set(slot, structuredClone(random.pick(VALUES)));
        break;
      case 1:
        if (slot.parent !== (box as unknown)) {
          if (Array.isArray(slot.parent)) slot.parent.splice(Number(slot.key), 1);
          else delete slot.parent[slot.key];
        }
        break;
      case 2:
        set(slot, structuredClone(get(random.pick(all))));
        break;
      case 3:
        set(slot, random.once(2) ? [value] : [value, structuredClone(value)]);
        break;
      case 4:
        if (Array.isArray(value))
          value.push(structuredClone(random.pick(random.once(2) && value.length > 0 ? value : VALUES)));
        else if (typeof value === 'object' && value !== null)
          value[random.pick(KEYS)] = structuredClone(random.pick(VALUES));
        break;
      case 5:
        if (!Array.isArray(slot.parent) && slot.parent !== (box as unknown)) {
          delete slot.parent[slot.key];
          slot.parent[random.pick(KEYS)] = value;
        }
        break;
      case 6:
        if (Array.isArray(value)) value.reverse();
        else if (typeof value === 'object' && value !== null)
          set(slot, Object.fromEntries(Object.entries(value).reverse()));
        else if (typeof value === 'number') set(slot, random.once(2) ? value + 1 : String(value));
        else if (typeof value === 'string')
          set(slot, random.once(2) ? `${value}${random.pick(['x', ' ', '\u0000', '#', '/'])}` : value.slice(1));
        break;
      case 7:
        set(slot, { [random.pick(KEYS)]: value });
        break;
      default:
        if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
          Object.assign(value, { [random.pick(KEYS)]: structuredClone(get(random.pick(all))) });
        }
    }
    // Copies of copies grow without end.
    if (JSON.stringify(box.root).length > 32 * 1024) return structuredClone(document);
  }
  return box.root;
}
