const AMOUNT = /^\d{1,7}(?:\.\d{1,4})?$/;

/** Credit amounts are whole numbers of 1/10,000, never floats: sums and comparisons are exact. */
export type Amount = number;

export function isAmount(text: unknown): text is string {
  return typeof text === 'string' && AMOUNT.test(text);
}

const DOUBLES = 512;
const doubles = new Map<number, { text: string; isExact: boolean }>();

/** A number as a double of XML Schema with 16 digits, which is all of it that is signed (JSON-LD API 8.6): 1.5 -> `1.5E0`. */
export const doubleText = (value: number): string => doubleOf(value).text;

/** Whether that text says exactly this number. */
export const isExactDouble = (value: number): boolean => doubleOf(value).isExact;

/** The few that occur in credentials are remembered: to find the digits takes longer than anything else that is done with them. */
function doubleOf(value: number): { text: string; isExact: boolean } {
  let found = doubles.get(value);
  if (found === undefined) {
    const text = value.toExponential(15).replace(/(\d)0*e\+?/, '$1E');
    found = { text, isExact: Number(text) === value };
    if (doubles.size >= DOUBLES) doubles.clear();
    doubles.set(value, found);
  }
  return found;
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
