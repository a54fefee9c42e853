// Decimal text as integers of 1/10,000 (A1).

export const ONE = 10_000n;
const known = new Map<string, bigint>();

export function amount(text: string): bigint {
  const seen = known.get(text);
  if (seen !== undefined) return seen;
  const parts = /^(\d{1,7})(?:\.(\d{1,4}))?$/.exec(text);
  if (!parts) throw new Error(`no amount: ${text}`);
  const value = BigInt(parts[1]!) * ONE + BigInt((parts[2] ?? '').padEnd(4, '0'));
  known.set(text, value);
  return value;
}

export function written(value: bigint): string {
  const rest = String(value % ONE)
    .padStart(4, '0')
    .replace(/0+$/, '');
  return rest === '' ? String(value / ONE) : `${value / ONE}.${rest}`;
}

export const sum = (values: readonly bigint[]): bigint => values.reduce((a, b) => a + b, 0n);

/** By code point, not by UTF-16 unit. */
export function byCodePoint(a: string, b: string): number {
  const [left, right] = [Array.from(a), Array.from(b)];
  for (let i = 0; i < left.length && i < right.length; i++) {
    const difference = left[i]!.codePointAt(0)! - right[i]!.codePointAt(0)!;
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}
