import type { Json, JsonObject } from '#kernel';
import type { Rule } from '../../../src/proofs/canonical/compiled/index.ts';
import { INDEXED, learningBadge } from './extension.ts';

/** One change of the badge of `extension.ts`, and what must become of it. */
export interface Counterexample {
  id: string;
  /** Members of the one evidence, or of the root where the name begins with `/`; undefined takes the member out. */
  change: Record<string, Json | undefined>;
  reference: 'accepts' | 'refuses';
  /** By the plan of the unchanged badge, which is there: an answer, or the rule that says no (`plan`: another shape). */
  cached: 'answers' | Rule;
  /** When a plan may be made: an answer, or the rule that says no. */
  compiled: 'answers' | Rule;
  /** For issuing where it is another. */
  issue?: 'answers' | Rule;
}

const refused = (id: string, change: Counterexample['change'], cached: Rule = 'plan'): Counterexample => ({
  id,
  change,
  reference: 'refuses',
  cached,
  compiled: cached,
});
const harmless = (id: string, change: Counterexample['change']): Counterexample => ({
  id,
  change,
  reference: 'accepts',
  cached: 'answers',
  compiled: 'answers',
});
/** Another shape: never answered by the plan of the badge, and rightly by one of its own. */
const otherShape = (id: string, change: Counterexample['change']): Counterexample => ({
  id,
  change,
  reference: 'accepts',
  cached: 'plan',
  compiled: 'answers',
});

const twin = { type: ['Evidence'], name: 'twin' };
const tree = (depth: number): Json => (depth === 0 ? { id: 'urn:leaf' } : { part: [tree(depth - 1), tree(depth - 1)] });
const OWN = 'https://badges.example.ph/credentials/1';

