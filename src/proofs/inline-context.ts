import { isObject, type Json, type JsonObject } from '#kernel';
import type { ContextLoader } from './contexts.ts';
import { hasOwnName } from './own-names.ts';

type Pins = Pick<ContextLoader, 'isPinned' | 'kind' | 'text'>;

const INLINE_TERMS = 20;
const ABSOLUTE_IRI = /^[A-Za-z][A-Za-z0-9+.-]*:[^\s<>"{}|\\^`]+$/;

/**
 * Why an object in `@context` is more than a plain map of new terms to absolute IRIs. Whoever holds a document may exchange
 * such maps and keep the signature, so no term that anything is read by may be defined in one.
 * @param context the whole list, in which it stands at `index`
 */
export function inlineReason(context: readonly Json[], index: number, pins: Pins): string | undefined {
  const entry = context[index] as JsonObject;
  const terms = Object.entries(entry);
  if (terms.length > INLINE_TERMS) return `more than ${INLINE_TERMS} inline terms`;
  const pinned = context.filter((url): url is string => typeof url === 'string' && pins.isPinned(url));
  if (pinned.some((url) => pins.kind(url) === 'open')) return 'inline terms beside a context that defines every term';
  const texts = pinned.map(pins.text);
  const meanings = new Set(texts.flatMap(stringsOf));
  const namespaces = [...meanings].filter((one) => ABSOLUTE_IRI.test(one) && /[#/:]$/.test(one));
  const before = termsIn(context.slice(0, index));
  for (const [term, iri] of terms) {
    if (term === '@protected' ? iri !== true : term.startsWith('@')) return `the keyword ${term} in an inline context`;
    if (term === '@protected') continue;
    if (!/^[A-Za-z][A-Za-z0-9_-]*$/.test(term)) return `the inline term ${term} is not a plain name`;
    if (typeof iri !== 'string' || !ABSOLUTE_IRI.test(iri)) return `the inline term ${term} is not an absolute IRI`;
    // Such a term would be a prefix: "did" could change every DID in the document.
    if (/[:/?#[\]@]$/.test(iri)) return `the inline term ${term} could serve as a prefix`;
    if (texts.some((text) => text.includes(`${JSON.stringify(term)}:`)))
      return `${term} is defined by a pinned context`;
    // A second name for what a pinned context defines would carry the same statement past every reader of the first: with
    // "state" for credentialStatus, a credential would keep its signature and lose its revocation.
    const compact = texts.some((text) => text.includes(`${JSON.stringify(iri.slice(0, iri.indexOf(':')))}:`));
    if (compact || hasOwnName(iri) || meanings.has(iri) || namespaces.some((one) => iri.startsWith(one))) {
      return `the inline term ${term} stands for something a pinned context defines`;
    }
    // VCDM 2.0 section 5.2.1: a context that redefines a term is an error.
    if (before.has(term)) return `the inline term ${term} is defined twice`;
  }
  return undefined;
}

const strings = new Map<string, readonly string[]>();

/** Every text in the JSON of a pinned context; there are few. */
function stringsOf(text: string): readonly string[] {
  let found = strings.get(text);
  if (!found) {
    const all: string[] = [];
    const walk = (value: unknown): void => {
      if (typeof value === 'string') all.push(value);
      else if (typeof value === 'object' && value !== null) for (const item of Object.values(value)) walk(item);
    };
    walk(JSON.parse(text));
    found = all;
    strings.set(text, found);
  }
  return found;
}

/** The terms that a document defines itself: no reader of ours may go by one. */
export function inlineTerms(document: JsonObject): ReadonlySet<string> {
  return termsIn([document['@context'] ?? []].flat());
}

function termsIn(contexts: readonly Json[]): ReadonlySet<string> {
  return new Set(contexts.filter(isObject).flatMap((one) => Object.keys(one)));
}

/** VCDM 2.0 section 11.1: `{"@value": text, "@language"?: tag, "@direction"?: "ltr" | "rtl"}`. */
export function isLanguageValue(value: JsonObject): boolean {
  return (
    typeof value['@value'] === 'string' &&
    Object.keys(value).every((key) => key === '@value' || key === '@language' || key === '@direction') &&
    Object.values(value).every((item) => typeof item === 'string')
  );
}
