export { type AttestationDeps, type Attestations, createAttestations } from './make.ts';
export type { AttestationReport } from './model.ts';
export { type AttestationReader, createAttestationReader } from './read.ts';
export { isAttestation } from './text.ts';
