import type { DocumentResolution, MethodResolution } from './ports.ts';

type Failure = Exclude<DocumentResolution, { outcome: 'ok' }> & Exclude<MethodResolution, { outcome: 'ok' }>;

/** Could not be found out. */
export function unknown(code: string, detail: string): Failure {
  return { outcome: 'unknown', code, detail };
}

/** Found out, and wrong. */
export function refused(code: string, detail: string): Failure {
  return { outcome: 'refused', code, detail };
}
