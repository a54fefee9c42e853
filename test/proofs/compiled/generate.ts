import { isObject, type Json, type JsonObject } from '#kernel';
import { CREDENTIALS_V2, OPEN_BADGES_3_0_3 } from '#proofs';
import type { Draw } from './draw.ts';
import { INDEXED, LEARNING, OPEN } from './extension.ts';

/** Few of each, so that values meet: that is where statements and nodes become one. */
const IRIS = [
  ...['https://x.example/1', 'https://x.example/2', 'https://x.example/3', 'urn:uuid:4', 'did:web:x.example:5'],
  ...['https://é.example/日本', 'http://www.w3.org/1999/02/22-rdf-syntax-ns#nil', 'https://x.example/a?b=c#d'],
];
const HOSTILE_IRIS = [
  ...['', 'x', 'a/b', '_:b0', '_:b1', '_:c14n0', 'xsd:date', 'ex:thing', 'ex://thing', 'name', 'Gold', '@type', '@foo'],
  ...['https://x.example/a b', 'https://x.example/a\u00a0b', 'https://x.example/\ufeff', 'https://x.example/<b>'],
  ...[
    'a,b:c',
    'urn:x:\u0001',
    'urn:\ud800',
    'x:',
    ':x',
    '__proto__',
    'constructor',
    'https:',
    'type:x',
    '//x.example/',
  ],
];
const TEXTS = [
  'Wiring',
  'Solar',
  'Niño',
  'one',
  'two',
  '',
  '5',
  '1.0',
  'true',
  'https://x.example/1',
  'Gold',
  '😀',
  '\uff5e',
];
const HOSTILE_TEXTS = [
  '@type',
  '_:b0',
  '__proto__',
  '\ud800',
  '\udfff',
  '$&$1',
  '"\\\n\0\x7f',
  '\u2028',
  'xsd:date',
  '1e-7',
];
const NUMBERS = [0, 1, 5, 40, -3, 0.25, 1.5, 87.5];
const HOSTILE_NUMBERS = [
  ...[
    -0,
    1e-7,
    5e-324,
    1e20,
    1e21,
    2 ** 53,
    2 ** 53 + 2,
    0.1 + 0.2,
    3.5000000000000004,
    1.7976931348623157e308,
    1.5e-9,
  ],
  ...[Number.POSITIVE_INFINITY, 123456789012345680000],
];
const DATES = ['2026-11-02T08:00:00Z', '2026-10-01', 'yesterday'];

const bad = (draw: Draw, probability: number): boolean => draw.hostile && draw.chance(probability);
const iri = (draw: Draw): string => (bad(draw, 0.12) ? draw.oneOf(HOSTILE_IRIS) : draw.oneOf(IRIS));
const text = (draw: Draw): string => (bad(draw, 0.1) ? draw.oneOf(HOSTILE_TEXTS) : draw.oneOf(TEXTS));
const number = (draw: Draw): number => (bad(draw, 0.2) ? draw.oneOf(HOSTILE_NUMBERS) : draw.oneOf(NUMBERS));
const list = (draw: Draw, item: (draw: Draw) => Json, most = 3): Json[] =>
  Array.from({ length: draw.below(most + 1) }, () => item(draw));
const one = (draw: Draw, item: (draw: Draw) => Json): Json => (draw.chance(0.2) ? list(draw, item) : item(draw));

/** Members of an evidence that is a `Learning`: each kind of term of the extension. */
const LEARNING_MEMBERS: Record<string, (draw: Draw) => Json> = {
  hours: (draw) => one(draw, number),
  score: (draw) => one(draw, draw.chance(0.8) ? number : text),
  ratio: number,
  raw: (draw) => one(draw, draw.oneOf([number, text, text, (d: Draw) => d.chance(0.5)])),
  heldOn: (draw) => draw.oneOf(DATES),
  passed: (draw) => draw.oneOf<Json>([true, false, 'true', bad(draw, 0.5) ? [true, 'true'] : true]),
  level: (draw) => (draw.chance(0.2) ? iri(draw) : draw.oneOf(['Gold', 'Silver', bad(draw, 0.5) ? 'Bronze' : 'Gold'])),
  steps: (draw) => list(draw, text),
  marks: (draw) => list(draw, number),
  title: (draw) => ({
    en: text(draw),
    [draw.oneOf(bad(draw, 0.5) ? ['EN', '@none', 'not a tag'] : ['ar', 'fil'])]: one(draw, text),
  }),
  urdu: (draw) => one(draw, text),
  urduPlain: text,
  ref: iri,
  many: (draw) => list(draw, iri),
  refs: (draw) => list(draw, iri),
  part: (draw) => one(draw, node),
  meta: (draw) =>
    draw.oneOf<Json>([
      text(draw),
      number(draw),
      { a: [text(draw), null], [bad(draw, 0.5) ? '@id' : 'c']: 'x' },
      { b: iri(draw) },
      null,
    ]),
  kind: (draw) => draw.oneOf(['Evidence', 'Profile', 'urn:x:kind']),
  name: text,
};

function node(draw: Draw): JsonObject {
  return {
    ...(draw.chance(0.5) && { id: iri(draw) }),
    ...(draw.chance(0.5) && { type: [draw.oneOf(['Evidence', 'Profile', 'Achievement'])] }),
    name: text(draw),
    ...(draw.chance(0.1) && { 'https://schema.org/name': text(draw) }),
  };
}

