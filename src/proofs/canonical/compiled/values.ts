import { NOTHING, type NotEligible, notEligible, type Rule, type Without } from './eligible.ts';
import { escapedText } from './escapes.ts';
import { isAbsoluteIri, isNamed } from './iri.ts';
import { hasOwnText, isExact, numberKind, numberText } from './numbers.ts';
import type { Characters, Plan, Role } from './plan.ts';
import type { Leaf } from './shape.ts';
import type { PinnedTerms } from './terms.ts';

/** Issuing is stricter: what another library may read differently is left to the reference path and its lints. */
export type ValueUse = 'issue' | 'verify';

/** Leaves that have passed every rule of their roles. */
export interface Values {
  leaves: readonly Leaf[];
  /** Each as a term of N-Quads. */
  texts: string[];
  /** Some value is of a kind that should also be run through the reference: not ASCII in an IRI, an astral character, very long. */
  unusual: boolean;
}

interface ValueRule {
  /** The rule that says no, if this holds. */
  rule: Rule;
  kinds: readonly Role['kind'][];
  use: ValueUse | 'both';
  fault(value: Leaf, role: Role, terms: PinnedTerms): boolean;
  /** Where it comes from. */
  source: string;
}

const isText = (value: Leaf): value is string => typeof value === 'string';

/**
 * Everything that is asked of a value. A literal of plain characters (`PLAIN`) passes all of it by being one, and an IRI
 * (`PLAIN_IRI`) all but I-2.
 */
export const VALUE_RULES: readonly ValueRule[] = [
  {
    rule: 'I-3',
    kinds: ['constant'],
    use: 'both',
    fault: (value, role) => role.kind === 'constant' && !Object.is(role.value, value),
    source: 'a value that is not in the statements as it is may decide which there are (JSON-LD API 5.1); 0 is not -0',
  },
  {
    rule: 'K-1',
    kinds: ['iri', 'literal', 'number'],
    use: 'both',
    fault: (value, role) => isText(value) === (role.kind === 'number'),
    source: 'JSON-LD API 5.3: text, numbers and booleans get different datatypes',
  },
  {
    rule: 'I-1',
    kinds: ['iri'],
    use: 'both',
    fault: (value) => isText(value) && !isAbsoluteIri(value),
    source: 'RFC 3987; the reference drops relative IRIs, or refuses them',
  },
  {
    rule: 'I-2',
    kinds: ['iri'],
    use: 'both',
    fault: (value, _, terms) => isText(value) && isNamed(value, terms),
    source: 'JSON-LD API 5.2.2: terms and compact IRIs are replaced',
  },
  {
    rule: 'L-1',
    kinds: ['literal'],
    use: 'both',
    fault: (value) => isText(value) && !value.isWellFormed(),
    source: 'two lone surrogates have one UTF-8 form, hence one signature',
  },
  {
    rule: 'L-1',
    kinds: ['literal'],
    use: 'both',
    fault: (value) => isText(value) && value.startsWith('_:'),
    source: 'what may be the name of a blank node is looked at wherever it stands (contextProblems)',
  },
  {
    rule: 'R-1',
    kinds: ['literal'],
    use: 'both',
    fault: (value) => value === '__proto__',
    source: 'digitalbazaar/jsonld.js issue 584; refused before the library sees it',
  },
  {
    rule: 'N-1',
    kinds: ['number'],
    use: 'both',
    fault: (value, role) => role.kind === 'number' && !isText(value) && numberKind(value) !== role.number,
    source: 'JSON-LD API 8.2.2: integers and doubles are written in different ways',
  },
  {
    rule: 'N-2',
    kinds: ['number'],
    use: 'both',
    fault: (value) => !isText(value) && !hasOwnText(value),
    source: 'RFC 8259 section 6 has no such numbers; -0 and 0 share a text',
  },
  {
    rule: 'N-2',
    kinds: ['number'],
    use: 'issue',
    fault: (value) => !isText(value) && !isExact(value),
    source: 'the reference writes 16 digits: two numbers would share one signature',
  },
];

