/** An identifier or a key that did not come out right, and why; `code` is stable. */
export interface Failure {
  outcome: 'unknown' | 'refused';
  code: string;
  detail: string;
}

/** Could not be found out. */
export function unknown(code: string, detail: string): Failure {
  return { outcome: 'unknown', code, detail };
}

/** Found out, and wrong. */
export function refused(code: string, detail: string): Failure {
  return { outcome: 'refused', code, detail };
}