function evidence(draw: Draw): JsonObject {
  const members = Object.keys(LEARNING_MEMBERS).filter((name) => draw.chance(name === 'urduPlain' ? 0.03 : 0.25));
  return {
    ...(draw.chance(0.7) && { id: iri(draw) }),
    type: bad(draw, 0.1) ? ['Evidence'] : ['Evidence', 'Learning'],
    ...Object.fromEntries(members.map((name) => [name, LEARNING_MEMBERS[name]!(draw)])),
    ...(bad(draw, 0.05) && { unknown: 'x' }),
    ...(bad(draw, 0.05) && { '@index': text(draw) }),
  };
}

function alignment(draw: Draw): JsonObject {
  return {
    ...(draw.chance(0.2) && { id: iri(draw) }),
    type: ['Alignment'],
    targetName: draw.oneOf(['A', 'B']),
    targetUrl: draw.oneOf(IRIS),
  };
}

function resultDescription(draw: Draw): JsonObject {
  return {
    ...(draw.chance(0.7) && { id: iri(draw) }),
    type: ['ResultDescription'],
    name: draw.oneOf(['grade', 'mark']),
    resultType: 'LetterGrade',
    allowedValue: list(draw, (d) => d.oneOf(['A', 'B', 'C'])),
  };
}

/** A badge, hostile here and there. @param indexes probability of a context whose member names become indexes */
export function generate(draw: Draw, indexes = 0.04): JsonObject {
  draw.hostile = draw.chance(0.3);
  const context: Json[] = [CREDENTIALS_V2, OPEN_BADGES_3_0_3, LEARNING];
  const indexed = draw.chance(indexes);
  if (indexed) context.push(INDEXED);
  if (draw.chance(0.02)) context.push(OPEN);
  const chapter = (d: Draw): JsonObject => ({
    [d.oneOf(['one', 'two'])]: { id: d.oneOf(IRIS.slice(0, 2)), name: text(d) },
  });
  const achievement: JsonObject = {
    id: iri(draw),
    type: ['Achievement'],
    name: text(draw),
    criteria: { ...(draw.chance(0.5) && { id: iri(draw) }), narrative: text(draw) },
    ...(draw.chance(0.4) && { alignment: list(draw, alignment) }),
    ...(draw.chance(0.4) && { resultDescription: list(draw, resultDescription, 2) }),
    ...(draw.chance(0.3) && { tag: list(draw, text) }),
  };
  return {
    '@context': context,
    id: iri(draw),
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    issuer: draw.chance(0.5) ? iri(draw) : { id: iri(draw), type: ['Profile'], name: text(draw) },
    validFrom: draw.oneOf(DATES),
    credentialSubject: {
      ...(draw.chance(0.8) && { id: iri(draw) }),
      type: ['AchievementSubject'],
      ...(draw.chance(0.3) && { creditsEarned: number(draw) }),
      achievement,
    },
    evidence: Array.from({ length: draw.below(4) }, () => ({
      ...evidence(draw),
      ...(indexed && { chapters: chapter(draw) }),
    })),
  };
}

/** The same shape with other values, or nearly the same shape: what a plan that is there must answer, or leave alone. */
export function vary(document: JsonObject, draw: Draw): JsonObject {
  draw.hostile = true;
  const copy = structuredClone(document);
  const places = valuesIn(copy, []);
  for (let count = 1 + draw.below(3); count > 0; count--) {
    const { holder, name, value } = draw.oneOf(places);
    const put = (other: Json): void => {
      (holder as Record<string | number, Json>)[name] = other;
    };
    if (isType(name, holder)) continue;
    if (draw.chance(0.08)) put(draw.oneOf<Json>([null, [], [value], true, '5', 5, {}, { '@value': value }]));
    else if (typeof value === 'string') put(draw.chance(0.7) ? like(value, draw) : textElsewhere(places, draw));
    else if (typeof value === 'number') put(number(draw));
    else if (draw.chance(0.1) && Array.isArray(value)) value.push(structuredClone(value.at(-1) ?? 'x'));
    else if (draw.chance(0.05) && isObject(value))
      value[draw.oneOf(['name', 'id', 'ref', '@type', 'a":s,"b'])] = text(draw);
    else count += draw.chance(0.8) ? 1 : 0;
  }
  if (draw.chance(0.03)) retype(copy, draw);
  return copy;
}

const isType = (name: string | number, holder: JsonObject | Json[]): boolean =>
  name === 'type' ||
  name === 'kind' ||
  (Array.isArray(holder) && /Credential|^Evidence|^Achievement|^Al|^Re|^Pro/.test(String(holder[0])));

/** Of another member, so that two slots hold the same. */
const textElsewhere = (places: readonly ValuePlace[], draw: Draw): string =>
  draw.oneOf(places.map(({ value }) => value).filter((value) => typeof value === 'string'));

const like = (value: string, draw: Draw): string => (/^[a-z]+:/i.test(value) ? iri(draw) : text(draw));

interface ValuePlace {
  holder: JsonObject | Json[];
  name: string | number;
  value: Json;
}

function valuesIn(value: Json, found: ValuePlace[]): ValuePlace[] {
  if (typeof value !== 'object' || value === null) return found;
  for (const [name, item] of Object.entries(value)) {
    if (name === '@context') continue;
    found.push({ holder: value as JsonObject | Json[], name, value: item });
    valuesIn(item, found);
  }
  return found;
}

function retype(document: JsonObject, draw: Draw): void {
  const [first] = [document.evidence ?? null].flat();
  if (isObject(first))
    first.type = draw.oneOf<Json>([['Evidence', 'Profile'], ['Learning'], 'Evidence', ['Evidence', 'Learning']]);
}