/** Section 5 of the notes on compiled canonicalisation, as data. */
export const COUNTEREXAMPLES: readonly Counterexample[] = [
  otherShape('A1 id with a prefix', { '/id': 'xsd:date' }),
  otherShape('A1 ref with a prefix', { ref: 'ex:thing' }),
  refused('A2 relative id', { '/id': 'credentials/1' }),
  refused('A2 empty id', { '/id': '' }),
  refused('A2 id like a keyword', { '/id': '@type' }),
  refused('A2 id like an unknown keyword', { '/id': '@foo' }),
  refused('A3 space', { '/id': 'https://x.example/a b' }),
  refused('A3 no-break space', { '/id': 'https://x.example/a\u00a0b' }),
  refused('A3 byte order mark', { '/id': 'https://x.example/a\ufeffb' }),
  otherShape('A4 id of a blank node', { '/id': '_:b0' }),
  otherShape('A4 ref to a blank node', { ref: '_:b1' }),
  otherShape('A4 evidence as a blank node', { id: '_:b0' }),
  otherShape('A5 angle brackets', { '/id': 'https://x.example/<b>' }),
  otherShape('A5 comma in the scheme', { '/id': 'a,b:c' }),
  otherShape('A5 control character', { '/id': 'urn:x:\u0001' }),
  otherShape('A6 another word of the vocabulary', { level: 'Silver' }),
  otherShape('A6 a term', { level: 'name' }),
  refused('A7 no word of the vocabulary', { level: 'Bronze' }),
  refused('A7 relative item', { refs: ['thing', 'https://x.example/refs/2'] }),
  otherShape('A8 date null', { '/validFrom': null }),
  otherShape('A8 name null', { '/name': null }),
  otherShape('A8 language null', { title: { en: null, ar: ['one', 'two'] } }),
  otherShape('A8 item null', { steps: [null, 'test'] }),
  otherShape('A8 ref null', { ref: null }),
  refused('A9 another type', { type: ['Evidence', 'Profile'] }),
  otherShape('A10 empty ref', { ref: '' }),
  otherShape('A11 text for a double', { score: '1.0' }),
  otherShape('A12 text in JSON', { meta: 'x' }),
  harmless('A13 empty', { name: '' }),
  harmless('A13 like a keyword', { name: '@type' }),
  harmless('A13 escapes', { name: '"\\\n\u0000\u007f' }),
  otherShape('A14 double', { raw: 5.5 }),
  otherShape('A14 boolean', { raw: true }),
  otherShape('A14 text', { raw: '5' }),
  otherShape('A15 integer in a double term', { score: 3 }),
  otherShape('A15 double in an integer term', { hours: 5.5 }),
  harmless('A15 decimal', { ratio: 0.1 }),
  otherShape('A15 integer in a list of doubles', { marks: [1.5, 7] }),
  { ...harmless('A16 without a point', { raw: 1e-7 }), issue: 'N-2' },
  { ...harmless('A16 the smallest', { raw: 5e-324 }), issue: 'N-2' },
  { ...harmless('A17 21 digits', { hours: 1e20 }), issue: 'N-2' },
  { ...otherShape('A17 a double by size', { hours: 1e21 }), issue: 'N-2' },
  { ...otherShape('A18 17 digits', { raw: 0.30000000000000004 }), issue: 'N-2' },
  { ...otherShape('A18 the last digit', { raw: 3.5000000000000004 }), issue: 'N-2' },
  { ...harmless('A18 beyond 2^53', { raw: 9007199254740992 }), issue: 'N-2' },
  { ...refused('A19 high surrogate', { name: '\ud800' }, 'L-1'), compiled: 'plan' },
  { ...refused('A19 low surrogate', { name: '\udfff' }, 'L-1'), compiled: 'plan' },
  {
    ...harmless('A22 equal references', { many: ['https://x.example/1', 'https://x.example/1'] }),
    cached: 'D-1',
    compiled: 'D-1',
  },
  {
    ...harmless('A22 equal texts of a language', { title: { en: 'Wiring', ar: ['one', 'one'] } }),
    cached: 'D-1',
    compiled: 'D-1',
  },
  harmless('A24 evidence about its issuer', { id: 'did:web:badges.example.ph:institutions:specimen' }),
  harmless('A24 ref to itself', { ref: 'https://malayang.example.ph/evidence/1' }),
  harmless('A24 ref to the credential', { ref: OWN }),
  harmless('A24 ref to the end of lists', { ref: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#nil' }),
  { ...otherShape('A25 integer twice', { hours: [1, '1'] }), compiled: 'D-1' },
  { ...otherShape('A25 boolean twice', { passed: [true, 'true'] }), compiled: 'D-1' },
  { ...otherShape('A25 double three times', { score: [1, '1.0', '1'] }), compiled: 'D-1' },
  otherShape('A26 two equal nodes', { part: [{ name: 'x' }, { name: 'x' }] }),
  otherShape('A26 three equal nodes', { part: [{ name: 'x' }, { name: 'x' }, { name: 'x' }] }),
  refused('A27 three levels of twins', { part: tree(3) }),
  harmless('A28 signs of replacement', { name: 'a$&b' }),
  harmless('A28 more of them', { name: "$1$$`$'$<x>" }),
  refused('A31 a name with quotes', { 'a":s,"b': 'x' }),
  { ...otherShape('A32 order of UTF-16', { raw: ['\uff5e', '😀'] }), issue: 'R-3' },
  harmless('an IRI in a vocabulary term has its own key', { '/name': 'https://x.example/' }),
  otherShape('an absolute IRI for a word', { level: 'https://x.example/level' }),
  harmless('any text as a date', { heldOn: 'yesterday' }),
  harmless('text with a direction', { urdu: 'اردو' }),
  harmless('equal items of a list', { steps: ['a', 'a'] }),
  harmless('equal numbers of a list', { marks: [2.5, 2.5] }),
  harmless('an IRI as a literal', { name: 'https://x.example/ref' }),
  harmless('an id that is used', { ref: 'https://x.example/part' }),
  { ...otherShape('two names of one property', { urduPlain: 'text' }), compiled: 'L-1' },
  { ...refused('the value __proto__', { name: '__proto__' }, 'R-1'), compiled: 'plan' },
  refused('the value __proto__ as a reference', { ref: '__proto__' }, 'R-1'),
  refused('an unknown member', { pqf: 6 }),
  {
    ...otherShape('a context inside', { part: { '@context': { x: 'urn:x' }, x: 'y' } }),
    cached: 'S-1',
    compiled: 'S-1',
  },
  { ...otherShape('a value object', { name: { '@value': 'x' } }), cached: 'S-1', compiled: 'S-1' },
  otherShape('a type by an alias', { kind: 'Evidence' }),
  otherShape('two evidences', { '/evidence': [twin, { ...twin, name: 'other' }] }),
];

/** The badge with the change made. */
export function changed({ change }: Pick<Counterexample, 'change'>): JsonObject {
  const badge = learningBadge();
  const evidence = (badge.evidence as JsonObject[])[0]!;
  for (const [name, value] of Object.entries(change)) {
    const [holder, key] = name.startsWith('/') ? [badge, name.slice(1)] : [evidence, name];
    if (value === undefined) delete holder[key];
    else holder[key] = value;
  }
  return badge;
}

const evidences = (...evidence: JsonObject[]): JsonObject => ({ ...learningBadge(), evidence });
const named = (id: string): JsonObject => ({ id, type: ['Evidence'], name: id });
const nameless = (name: string): JsonObject => ({ type: ['Evidence'], name });
const chapters = (id: string, entry: string, chapter: string): JsonObject => ({
  id,
  type: ['Evidence'],
  chapters: { [entry]: { id: chapter, name: entry } },
});
const indexed = (...evidence: JsonObject[]): JsonObject => ({
  ...evidences(...evidence),
  '@context': [...(learningBadge()['@context'] as string[]), INDEXED],
});

/** Documents of one shape: the first is harmless, and the plan it leaves must not answer wrongly for the second. */
export const SEQUENCES: readonly { id: string; first: JsonObject; second: JsonObject; rule: Rule | 'answers' }[] = [
  {
    id: 'A20 one index for two',
    first: indexed(chapters('urn:e:1', 'one', 'urn:c:1'), chapters('urn:e:2', 'three', 'urn:c:2')),
    second: indexed(chapters('urn:e:1', 'one', 'urn:c:1'), chapters('urn:e:2', 'three', 'urn:c:1')),
    rule: 'S-2',
  },
  {
    id: 'A22 equal siblings',
    first: changed({ change: { many: ['urn:m:1', 'urn:m:2'] } }),
    second: changed({ change: { many: ['urn:m:1', 'urn:m:1'] } }),
    rule: 'D-1',
  },
  {
    id: 'A23 one id for two evidences',
    first: evidences(named('urn:e:1'), named('urn:e:2')),
    second: evidences(named('urn:e:1'), named('urn:e:1')),
    rule: 'D-1',
  },
  {
    id: 'A23 an evidence and the achievement are one',
    first: evidences(named('urn:e:1'), named('urn:e:2')),
    second: evidences(named('urn:e:1'), named('urn:uuid:a')),
    rule: 'answers',
  },
  {
    id: 'A26 two become equal',
    first: evidences(nameless('one'), nameless('two'), nameless('three')),
    second: evidences(nameless('one'), nameless('one'), nameless('three')),
    rule: 'answers',
  },
  {
    id: 'A32 an order that two libraries see differently',
    first: changed({ change: { raw: ['a', 'b'] } }),
    second: changed({ change: { raw: ['\uff5e', '😀'] } }),
    rule: 'answers',
  },
];
