import { type AttestationReport, createAttestationReader } from '#attestations';
import { untilAnswered } from '../later.ts';
import { told } from '../problem.ts';
import { type OfflineOptions, offlineVerifier } from './verifier.ts';

export type PrintedCodeOptions = Pick<OfflineOptions, 'registers' | 'documents' | 'onMissing' | 'now'>;

/** `keysAsOf`: of the snapshot that the issuer's key was read from; of what became of the key later it knows nothing. */
export type PrintedCodeReport = AttestationReport & { keysAsOf?: string };

/**
 * What a printed code (`TATAK1:`) states, and whether its issuer's key signed that. It is derived from a badge, and no verdict on it.
 * @throws TatakProblem `invalid-request` for a text that is none
 */
export function readPrintedCode(text: string, options: PrintedCodeOptions): Promise<PrintedCodeReport> {
  return told(() =>
    untilAnswered(async () => {
      const { identifiers, snapshots, clock } = offlineVerifier(options);
      const { resolveMethod } = identifiers;
      const report = await createAttestationReader({ clock, resolveMethod }).read(text);
      const from = snapshots.findLast(({ didDocuments }) => Object.hasOwn(didDocuments, report.issuerId));
      return from ? { ...report, keysAsOf: from.head.published } : report;
    }),
  );
}
