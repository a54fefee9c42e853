import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Json, type JsonObject, systemRandom } from '#kernel';
import { hardenPrototypes } from '#proofs';
import {
  type CompileDeps,
  checkValues,
  compile,
  createTemplate,
  isNotEligible,
  type Leaf,
  ownNquads,
  type Plan,
  readTerms,
  referenceNquads,
  shapeOf,
} from '../../../src/proofs/canonical/compiled/index.ts';
import { textOf, VALUE_RULES } from '../../../src/proofs/canonical/compiled/values.ts';
import { rdfc } from '../../../src/proofs/canonical/rdfc.ts';
import { namedBadge } from '../../support/golden-badge.ts';
import { createEngine, reference } from './engine.ts';
import { documentLoader, LEARNING, learningBadge, terms } from './extension.ts';

const deps: CompileDeps = {
  terms,
  documentLoader,
  canonicalize: (document) => rdfc(document, documentLoader, 1, 'sha256'),
  random: systemRandom,
};

function present<T>(value: T): Exclude<T, { notEligible: string } | { mismatch: string }> {
  if (typeof value === 'object' && value !== null && ('notEligible' in value || 'mismatch' in value)) {
    throw new Error(JSON.stringify(value));
  }
  return value as Exclude<T, { notEligible: string } | { mismatch: string }>;
}

const plan: Plan = present(await compile(learningBadge(), deps));
const own = present(shapeOf(learningBadge(), terms));

/** The leaves of the badge with the one changed that reads `before`. */
const withLeaf = (before: Leaf, after: Leaf): Leaf[] => own.leaves.map((leaf) => (leaf === before ? after : leaf));
const ruleFor = (before: Leaf, after: Leaf, use: 'issue' | 'verify' = 'verify'): string => {
  const values = checkValues(plan, withLeaf(before, after), use, terms);
  return isNotEligible(values) ? values.notEligible : 'passes';
};
const keyOf = (document: JsonObject): string => present(shapeOf(document, terms)).key;
const evidenceWith = (members: JsonObject): JsonObject => {
  const badge = learningBadge();
  Object.assign((badge.evidence as JsonObject[])[0]!, members);
  return badge;
};

it('S-1: contexts and their order, names, types, lengths, nesting, null and booleans are in the key', () => {
  const badge = learningBadge();
  const [first, second, third] = badge['@context'] as string[];
  const others: JsonObject[] = [
    { ...badge, '@context': [first!, third!, second!] },
    { ...badge, type: ['OpenBadgeCredential', 'VerifiableCredential'] },
    evidenceWith({ steps: ['connect'] }),
    evidenceWith({ steps: [['connect'], 'test'] }),
    evidenceWith({ steps: [null, 'test'] }),
    evidenceWith({ passed: false }),
    evidenceWith({ meta: { a: ['y', 1] } }),
    evidenceWith({ kind: 'Evidence' }),
  ];
  const keys = [badge, ...others].map(keyOf);
  expect(new Set(keys).size).toBe(keys.length);
  expect(keyOf(evidenceWith({ name: 'another', score: 1.25 }))).toBe(keyOf(badge));
});

it('S-1: no keyword but in its place, whatever name a context gives it', () => {
  const aliased = readTerms(
    new Map([[LEARNING, { '@context': { id: '@id', kind: 'type', type: '@type', text: '@value', words: 'text' } }]]),
  );
  const document = (member: string, value: Json = 'x'): JsonObject => ({ '@context': [LEARNING], [member]: value });
  for (const member of ['text', 'words', '@value', '@graph', '@index', '@nest', '@vocab']) {
    expect(shapeOf(document(member), aliased)).toMatchObject({ notEligible: 'S-1' });
  }
  expect(shapeOf(document('part', { '@context': LEARNING }), aliased)).toMatchObject({ notEligible: 'S-1' });
  expect(present(shapeOf(document('kind'), aliased)).key).toContain('"kind":"x"');
  expect(present(shapeOf(document('id', 'x:y'), aliased)).key).toContain('"id":s');
});

it('S-2: a list of pinned contexts, none that defines every term or is elsewhere in part', () => {
  const of = (context: Json) => shapeOf({ ...learningBadge(), '@context': context }, terms);
  for (const context of [LEARNING, [], null, ['https://elsewhere.example/'], [LEARNING, { a: 'urn:a' }]] as Json[]) {
    expect(of(context)).toMatchObject({ notEligible: 'S-2' });
  }
  const parts: Json[] = [
    { '@vocab': 'urn:x' },
    ['https://elsewhere.example/'],
    { a: { '@id': 'urn:a', '@context': { '@base': 'urn:b' } } },
  ];
  for (const part of parts) expect(readTerms(new Map([['urn:c', { '@context': part }]])).contexts.size).toBe(0);
});

