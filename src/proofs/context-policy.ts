import { type FieldError, isObject, type Json, type JsonObject, Problem, pointerToken } from '#kernel';
import { ADDABLE, CLR_2_0_1 } from './addable-contexts.ts';
import { type ContextLoader, CREDENTIALS_V2 } from './contexts.ts';
import { inlineReason, isLanguageValue } from './inline-context.ts';
import { hasOwnName } from './own-names.ts';
import { beginsContext, suiteOf } from './suites.ts';

/**
 * `openbadge`: Open Badges documents (OB 3.0 section 9.1: base context first, Open Badges context second).
 * `pinned`: every other credential we read or make (status lists, registers of other hands).
 * `clr`: Comprehensive Learner Records 2.0: the third is that of Open Badges, and each member credential has its own list.
 * `presentation`: Verifiable Presentations; each credential in it has its own list.
 * `vc`: every credential that is no badge, and presentations of such: inline objects that only map new terms to absolute IRIs
 *   are allowed as well, and contexts for tests that define every term.
 */
export type ContextProfile = 'openbadge' | 'clr' | 'presentation' | 'pinned' | 'vc';

/** What is in `NOT_READ` says nothing about the document (`unknown`); every other code refuses it (`fail`). */
export interface ContextProblem {
  code:
    | 'unsupported_context'
    | 'context_not_installed'
    | 'bad_context'
    | 'json_ld_keyword'
    | 'blank_node_identifier'
    | 'iri_member';
  pointer: string;
  detail: string;
}

/**
 * Another reader may read these, so they are no fault of the document; what we would not see in it, we do not judge.
 */
export const NOT_READ: ReadonlySet<string> = new Set(['unsupported_context', 'context_not_installed', 'iri_member']);

type Pins = Pick<ContextLoader, 'isPinned' | 'kind' | 'jsonTerms' | 'jsonTermsIn' | 'text'>;

/** A look through one document. */
interface Look {
  profile: ContextProfile;
  pins: Pins;
  /** Members whose values are data in it. */
  data: ReadonlySet<string>;
  /** What is found. */
  problems: ContextProblem[];
}

const OPEN_BADGE_TYPES = ['OpenBadgeCredential', 'AchievementCredential', 'EndorsementCredential'];

/** The strict profile of a document: never `vc`, which a caller must ask for. */
export function profileOf(document: JsonObject): ContextProfile {
  const types = typesOf(document);
  if (types.includes('VerifiablePresentation')) return 'presentation';
  if (types.includes('ClrCredential')) return 'clr';
  return types.some((type) => OPEN_BADGE_TYPES.includes(type as string)) ? 'openbadge' : 'pinned';
}

const typesOf = ({ type }: JsonObject): (Json | undefined)[] => (Array.isArray(type) ? type : [type]);

/** The policy with the contexts of one loader. */
export interface ContextRules {
  /** Without a profile, the strict one of the document's types applies. */
  contextProblems(document: JsonObject, profile?: ContextProfile): ContextProblem[];
  /** Members whose values are data. */
  readonly jsonTerms: ReadonlySet<string>;
}

export function contextRules(pins: Pins): ContextRules {
  return {
    contextProblems: (document, profile) => contextProblems(document, profile ?? profileOf(document), pins),
    jsonTerms: pins.jsonTerms,
  };
}

/**
 * Everything about `@context` and JSON-LD syntax that would let two readers see two documents. The canonical form is
 * only as good as the contexts: `@vocab` switches safe mode off, and an exchanged context keeps the signature valid.
 * Runs before the JSON-LD library. Members of a `@json` term are data and are not looked into.
 */
export function contextProblems(document: JsonObject, profile: ContextProfile, pins: Pins): ContextProblem[] {
  const problems = rootProblems(document['@context'], profile, pins);
  const rest = withoutMembers(withoutProofContexts(document), profile, pins, problems);
  const data = dataIn(document['@context'], pins);
  if (areSound(rest, data, '@context')) return problems;
  for (const [key, value] of Object.entries(rest)) {
    if (key !== '@context') member(key, value, `/${pointerToken(key)}`, { profile, pins, data, problems });
  }
  return problems;
}

/**
 * Members whose values are data because a pinned context of the document says so. One that only other contexts define so may
 * stand for anything here, by an inline term or by a context that defines every term: a status hidden below it would be gone
 * for every reader, signed as it is.
 */
function dataIn(context: Json | undefined, pins: Pins): ReadonlySet<string> {
  const urls = [context ?? []].flat().filter((one): one is string => typeof one === 'string' && pins.isPinned(one));
  if (urls.some((url) => pins.kind(url) === 'open')) return NOTHING;
  return new Set(urls.flatMap((url) => pins.jsonTermsIn(url)));
}

const NOTHING: ReadonlySet<string> = new Set();

/**
 * A proof over JSON carries the context it was made with (VC-DI-EdDSA 3.3.5), which must begin that of the document; with
 * that it defines nothing more. Any other context in a proof stays where it is, and is refused as one.
 */
