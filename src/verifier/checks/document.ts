import { type FieldError, type JsonObject, parseDateTimeStamp } from '#kernel';
import { NOT_READ, type ProofReport } from '#proofs';
import { type Check, check } from '../report.ts';
import type { ContextFinding } from '../session.ts';
import { findTextProblems } from '../text-walk.ts';

export interface DocumentRules {
  contextProblems: (document: JsonObject) => ContextFinding[];
  schemaErrors: (document: JsonObject) => FieldError[];
  phErrors: (document: JsonObject) => FieldError[];
}

const READ = ['OpenBadgeCredential', 'AchievementCredential', 'EndorsementCredential', 'ClrCredential'];

/** Codes by which the proof room says that a member is not defined by the contexts. */
const NOT_DEFINED = new Set(['dropped_term', 'invalid_json_ld', 'forbidden_member']);

/**
 * Is it a conforming Open Badges 3.0 document: exact contexts, nothing undefined, members of the right type, our own
 * rules for the ph terms. Evidence names places, never what stands there, so that it can be shown when the proof fails.
 */
export function checkDocument(document: JsonObject, proof: ProofReport, rules: DocumentRules): Check {
  const contexts = rules.contextProblems(document);
  const wrong = contexts.filter((one) => !NOT_READ.has(one.code));
  if (wrong.length > 0) return malformed('bad_context', wrong);
  if (contexts.length > 0 && contexts.every(({ code }) => code === 'iri_member')) {
    const message = {
      en: 'It names members by addresses that have plain names, which are not read here.',
      fil: 'Adres ang pangalan ng ilang bahagi nito sa halip na karaniwang pangalan; hindi binabasa rito ang gayon.',
    };
    return check('document', 'unknown', 'iri_member', message, { at: places(contexts) });
  }
  if (contexts.length > 0) {
    const message = {
      en: 'It uses a context this verifier does not know, so its terms cannot be read for certain.',
      fil: 'Gumagamit ito ng kontekstong hindi kilala ng tagapagpatunay na ito, kaya hindi tiyak ang basa sa mga termino nito.',
    };
    const code = contexts.every((one) => one.code === 'context_not_installed')
      ? 'context_not_installed'
      : 'unsupported_context';
    return check('document', 'unknown', code, message, { at: places(contexts) });
  }
  const types = Array.isArray(document.type) ? document.type : [document.type];
  if (!READ.some((type) => types.includes(type)) && types.includes('VerifiableCredential')) {
    const message = {
      en: 'It is a verifiable credential, but not an Open Badge; this kind is not read here.',
      fil: 'Isa itong verifiable credential, ngunit hindi Open Badge; hindi binabasa rito ang ganitong uri.',
    };
    return check('document', 'unknown', 'unsupported_type', message);
  }
  const dropped = proof.proofs.find((one) => NOT_DEFINED.has(one.code));
  if (dropped || NOT_DEFINED.has(proof.code)) {
    const message = {
      en: 'It contains something its contexts do not define, which no signature covers.',
      fil: 'May laman itong hindi binibigyang-kahulugan ng mga konteksto nito, na hindi saklaw ng anumang lagda.',
    };
    return check('document', 'fail', 'undefined_term', message);
  }
  const errors = rules.schemaErrors(document);
  if (errors.length > 0) return malformed('schema', errors);
  const dates = dateErrors(document);
  if (dates.length > 0) return malformed('dates', dates);
  const ph = rules.phErrors(document);
  if (ph.length > 0) return malformed('ph_rules', ph);
  return warnings(document);
}

function malformed(code: string, errors: readonly { pointer: string; detail?: string }[]): Check {
  const message = {
    en: 'It does not follow Open Badges 3.0: something is missing, in the wrong place or of the wrong kind.',
    fil: 'Hindi ito sumusunod sa Open Badges 3.0: may kulang, nasa maling lugar, o maling uri.',
  };
  return check('document', 'fail', code, message, { at: places(errors) });
}

function dateErrors(document: JsonObject): FieldError[] {
  const from = parseDateTimeStamp(document.validFrom ?? document.issuanceDate);
  const until = parseDateTimeStamp(document.validUntil ?? document.expirationDate);
  return from && until && until < from ? [{ pointer: '/validUntil', detail: 'before validFrom' }] : [];
}

function warnings(document: JsonObject): Check {
  const { proof: _, ...unsigned } = document;
  const found = findTextProblems(unsigned);
  const message = {
    en: 'It is a conforming Open Badges 3.0 document.',
    fil: 'Maayos itong dokumento ng Open Badges 3.0.',
  };
  if (found.length === 0) return check('document', 'pass', 'conforming', message);
  const warning = {
    en: 'It conforms, but has text a reader may see wrongly (hidden or direction-changing characters) or members without meaning.',
    fil: 'Maayos ito, ngunit may tekstong maaaring iba ang makita ng mambabasa (nakatago o nagpapabaligtad na karakter) o mga bahaging walang kahulugan.',
  };
  return check('document', 'warning', found[0]!.code, warning, { at: places(found) });
}

/** Member names may be hostile text too: only plain pointers are shown. */
function places(found: readonly { pointer: string }[]): string[] {
  const plain = found.map(({ pointer }) => (/^[\w@:./~-]{0,200}$/.test(pointer) ? pointer || '/' : '(unprintable)'));
  return [...new Set(plain)].slice(0, 20);
}
