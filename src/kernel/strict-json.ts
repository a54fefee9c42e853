import { fieldProblem, Problem } from './errors.ts';
import { LIMITS } from './limits.ts';

export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

interface Budget {
  depth: number;
  keys: number;
  bytes: number;
}

const DEFAULT: Budget = { depth: LIMITS.jsonDepth, keys: LIMITS.jsonKeys, bytes: LIMITS.jsonBytes };

/**
 * RFC 8259 without its ambiguities: duplicate keys, lone surrogates, numbers beyond the safe range or without an exact
 * reading, excess depth, and `__proto__` as key *or value* are errors. The value is refused because one place in the
 * JSON-LD library writes it to the global object prototype before its own checks run.
 * @param text the document; anything but white space after the value is an error
 * @returns the value; objects have the ordinary prototype and insertion order of the text
 * @throws Problem `malformed-json` with the JSON Pointer of the offending member
 */
export function parseStrictJson(text: string, budget: Partial<Budget> = {}): Json {
  const limits = { ...DEFAULT, ...budget };
  if (Buffer.byteLength(text, 'utf8') > limits.bytes) {
    throw new Problem('payload-too-large', `JSON text is larger than ${limits.bytes} bytes`);
  }
  return readAsWritten(text, limits) ?? new Parser(text, limits).document();
}

/**
 * Text that the platform itself has written, or writes alike, is read by the platform, in a third of the time: a member that
 * occurs twice, a number that has no exact reading come back as another text. What would come back as the same text is
 * looked for: `__proto__`, escaped surrogates, and numbers beyond the safe range.
 * @returns undefined for any other text, also for one that is wrong: the parser says where
 */
function readAsWritten(text: string, { depth, keys }: Budget): Json | undefined {
  // A member takes four characters at least, an element of an array two.
  if (text.length > 2 * keys || text.includes('__proto__')) return undefined;
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
  if (value === null) return undefined;
  // No text of a value is shorter than what is counted for it: in one of that very length there is nothing else.
  if (text.isWellFormed() && lengthOf(value, depth) === text.length) return value;
  if (text.includes('\\ud')) return undefined;
  return JSON.stringify(value) === text && isWithin(value, depth) ? value : undefined;
}

/** Between them no number has a shorter text than the platform writes, as `1e3` and `1e-3` are. */
const IN_DIGITS = { least: 0.1, below: 1_000 } as const;

/** Characters of the shortest text of a value; not a number where that is not certain, or where it nests too deep. */
function lengthOf(value: Json, depth: number): number {
  if (typeof value === 'string') return value.length + 2;
  if (typeof value === 'number') {
    const isInDigits = (value >= IN_DIGITS.least && value < IN_DIGITS.below) || value === 0;
    return isInDigits ? String(value).length : Number.NaN;
  }
  if (typeof value !== 'object' || value === null) return value === false ? 5 : 4;
  if (depth === 0) return Number.NaN;
  // Brackets, and a comma behind each but the last.
  let length = 1;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) length += lengthOf(value[index]!, depth - 1) + 1;
  } else for (const name in value) length += name.length + 3 + lengthOf(value[name]!, depth - 1) + 1;
  return length === 1 ? 2 : length;
}

function isWithin(value: Json, depth: number): boolean {
  if (typeof value === 'number') return Math.abs(value) <= Number.MAX_SAFE_INTEGER;
  if (typeof value !== 'object' || value === null) return true;
  if (depth === 0) return false;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) if (!isWithin(value[index]!, depth - 1)) return false;
  } else for (const name in value) if (!isWithin(value[name]!, depth - 1)) return false;
  return true;
}

/**
 * Whether `parseStrictJson` is certain to read the text of a value as that value, without writing it: false for much that it
 * would read, and for what JSON does not hold.
 * @param value plain data, made here or read from JSON: what writes itself in a way of its own is not looked for
 */
export function isSurelyStrict(value: Json): boolean {
  return longest(value, DEFAULT.depth) <= Math.min(DEFAULT.bytes, LEAST * DEFAULT.keys);
}

/** Bytes that every member and every element counts for at least, so that the bytes bound their number as well. */
const LEAST = 4;
/** Bytes of an escaped UTF-16 unit. */
const ESCAPED = 6;
const LONGEST_NUMBER = 25;

/** The bytes of the text at most; infinite for what would be refused whatever its length. */
function longest(value: Json, depth: number): number {
  if (typeof value === 'string') return longestText(value);
  if (typeof value === 'number') {
    const isRead = Math.abs(value) <= Number.MAX_SAFE_INTEGER && !Object.is(value, -0);
    return isRead ? LONGEST_NUMBER : Number.POSITIVE_INFINITY;
  }
  if (typeof value === 'boolean' || value === null) return 'false'.length;
  if (typeof value !== 'object' || depth === 0) return Number.POSITIVE_INFINITY;
  let bytes = LEAST;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) bytes += LEAST + longest(value[index]!, depth - 1);
  } else if (Object.getPrototypeOf(value) !== Object.prototype) return Number.POSITIVE_INFINITY;
  else for (const name in value) bytes += LEAST + longestText(name) + longest(value[name]!, depth - 1);
  return bytes;
}

function longestText(text: string): number {
  return text !== '__proto__' && text.isWellFormed() ? LEAST + ESCAPED * text.length : Number.POSITIVE_INFINITY;
}

