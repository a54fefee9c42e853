import {
  type FieldError,
  formatInstant,
  isObject,
  isSurelyStrict,
  type JsonObject,
  Problem,
  parseStrictJson,
} from '#kernel';
import { walkedOnce } from './lints/every-node.ts';
import { LINTS } from './lints/index.ts';
import type { LintContext, LintRule } from './lints/rule.ts';

/** Only this file can make a token, at run time too. */
const KEY = Symbol('lint');

interface Bound {
  text: string;
  /** What the text says, as it was held against the rules. */
  document: JsonObject;
  tenant: string;
  issuer: string;
}

/**
 * Proof that one exact text passed every rule, for one issuer of one tenant, good for one signature. There is no other way to
 * a signature: `signLinted` demands it and uses it up.
 */
export class LintToken {
  /** Gone once it is used: many are on their way at a time, and a signature is not the end of it. */
  #bound: Bound | undefined;

  private constructor(key: symbol, bound: Bound) {
    if (key !== KEY) throw new Error('a lint token is made by lint() only');
    this.#bound = bound;
  }

  /** @internal */
  static make(key: symbol, bound: Bound): LintToken {
    return new LintToken(key, bound);
  }

  /** @internal Uses the token up, whatever the outcome. @returns the document of the text, or what does not match */
  static use(token: unknown, given: Omit<Bound, 'document'>): JsonObject | string {
    if (typeof token !== 'object' || token === null || !(#bound in token)) return 'is not a lint token';
    const bound = token.#bound;
    if (!bound) return 'has been used';
    token.#bound = undefined;
    if (bound.text !== given.text) return 'is for another text';
    if (bound.tenant !== given.tenant) return 'is for another tenant';
    if (bound.issuer !== given.issuer) return 'is for another issuer';
    return bound.document;
  }
}

/**
 * All errors of a document under the rules in effect on the day it was drawn up. For rehearsing an issue and for
 * auditing what is stored.
 */
export function lintErrors(
  document: JsonObject,
  context: LintContext,
  rules: readonly LintRule[] = LINTS,
): FieldError[] {
  return walkedOnce(document, () => {
    const errors: FieldError[] = [];
    for (const rule of inEffect(rules, context.now)) {
      const found = rule.check(document, context);
      if (found.length > 0) errors.push(...found);
    }
    return errors;
  });
}

const DAY = 86_400_000;
/** Of the last day that was asked for. */
let known: { rules: readonly LintRule[]; day: number; inEffect: readonly LintRule[] } | undefined;

function inEffect(rules: readonly LintRule[], now: Date): readonly LintRule[] {
  const day = Math.floor(now.getTime() / DAY);
  if (known?.rules !== rules || known.day !== day) {
    const text = formatInstant(now).slice(0, 10);
    known = { rules, day, inEffect: rules.filter((rule) => rule.effective <= text) };
  }
  return known.inEffect;
}

/**
 * Holds the exact text that is to be signed against every rule.
 * @throws Problem `lint-failed` with pointers into the credential and the rule ids as codes
 */
export function lint(unsignedText: string, context: LintContext): LintToken {
  const document = parseStrictJson(unsignedText);
  if (!isObject(document)) throw new Problem('lint-failed', 'a credential is a JSON object');
  return passed(unsignedText, document, context);
}

/**
 * The same for a document of our own, with the text by which it is signed and stored. What is certain to be read as it was
 * written is not read: nobody may change the document, or what it shares, from here to its signature.
 * @throws Problem `lint-failed` with pointers into the credential and the rule ids as codes
 */
export function lintDraft(document: JsonObject, context: LintContext): { text: string; token: LintToken } {
  const text = JSON.stringify(document);
  return { text, token: isSurelyStrict(document) ? passed(text, document, context) : lint(text, context) };
}

/** @param document what the text says */
function passed(text: string, document: JsonObject, context: LintContext): LintToken {
  mustPass(document, context);
  return LintToken.make(KEY, { text, document, tenant: context.tenant, issuer: context.issuer });
}

function mustPass(document: JsonObject, context: LintContext): void {
  const errors = lintErrors(document, context);
  if (errors.length > 0) throw new Problem('lint-failed', 'the credential breaks an issuing rule', { errors });
}

/** For a document that nobody signs: throws what `lint` throws for its text, which is written only where it might not be read. */
export function rehearse(document: JsonObject, context: LintContext): void {
  if (isSurelyStrict(document)) mustPass(document, context);
  else lint(JSON.stringify(document), context);
}

/** A credential that is no badge has no definition to be held against; everything else is the caller's `errorsOf`. */
export interface PlainContext {
  tenant: string;
  issuer: string;
  errorsOf(document: JsonObject): readonly FieldError[];
}

/**
 * Holds the exact text of a credential that is no badge against the rules for those.
 * @throws Problem `lint-failed` with pointers into the credential
 */
export function lintPlain(unsignedText: string, { tenant, issuer, errorsOf }: PlainContext): LintToken {
  const document = parseStrictJson(unsignedText);
  if (!isObject(document)) throw new Problem('lint-failed', 'a credential is a JSON object');
  const errors = errorsOf(document);
  if (errors.length > 0) throw new Problem('lint-failed', errors[0]!.detail, { errors });
  return LintToken.make(KEY, { text: unsignedText, document, tenant, issuer });
}

/**
 * Uses a token up for a text.
 * @returns what the rules have seen of the text, so that nothing else is signed
 * @throws Error (a fault of ours, never the caller's) when it is no token, used, or for another text, tenant or issuer
 */
export function redeem(token: LintToken, text: string, tenant: string, issuer: string): JsonObject {
  const found = LintToken.use(token, { text, tenant, issuer });
  if (typeof found === 'string') throw new Error(`refused to sign: the lint token ${found}`);
  return found;
}