it('S-2: no container that makes more than values of member names', () => {
  for (const definition of [
    { '@container': '@index' },
    { '@container': '@id' },
    { '@container': ['@graph', '@set'] },
    { '@container': '@type' },
    { '@reverse': 'urn:a' },
    { '@nest': 'b' },
  ] as JsonObject[]) {
    const read = readTerms(new Map([[LEARNING, { '@context': { a: { '@id': 'urn:a', ...definition } } }]]));
    expect(shapeOf({ '@context': [LEARNING], a: {} }, read)).toMatchObject({ notEligible: 'S-2' });
  }
});

it('I-1, I-2: an IRI that stays what it is', () => {
  for (const text of [
    '',
    'x',
    ':x',
    'x:',
    '_:b0',
    '@id',
    'https://x.example/a b',
    'urn:\u00a0x',
    'urn:<x>',
    'a,b:c',
    'urn:\ud800',
  ]) {
    expect([text, ruleFor('https://x.example/ref', text)]).toEqual([text, 'I-1']);
  }
  for (const text of ['ex:thing', 'xsd:date', 'ex://thing', 'name:x', 'Gold:x']) {
    expect([text, ruleFor('https://x.example/ref', text)]).toEqual([text, 'I-2']);
  }
  for (const text of ['urn:x', 'did:web:x', 'https://é.example/日本?a=b#c', 'a+b.c-d:e']) {
    expect([text, ruleFor('https://x.example/ref', text)]).toEqual([text, 'passes']);
  }
});

it('I-3: what a context would replace is part of the key, as it is', () => {
  expect(
    new Set(['Gold', 'Silver', 'name', 'https://x.example/'].map((level) => keyOf(evidenceWith({ level })))).size,
  ).toBe(4);
  const constant: Plan = {
    ...plan,
    roles: plan.roles.map((role, index) => (index === 0 ? { kind: 'constant', value: 'x' } : role)),
  };
  expect(checkValues(constant, own.leaves, 'verify', terms)).toMatchObject({ notEligible: 'I-3' });
});

it('N-2: 0 and -0, which share a text, share no plan', () => {
  expect(shapeOf(evidenceWith({ meta: 0 }), terms)).toHaveProperty('key');
  for (const meta of [-0, { a: [-0] }]) {
    expect(shapeOf(evidenceWith({ meta }), terms)).toMatchObject({ notEligible: 'N-2' });
  }
  const zero: Plan = { ...plan, roles: plan.roles.map(() => ({ kind: 'constant', value: 0 })) };
  const leaves = (value: number) => plan.roles.map(() => value);
  expect(checkValues(zero, leaves(0), 'verify', terms)).toHaveProperty('texts');
  expect(checkValues(zero, leaves(-0), 'verify', terms)).toMatchObject({ notEligible: 'I-3' });
});

it('L-1, R-1: any well-formed text but __proto__ is a literal', () => {
  for (const text of ['', '@id', 'a$&b', '"\\\n\0\x7f', '\u2028', '😀', '\uffff', 'x'.repeat(5_000)]) {
    expect(ruleFor('Photographs', text)).toBe('passes');
  }
  for (const text of ['\ud800', 'a\udfff', '\udfff\ud800']) expect(ruleFor('Photographs', text)).toBe('L-1');
  expect(ruleFor('Photographs', '__proto__')).toBe('R-1');
});

it('N-1, N-2: a number of the same kind, with one exact text when it is signed', () => {
  expect(ruleFor(5, 5.5)).toBe('N-1');
  expect(ruleFor(0.25, 3)).toBe('N-1');
  expect(ruleFor(5, 1e21)).toBe('N-1');
  expect(ruleFor(5, 1e-7)).toBe('passes');
  expect(ruleFor(5, -0)).toBe('N-2');
  expect(ruleFor(0.25, Number.POSITIVE_INFINITY)).toBe('N-2');
  for (const [before, after] of [
    [5, 1e-7],
    [5, 2 ** 53],
    [0.25, 0.1 + 0.2],
    [0.25, 1.5e-9],
  ] as const) {
    expect(ruleFor(before, after)).toBe('passes');
    expect(ruleFor(before, after, 'issue')).toBe('N-2');
  }
});

it('N-2: numbers that are constants are looked at as well when a document is signed', async () => {
  const made = present(await compile(evidenceWith({ meta: 2 ** 53 }), deps));
  const { leaves } = present(shapeOf(evidenceWith({ meta: 2 ** 53 }), terms));
  expect(checkValues(made, leaves, 'verify', terms)).toHaveProperty('texts');
  expect(checkValues(made, leaves, 'issue', terms)).toMatchObject({ notEligible: 'N-2' });
});

