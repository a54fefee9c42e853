import type { AttestationReport } from '#attestations';
import type { Report } from '#verifier';
import { holds } from '../attestation/words.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';

const VERDICTS = { valid: EXIT.done, invalid: EXIT.fails, undetermined: EXIT.unknown } as const;
const RECOGNITIONS = { recognised: EXIT.done, not_recognised: EXIT.fails, not_shown: EXIT.unknown } as const;

/**
 * A report as an exit code. What a record holds counts as much as the record; what was not looked at is unknown.
 * @param recognised whether a register that is trusted must cover the award as well
 */
export function codeOf(report: Report | AttestationReport, recognised: boolean): ExitCode {
  if ('kind' in report) return codeOfAttestation(report, recognised);
  const { verdict, recognition, members = [], memberCount = 0 } = report;
  return worst([
    of(VERDICTS, verdict),
    ...(recognised ? [of(RECOGNITIONS, recognition)] : []),
    ...members.map((one) => codeOf(one, recognised)),
    ...(memberCount > members.length ? [EXIT.unknown] : []),
  ]);
}

/** A service may say what this program has no word for, and that is no pass. */
const of = (codes: Readonly<Record<string, ExitCode>>, said: string): ExitCode =>
  Object.hasOwn(codes, said) ? codes[said]! : EXIT.unknown;

/** No register was asked about what stands on paper. */
function codeOfAttestation(report: AttestationReport, recognised: boolean): ExitCode {
  if (report.signature === 'undetermined') return EXIT.unknown;
  return worst([holds(report) ? EXIT.done : EXIT.fails, recognised ? EXIT.unknown : EXIT.done]);
}

const worst = (codes: readonly ExitCode[]): ExitCode =>
  [EXIT.fails, EXIT.unknown].find((code) => codes.includes(code)) ?? EXIT.done;