const rulesOf = (kind: Role['kind'], use: ValueUse): readonly ValueRule[] =>
  VALUE_RULES.filter((one) => one.kinds.includes(kind) && (one.use === 'both' || one.use === use));
const KINDS = ['iri', 'literal', 'number', 'constant'] as const;
const tableOf = (use: ValueUse) =>
  Object.fromEntries(KINDS.map((kind) => [kind, rulesOf(kind, use)])) as Record<Role['kind'], readonly ValueRule[]>;
const RULES: Record<ValueUse, ReturnType<typeof tableOf>> = { issue: tableOf('issue'), verify: tableOf('verify') };

/** Nothing to escape in N-Quads, nothing above U+D7FF: well-formed, and sorted alike by UTF-16 unit and by code point. */
const PLAIN = /^(?!_:)[ !#-[\]-~\x80-\ud7ff]*$/;
/** An absolute IRI of ASCII characters that N-Quads does not escape (I-1). */
const PLAIN_IRI = /^[A-Za-z][A-Za-z0-9+.-]*:[!#-;=?-[\]_a-z~]+$/;
const ASCII = /^[\0-\x7f]*$/;
const LONG = 1_024;

/**
 * Holds every leaf against the rules of its role.
 * @param without rules left out, by tests alone
 */
export function checkValues(
  plan: Plan,
  leaves: readonly Leaf[],
  use: ValueUse,
  terms: PinnedTerms,
  without: Without = NOTHING,
): Values | NotEligible {
  const { roles } = plan;
  if (leaves.length !== roles.length) return notEligible('K-1');
  if (use === 'issue' && !plan.exactConstants && !without.has('N-2')) return notEligible('N-2');
  const rules = RULES[use];
  const texts = new Array<string>(leaves.length);
  const seen = { unusual: false, ...plan.constants };
  for (let index = 0; index < leaves.length; index++) {
    const value = leaves[index]!;
    const role = roles[index]!;
    if (role.kind === 'literal' && isText(value) && PLAIN.test(value) && value !== '__proto__') {
      texts[index] = `"${value}"${role.suffix}`;
      if (value.length > LONG) seen.unusual = true;
      continue;
    }
    if (role.kind === 'iri' && isText(value) && PLAIN_IRI.test(value) && !isNamed(value, terms)) {
      texts[index] = `<${value}>`;
      continue;
    }
    for (const one of rules[role.kind]) {
      if (one.fault(value, role, terms) && !without.has(one.rule)) return notEligible(one.rule, index);
    }
    texts[index] = textOf(value, role);
    if (!isText(value)) seen.unusual ||= String(value).includes('e');
    else if (!ASCII.test(value)) look(value, role, seen);
  }
  // The reference sorts by UTF-16 unit, RDFC-1.0 by code point: only such characters together are sorted differently.
  if (use === 'issue' && seen.astral && seen.late && !without.has('R-3')) return notEligible('R-3');
  return { leaves, texts, unusual: seen.unusual || seen.astral };
}

function look(value: string, role: Role, seen: Characters & { unusual: boolean }): void {
  if (role.kind === 'iri' || value.length > LONG) seen.unusual = true;
  const { astral, late } = charactersOf(value);
  if (astral) seen.astral = true;
  if (late) seen.late = true;
}

/** Which characters there are that UTF-16 units and code points sort differently. */
export const charactersOf = (text: string): Characters => ({
  astral: /[\ud800-\udfff]/.test(text),
  late: /[\ue000-\uffff]/.test(text),
});

/** A leaf as a term of N-Quads. */
export function textOf(value: Leaf, role: Role): string {
  switch (role.kind) {
    case 'iri':
      return `<${value}>`;
    case 'literal':
      return `"${escapedText(String(value))}"${role.suffix}`;
    case 'number':
      return `"${numberText(Number(value), role.number, role.datatype)}"${role.suffix}`;
    case 'constant':
      return '';
  }
}
