export { createClockGuard } from './clock-guard.ts';
export * from './hash.ts';
export { checkpointText, openCheckpoint, type TreeHead } from './log/checkpoint.ts';
export { CompactRange, EMPTY_ROOT, leafHash } from './log/merkle.ts';
export { consistencyRanges, inclusionRanges, verifyConsistency, verifyInclusion } from './log/proofs.ts';
export { type NoteKey, openNote, parseVerifierKey, signNote, verifierKey } from './log/signed-note.ts';
export * from './ports.ts';
