/**
 * Characters nobody signs: controls, overrides and isolates of text direction (they make a name read as another),
 * invisible characters without a use in Philippine languages, and lone surrogates. Zero-width joiners stay: scripts need them.
 */
const FORBIDDEN = /[\p{Cc}\p{Cs}\u200B\u2028-\u202E\u2060\u2066-\u2069\uFEFF]/u;
const ALLOWED_IN_MULTILINE = /[\n\t]/g;

/**
 * What is wrong with a text that is to be signed: canonicalisation does not normalise, so "José" in NFC and NFD would be
 * two names, and a right-to-left override signs without complaint.
 * @param max in characters (Unicode code points)
 * @param multiline whether line feeds and tabs are allowed
 * @returns the reason, or undefined when the text is acceptable
 */
export function textFault(text: string, max: number, multiline = false): string | undefined {
  if (text.trim() === '') return 'must not be empty';
  if (text.length > max && [...text].length > max) return `must not have more than ${max} characters`;
  if (FORBIDDEN.test(multiline ? text.replace(ALLOWED_IN_MULTILINE, '') : text)) {
    return 'must not have control, direction-changing or invisible characters';
  }
  if (text !== text.normalize('NFC')) return 'must be in Unicode normalisation form C';
  return undefined;
}

/**
 * A stranger's value as a word in a sentence. `String()` cannot be used: an object with a member `toString` of its own has
 * no text, and asking for it throws.
 * @param max in UTF-16 units
 */
export function shown(value: unknown, max = 200): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.slice(0, max);
}

const WEB_ADDRESS = /^https?:\/\/[!#$%&'()*+,\-./0-9:;=?@A-Z[\]_a-z~]+$/;
const URN = /^(?:urn:[a-z0-9][a-z0-9-]{0,31}|did:[a-z0-9]+):[!$%&'()*+,\-./0-9:;=?@A-Z_a-z~#]+$/;
const DID = /^did:[a-z0-9]+:[A-Za-z0-9._:%-]*[A-Za-z0-9._%-]$/;
const MAX_ADDRESS_CHARS = 2_048;

/** An absolute http or https address of ASCII characters that are allowed unescaped in an IRI; no user name in it. */
export function isWebAddress(text: string): boolean {
  if (text.length > MAX_ADDRESS_CHARS || !WEB_ADDRESS.test(text)) return false;
  const url = URL.parse(text);
  return url !== null && url.hostname !== '' && url.username === '' && url.password === '';
}

/** Something that names a thing in a signed document: a web address, `urn:` or DID; never relative, never a blank node. */
export function isIdentifier(text: string): boolean {
  return text.length <= MAX_ADDRESS_CHARS && (isWebAddress(text) || URN.test(text));
}

/** A DID (not a DID URL), DID Core 3.1. */
export function isDid(text: unknown): text is string {
  return typeof text === 'string' && text.length <= 512 && DID.test(text);
}
