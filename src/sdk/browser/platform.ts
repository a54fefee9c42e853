/** What is left of Node's modules: small, or never reached in a client. */

/** `node:path`, of addresses in the package itself. */
export const join = (...parts: string[]): string => parts.join('/');

/** `node:net`. A URL has read the text before, and puts IPv6 into brackets. */
export function isIP(text: string): 0 | 4 | 6 {
  if (text.includes(':')) return URL.canParse(`http://[${text}]/`) ? 6 : 0;
  const parts = text.split('.');
  const four = parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256);
  return four ? 4 : 0;
}

/** `node:util`, of JSON. */
export function isDeepStrictEqual(a: unknown, b: unknown): boolean {
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return Object.is(a, b);
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const [left, right] = [Object.entries(a), Object.entries(b)];
  return (
    left.length === right.length &&
    left.every(([key, value]) => Object.hasOwn(b, key) && isDeepStrictEqual(value, (b as Record<string, unknown>)[key]))
  );
}

const absent = (what: string) => (): never => {
  throw new Error(`there is no ${what} in a client`);
};

/** `node:events`, `node:v8` and `node:worker_threads`. */
export const setFlagsFromString = absent('flag of a process');
export const once = absent('event of a thread');
export class Worker {
  constructor() {
    absent('thread')();
  }
}