it('N-2: infinity as data is not null', () => {
  expect(shapeOf(evidenceWith({ meta: Number.POSITIVE_INFINITY }), terms)).toMatchObject({ notEligible: 'N-2' });
  expect(shapeOf(evidenceWith({ meta: [new Date(0) as unknown as Json] }), terms)).toMatchObject({
    notEligible: 'S-1',
  });
  expect(shapeOf(evidenceWith({ part: new Date(0) as unknown as Json }), terms)).toMatchObject({ notEligible: 'S-1' });
});

it('K-1: kinds of values, and names in quotes', () => {
  const kinds: Json[] = [5, 5.5, '5', true, null];
  expect(new Set(kinds.map((raw) => keyOf(evidenceWith({ raw })))).size).toBe(kinds.length);
  expect(ruleFor(5, '5')).toBe('K-1');
  expect(ruleFor('Photographs', 5)).toBe('K-1');
  expect(checkValues(plan, own.leaves.slice(1), 'verify', terms)).toMatchObject({ notEligible: 'K-1' });
  const one = { '@context': [LEARNING], 'urn:a': 'x', 'urn:b': 'y' };
  const other = { '@context': [LEARNING], 'urn:a":s,"urn:b': 'y' };
  expect(keyOf(one)).not.toBe(keyOf(other));
});

it('D-1: no statement twice, by either code', async () => {
  const values = present(
    checkValues(plan, withLeaf('https://x.example/many/2', 'https://x.example/many/1'), 'verify', terms),
  );
  expect(ownNquads(plan, values)).toMatchObject({ notEligible: 'D-1' });
  expect(await referenceNquads(plan, values)).toMatchObject({ notEligible: 'D-1' });
});

it('D-2: equal blank nodes are told apart as the reference does, or left alone', async () => {
  const lists = (...steps: Json[]): JsonObject =>
    evidenceWith({ part: steps.map((one) => ({ type: 'Learning', steps: one })) });
  const cases: [JsonObject, JsonObject, boolean][] = [
    [lists(['a', 'z'], ['b', 'y']), lists(['a', 'b'], ['c', 'b']), true],
    [lists([['a'], 'z'], [['b'], 'y']), lists([['a'], 'b'], [['c'], 'b']), false],
    [
      evidenceWith({ part: [{ name: 'a' }, { name: 'b' }] }),
      evidenceWith({ part: [{ name: 'a' }, { name: 'a' }] }),
      true,
    ],
  ];
  for (const [first, second, answers] of cases) {
    const engine = createEngine(systemRandom);
    await engine.answer(first);
    const answer = await engine.cached(second);
    const expected = await reference(second);
    expect(expected).toBeDefined();
    expect(answer).toMatchObject(answers ? { nquads: expected } : { notEligible: 'D-2' });
  }
});

it('R-3: astral characters beside late ones are not signed here, each alone is', () => {
  expect(ruleFor('Photographs', '😀', 'issue')).toBe('passes');
  expect(ruleFor('Photographs', '\uff5e', 'issue')).toBe('passes');
  expect(ruleFor('Photographs', '😀\uff5e', 'verify')).toBe('passes');
  expect(ruleFor('Photographs', '😀\uff5e', 'issue')).toBe('R-3');
});

it('size: keys, nodes and depth are bounded', () => {
  const deep = (levels: number): JsonObject => (levels === 0 ? {} : { part: deep(levels - 1) });
  for (const members of [
    deep(40),
    { meta: 'x'.repeat(9_000) },
    { meta: new Array(5_000).fill(1) },
    { steps: new Array(5_000).fill('x') },
    Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`urn:x:${'y'.repeat(30)}:${index}`, 'x'])),
  ] as JsonObject[]) {
    expect(shapeOf(evidenceWith(members), terms)).toMatchObject({ notEligible: 'size' });
  }
});

it('T-1: text of a sentinel in a document is text', async () => {
  const fixed = { ...deps, random: { bytes: (length: number) => new Uint8Array(length) } };
  const nonce = '00'.repeat(12);
  const badge = evidenceWith({ name: `x${nonce}:0z`, meta: `x${nonce}:1z`, steps: [`x${nonce}:2z`, 'a'] });
  const made = present(
    await compile(badge, {
      ...fixed,
      random: { bytes: (length) => (length === 12 ? new Uint8Array(12) : systemRandom.bytes(length)) },
    }),
  );
  const { leaves } = present(shapeOf(badge, terms));
  expect(ownNquads(made, present(checkValues(made, leaves, 'verify', terms)))).toBe(await reference(badge));
});