function withoutProofContexts(document: JsonObject): JsonObject {
  if (document.proof === undefined) return document;
  const plain = (proof: Json): Json => {
    if (!isObject(proof) || suiteOf(proof)?.form !== 'jcs' || !beginsContext(proof, document)) return proof;
    const { '@context': _, ...rest } = proof;
    return rest;
  };
  return { ...document, proof: Array.isArray(document.proof) ? document.proof.map(plain) : plain(document.proof) };
}

/** Where a document holds whole credentials. */
function holdsAt(document: JsonObject, profile: ContextProfile): string | undefined {
  if (profile === 'clr') return '/credentialSubject/verifiableCredential';
  const presents =
    profile === 'presentation' || (profile === 'vc' && typesOf(document).includes('VerifiablePresentation'));
  return presents ? '/verifiableCredential' : undefined;
}

/** A credential in another document is looked at by its own profile, which is as wide as that of the document at most. */
function innerProfile(one: JsonObject, outer: ContextProfile): ContextProfile {
  const own = profileOf(one);
  return outer === 'vc' && own === 'pinned' ? 'vc' : own;
}

/** What is in an envelope is another document; its own context may be one address (VCDM 2.0, 4.13.1). */
function opened(one: JsonObject): JsonObject {
  const isEnvelope = typesOf(one).includes('EnvelopedVerifiableCredential');
  return isEnvelope && typeof one['@context'] === 'string' ? { ...one, '@context': [one['@context']] } : one;
}

/** Credentials inside are looked at as what they are, and taken out. They hold no others. */
function withoutMembers(
  document: JsonObject,
  profile: ContextProfile,
  pins: Pins,
  problems: ContextProblem[],
): JsonObject {
  const place = holdsAt(document, profile);
  const outer = profile === 'clr' ? document.credentialSubject : document;
  if (place === undefined || !isObject(outer)) return document;
  const { verifiableCredential: members, ...others } = outer;
  // A presentation may hold none.
  const list = members === undefined && profile === 'vc' ? [] : [members ?? null].flat();
  for (const [index, one] of list.entries()) {
    const at = `${place}/${index}`;
    if (!isObject(one) || holdsAt(one, profileOf(one))) {
      problems.push({ code: 'bad_context', pointer: at, detail: 'a member must be a credential' });
      continue;
    }
    for (const { pointer, ...rest } of contextProblems(opened(one), innerProfile(one, profile), pins)) {
      problems.push({ ...rest, pointer: `${at}${pointer}` });
    }
  }
  return profile === 'clr' ? { ...document, credentialSubject: others } : others;
}

/** For issuing. @throws Problem `lint-failed` when there is any context problem */
export function assertNoUnsafeContext(document: JsonObject, profile: ContextProfile, pins: Pins): void {
  const errors: FieldError[] = contextProblems(document, profile, pins);
  if (errors.length > 0) throw new Problem('lint-failed', errors[0]!.detail, { errors });
}

function rootProblems(context: Json | undefined, profile: ContextProfile, pins: Pins): ContextProblem[] {
  const bad = (pointer: string, detail: string): ContextProblem => ({ code: 'bad_context', pointer, detail });
  // VCDM 2.0 section 4.3: an ordered set whose first item is the base context.
  if (!Array.isArray(context) || context.length === 0)
    return [bad('/@context', '@context must be a list of addresses')];
  const problems: ContextProblem[] = [];
  const kinds = context.map((entry) => (typeof entry === 'string' ? pins.kind(entry) : undefined));
  context.forEach((entry, index) => {
    const pointer = `/@context/${index}`;
    if (typeof entry !== 'string') {
      const reason =
        profile === 'vc' && index > 0 && isObject(entry) ? inlineReason(context, index, pins) : 'not an address';
      if (reason) problems.push(bad(pointer, reason));
    } else if (!pins.isPinned(entry)) {
      problems.push(notPinned(entry, pointer));
    } else if (context.indexOf(entry) !== index) {
      problems.push(bad(pointer, 'the same context twice'));
    }
    const kind = kinds[index];
    if (kind === 'credentials' && index > 0)
      problems.push(bad(pointer, 'the base context must be first, and only there'));
    // With one, nothing is undefined, so a member of any name would be signed and say nothing.
    if (kind === 'open' && profile !== 'vc') problems.push(onlyForTests(entry as string, pointer));
    if (kind === 'open' && context[0] !== CREDENTIALS_V2) problems.push(bad(pointer, 'goes with version 2.0 only'));
    const [place, ordinal] = profile === 'clr' ? [2, 'third'] : [1, 'second'];
    if (kind === 'open-badges' && index !== place) {
      problems.push(bad(pointer, `the Open Badges context must be ${ordinal}`));
    }
  });
  if (kinds[0] === 'other' || kinds[0] === 'open')
    problems.push(bad('/@context/0', 'the first context must be the base context'));
  const second = profile === 'openbadge' && (context.length < 2 || kinds[1] === 'other' || kinds[1] === 'open');
  if (second) problems.push(bad('/@context/1', 'the second context must be that of Open Badges 3.0'));
  // CLR 2.0, ClrCredential: the three in this order. Without the operator's copy the second is not supported.
  if (profile === 'clr' && (context.length < 3 || context[1] !== CLR_2_0_1 || kinds[2] !== 'open-badges')) {
    problems.push(bad('/@context', 'must begin with the contexts of VC 2.0, CLR 2.0.1 and Open Badges 3.0'));
  }
  return problems;
}

