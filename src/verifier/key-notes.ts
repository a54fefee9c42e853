import type { MethodResolution } from '#identifiers';
import type { KeyNote, ProofReport } from '#proofs';

/** Remembers how each key of a verification was come by, so that its report can say it. */
export interface KeyNotes {
  /** Keys by the name a proof or a token gives them. */
  note<T extends MethodResolution>(name: string | undefined, resolution: T): T;
  /** The same report; each proof has what is known of its key. */
  said(report: ProofReport): ProofReport;
}

export function createKeyNotes(): KeyNotes {
  const notes = new Map<string, KeyNote>();
  return {
    note(name, resolution) {
      if (resolution.outcome !== 'ok') return resolution;
      const { fetchedAt, archivedAt, method } = resolution;
      const { revoked, expires, provenance } = method;
      const members = Object.entries({ fetchedAt, archivedAt, revoked, expires, provenance });
      const note = Object.fromEntries(members.filter(([, value]) => value !== undefined)) as KeyNote;
      for (const known of [name, method.id]) if (known !== undefined) notes.set(known, note);
      return resolution;
    },
    said: (report) => ({
      ...report,
      proofs: report.proofs.map((proof) => {
        const key = proof.verificationMethod === undefined ? undefined : notes.get(proof.verificationMethod);
        return key ? { ...proof, key } : proof;
      }),
    }),
  };
}