const UTF_8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The same, from bytes: UTF-8 must be well-formed and without a byte order mark. */
export function parseStrictJsonBytes(bytes: Uint8Array, budget: Partial<Budget> = {}): Json {
  if (bytes.byteLength > (budget.bytes ?? DEFAULT.bytes)) {
    throw new Problem('payload-too-large', `JSON text is larger than ${budget.bytes ?? DEFAULT.bytes} bytes`);
  }
  let text: string;
  try {
    text = UTF_8.decode(bytes);
  } catch (cause) {
    throw new Problem('malformed-json', 'the text is not well-formed UTF-8', { cause });
  }
  return parseStrictJson(text, budget);
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** RFC 6901 escaping of one reference token. */
export function pointerToken(key: string | number): string {
  const text = String(key);
  // Asked of every member of every document: hardly any has one.
  return TO_ESCAPE.test(text) ? text.replaceAll('~', '~0').replaceAll('/', '~1') : text;
}

const TO_ESCAPE = /[~/]/;

/** The reference tokens of an RFC 6901 pointer that is not empty, unescaped. */
export function pointerTokens(pointer: string): string[] {
  return pointer
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
}

const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const PLAIN = /[^"\\\u0000-\u001f]*/y;
const ESCAPES: Record<string, string> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

class Parser {
  readonly #text: string;
  readonly #limits: Budget;
  readonly #path: (string | number)[] = [];
  #at = 0;
  #keys = 0;

  constructor(text: string, limits: Budget) {
    this.#text = text;
    this.#limits = limits;
  }

  document(): Json {
    const value = this.#value();
    this.#space();
    if (this.#at < this.#text.length) this.#fail('there is text after the JSON value');
    return value;
  }

  #value(): Json {
    this.#space();
    const char = this.#text[this.#at];
    if (char === '{') return this.#object();
    if (char === '[') return this.#array();
    if (char === '"') {
      const text = this.#string();
      if (text === '__proto__') this.#fail('the string "__proto__" is not allowed');
      return text;
    }
    for (const [word, value] of [
      ['true', true],
      ['false', false],
      ['null', null],
    ] as const) {
      if (this.#text.startsWith(word, this.#at)) {
        this.#at += word.length;
        return value;
      }
    }
    return this.#number();
  }

  #object(): JsonObject {
    const out: JsonObject = {};
    this.#open();
    for (let first = true; !this.#closes('}', first); first = false) {
      this.#space();
      if (this.#text[this.#at] !== '"') this.#fail('a member name must be a string');
      const key = this.#string();
      this.#path.push(key);
      if (key === '__proto__') this.#fail('the member name "__proto__" is not allowed');
      if (Object.hasOwn(out, key)) this.#fail('the member name occurs twice');
      if (++this.#keys > this.#limits.keys) this.#fail(`more than ${this.#limits.keys} members`);
      this.#space();
      if (this.#text[this.#at] !== ':') this.#fail('":" expected');
      this.#at++;
      out[key] = this.#value();
      this.#path.pop();
    }
    return out;
  }

  #array(): Json[] {
    const out: Json[] = [];
    this.#open();
    while (!this.#closes(']', out.length === 0)) {
      this.#path.push(out.length);
      if (++this.#keys > this.#limits.keys) this.#fail(`more than ${this.#limits.keys} members`);
      out.push(this.#value());
      this.#path.pop();
    }
    return out;
  }

  #open(): void {
    this.#at++;
    if (this.#path.length >= this.#limits.depth) this.#fail(`nested deeper than ${this.#limits.depth} levels`);
  }

  /** At the closing bracket: true. Between members: eats the comma. */
  #closes(bracket: string, first: boolean): boolean {
    this.#space();
    if (this.#text[this.#at] === bracket) {
      this.#at++;
      return true;
    }
    if (!first) {
      if (this.#text[this.#at] !== ',') this.#fail(`"," or "${bracket}" expected`);
      this.#at++;
      this.#space();
      if (this.#text[this.#at] === bracket) this.#fail('a comma before the closing bracket');
    }
    return false;
  }

  #string(): string {
    let out = '';
    this.#at++;
    for (;;) {
      PLAIN.lastIndex = this.#at;
      const run = PLAIN.exec(this.#text)![0];
      out += run;
      this.#at += run.length;
      const char = this.#text[this.#at];
      if (char === '"') break;
      if (char !== '\\') this.#fail(char === undefined ? 'the string does not end' : 'a control character in a string');
      out += this.#escape();
    }
    this.#at++;
    if (!out.isWellFormed()) this.#fail('a lone surrogate in a string');
    return out;
  }

  #escape(): string {
    const char = this.#text[this.#at + 1] ?? '';
    if (char === 'u') {
      const hex = this.#text.slice(this.#at + 2, this.#at + 6);
      if (!/^[0-9a-fA-F]{4}$/.test(hex)) this.#fail('a malformed \\u escape');
      this.#at += 6;
      return String.fromCharCode(Number.parseInt(hex, 16));
    }
    const plain = ESCAPES[char];
    if (plain === undefined) this.#fail('an unknown escape');
    this.#at += 2;
    return plain;
  }

  #number(): number {
    NUMBER.lastIndex = this.#at;
    const text = NUMBER.exec(this.#text)?.[0];
    if (!text) this.#fail(this.#at >= this.#text.length ? 'the text ends too early' : 'not a JSON value');
    const value = Number(text);
    if (!Number.isFinite(value) || Math.abs(value) > Number.MAX_SAFE_INTEGER) {
      this.#fail('a number outside -(2^53-1)..2^53-1');
    }
    if (Object.is(value, -0)) this.#fail('negative zero');
    this.#at += text.length;
    return value;
  }

  #space(): void {
    for (;;) {
      const code = this.#text.charCodeAt(this.#at);
      if (code !== 0x20 && code !== 0x0a && code !== 0x0d && code !== 0x09) return;
      this.#at++;
    }
  }

  #fail(detail: string): never {
    const pointer = this.#path.map((token) => `/${pointerToken(token)}`).join('');
    throw fieldProblem('malformed-json', pointer, `${detail} (at character ${this.#at + 1})`);
  }
}