const onlyForTests = (url: string, pointer: string): ContextProblem => ({
  code: 'unsupported_context',
  pointer,
  detail: `the context ${url} is not for badges`,
});

/** One that is known and may not be passed on can be added by the operator; any other cannot. */
const notPinned = (url: string, pointer: string): ContextProblem =>
  ADDABLE.some((one) => one.url === url)
    ? { code: 'context_not_installed', pointer, detail: `the context ${url} is known and not installed here` }
    : { code: 'unsupported_context', pointer, detail: `the context ${url} is not supported` };

/**
 * Whether it is certain, without a pointer to anything, that `member` finds nothing in any of the members. False says only
 * that it must look.
 * @param but a member that is not looked at
 */
function areSound(members: JsonObject, data: ReadonlySet<string>, but?: string): boolean {
  for (const key of Object.keys(members)) {
    if (key === but) continue;
    if (key.startsWith('@') || key.includes(':')) return false;
    if (data.has(key)) continue;
    const value = members[key]!;
    if (key === 'endorsement' || (key === 'type' && !isPlainType(value)) || !isSound(value, data)) return false;
  }
  return true;
}

function isSound(value: Json, data: ReadonlySet<string>): boolean {
  if (typeof value === 'string') return !value.startsWith('_:');
  if (typeof value !== 'object' || value === null) return true;
  if (!Array.isArray(value)) return areSound(value, data);
  for (let index = 0; index < value.length; index++) if (!isSound(value[index]!, data)) return false;
  return true;
}

/** No address: `hasOwnName` holds for addresses only. */
const isPlainType = (value: Json): boolean =>
  Array.isArray(value) ? value.every(isPlainType) : typeof value === 'string' && !value.includes(':');

function member(key: string, value: Json, pointer: string, look: Look): void {
  const { data, problems } = look;
  if (key === '@context') {
    problems.push({ code: 'bad_context', pointer, detail: '@context is allowed at the root only' });
    return;
  }
  if (key.startsWith('@') || key.startsWith('_:')) {
    const code = key.startsWith('@') ? 'json_ld_keyword' : 'blank_node_identifier';
    problems.push({ code, pointer, detail: `the member ${key} is not allowed` });
    return;
  }
  // Means the same to the proof as the term, and readers of the term do not see it: a status would be gone, signed as it is.
  if (key.includes(':')) {
    problems.push({ code: 'iri_member', pointer, detail: `the member ${key} must have its plain name` });
    return;
  }
  if (data.has(key)) return;
  const named = key === 'type' && [value].flat().find((one) => typeof one === 'string' && hasOwnName(one));
  if (named) problems.push({ code: 'iri_member', pointer, detail: `the type ${named} must have its plain name` });
  if (key === 'endorsement' && Array.isArray(value)) {
    for (const [index, item] of value.entries()) endorsement(item, `${pointer}/${index}`, look);
  } else if (key === 'endorsement') endorsement(value, pointer, look);
  else inside(value, pointer, look);
}

/**
 * The one place where a context may stand inside a document: an endorsement is a signed document of its own and its list is
 * part of it (Open Badges 3.0, EndorsementCredential). The list obeys the rules of a root, so that it is read the same inside
 * and alone; where it redefines what the outer one protects, the JSON-LD library refuses the whole.
 */
function endorsement(value: Json, pointer: string, look: Look): void {
  const { pins, problems } = look;
  if (!isObject(value) || value['@context'] === undefined) {
    inside(value, pointer, look);
    return;
  }
  const types = Array.isArray(value.type) ? value.type : [value.type];
  if (!types.includes('EndorsementCredential')) {
    problems.push({ code: 'bad_context', pointer: `${pointer}/@context`, detail: 'it is no endorsement' });
    return;
  }
  for (const { pointer: at, ...rest } of contextProblems(value, 'openbadge', pins)) {
    problems.push({ ...rest, pointer: `${pointer}${at}` });
  }
}

function inside(value: Json, pointer: string, look: Look): void {
  if (typeof value === 'string') {
    if (/^_:\S*$/.test(value)) {
      const detail = 'a blank node identifier is not allowed';
      look.problems.push({ code: 'blank_node_identifier', pointer, detail });
    }
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) inside(item, `${pointer}/${index}`, look);
  } else if (isObject(value) && !(look.profile === 'vc' && isLanguageValue(value))) {
    for (const [key, item] of Object.entries(value)) {
      member(key, item, `${pointer}/${pointerToken(key)}`, look);
    }
  }
}