it('T-2: a plan that does not give what the reference gives is not used', async () => {
  const wrong = {
    ...deps,
    canonicalize: async (document: JsonObject) => (await deps.canonicalize(document)).replace('Wiring', 'Wired'),
  };
  expect(await compile(learningBadge(), wrong)).toMatchObject({ mismatch: expect.any(String) });
  let runs = 0;
  const later = {
    ...deps,
    canonicalize: async (document: JsonObject) => (runs++ === 0 ? deps.canonicalize(document) : ''),
  };
  expect(await compile(learningBadge(), later)).toMatchObject({ mismatch: expect.any(String) });
});

it('R-1: after hostile documents a good one still has the same form', async () => {
  hardenPrototypes();
  const before = await reference(learningBadge());
  const engine = createEngine(systemRandom);
  const hostiles: JsonObject[] = [
    { ref: '__proto__' },
    { level: '__proto__' },
    { many: ['__proto__', 'constructor'] },
    { name: '__proto__' },
  ];
  for (const hostile of hostiles) expect(await engine.answer(evidenceWith(hostile))).toHaveProperty('notEligible');
  const parsed = JSON.parse('{"__proto__": {"x": 1}, "name": "x"}') as JsonObject;
  expect(await engine.answer(evidenceWith({ part: parsed }))).toHaveProperty('notEligible');
  expect(({} as Record<string, unknown>).x).toBeUndefined();
  expect(await engine.answer(learningBadge())).toMatchObject({ nquads: before });
});

it('a plan is plain data', () => {
  const copy = structuredClone(plan);
  expect(copy).toEqual(plan);
  const values = present(checkValues(copy, own.leaves, 'issue', terms));
  expect(ownNquads(copy, values)).toBe(ownNquads(plan, values));
  expect(JSON.stringify(plan)).not.toContain('malayang');
});

it('a template gives the text and the statements of other values', async () => {
  const badge = namedBadge();
  const template = present(createTemplate(badge, present(await compile(badge, deps)), terms));
  expect(template.fill(template.values)).toEqual({ text: JSON.stringify(badge), nquads: await reference(badge) });
  const at = template.slots.indexOf('/credentialSubject/achievement/name');
  const filled = present(template.fill(template.values.with(at, 'a "b" $& \u2028\n')));
  const document = JSON.parse(filled.text) as JsonObject;
  expect(((document.credentialSubject as JsonObject).achievement as JsonObject).name).toBe('a "b" $& \u2028\n');
  expect(filled.nquads).toBe(await reference(document));
  expect(template.fill(template.values.with(0, 'relative'))).toMatchObject({ notEligible: 'I-1' });
  expect(() => createTemplate(learningBadge(), present(template) && plan, terms)).not.toThrow();
  expect(() => createTemplate(badge, plan, terms)).toThrow(RangeError);
});

it('every rule of values says where it comes from', () => {
  for (const { rule, source } of VALUE_RULES) expect([rule, source.length > 20]).toEqual([rule, true]);
});

it('what is plain is judged as every rule judges it', () => {
  const place = plan.roles.findIndex(
    ({ kind }, index) => kind === 'iri' && String(own.leaves[index]).startsWith('http'),
  );
  const role = plan.roles[place]!;
  const rules = VALUE_RULES.filter(({ kinds }) => kinds.includes('iri'));
  const character = fc.oneof(
    fc.constantFrom(...'<>"{}|\\^`#:/?[]%~_ \u007f\u00a0\u2028\ufeffñ😀'),
    fc.string({ minLength: 1, maxLength: 1 }),
    fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
  );
  const rest = fc.array(character, { maxLength: 5 }).map((all) => all.join(''));
  const scheme = fc.constantFrom('https', 'urn', 'did', 'a+b-c.1', 'schema', 'obi', 'xsd', '_', '1a', 'a,b', '');
  const iri = fc.tuple(scheme, fc.constantFrom(':', '://x.example/', ''), rest).map((parts) => parts.join(''));
  let plain = 0;
  fc.assert(
    fc.property(fc.oneof(iri, fc.constantFrom(...terms.names)), (value) => {
      const leaves = own.leaves.with(place, value);
      const wrong = rules.find((rule) => rule.fault(value, role, terms))?.rule;
      const values = checkValues(plan, leaves, 'verify', terms);
      if (wrong) expect(values).toMatchObject({ notEligible: wrong });
      else expect(present(values).texts[place]).toBe(textOf(value, role));
      if (wrong === undefined) plain++;
    }),
    { numRuns: 5_000 },
  );
  expect(plain).toBeGreaterThan(300);
});
