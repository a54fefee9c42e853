const AMOUNT = /^\d{1,7}(?:\.\d{1,4})?$/;

/** Credit amounts are whole numbers of 1/10,000, never floats: sums and comparisons are exact. */
export type Amount = number;

export function isAmount(text: unknown): text is string {
  return typeof text === 'string' && AMOUNT.test(text);
}

const DIGITS_KEPT = 512;
const digits = new Map<number, string>();

/**
 * The first 16 digits of a number, with an exponent: what of a double is signed (JSON-LD API 8.6). The few numbers that
 * occur in credentials are remembered, since finding them takes longer than anything else that is done with a number.
 */
export function sixteenDigits(value: number): string {
  let text = digits.get(value);
  if (text === undefined) {
    text = value.toExponential(15);
    if (digits.size >= DIGITS_KEPT) digits.clear();
    digits.set(value, text);
  }
  return text;
}

/** `"3"` -> 30000, `"0.25"` -> 2500. @throws RangeError when the text is not an amount */
export function parseAmount(text: string): Amount {
  if (!isAmount(text)) throw new RangeError(`not an amount: ${text}`);
  const [whole, fraction = ''] = text.split('.');
  return Number(whole) * 10_000 + Number(fraction.padEnd(4, '0'));
}

/** The shortest text of an amount: 30000 -> `"3"`, 2500 -> `"0.25"`. */
export function formatAmount(amount: Amount): string {
  const whole = Math.floor(amount / 10_000);
  const fraction = String(amount % 10_000)
    .padStart(4, '0')
    .replace(/0+$/, '');
  return fraction ? `${whole}.${fraction}` : String(whole);
}
