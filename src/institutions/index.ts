export { didOf, tenantOfDid } from './did.ts';
export { type ArchivedDocument, createArchive, openArchive } from './did-archive.ts';
export { DID_DOCUMENT_OPERATION, didDocumentObject } from './did-history.ts';
export { createInstitutions, type Institutions, type InstitutionsDeps } from './institutions.ts';
export type { SigningKeyView } from './key-changes.ts';
export * from './ports.ts';
export { profileDocumentOf } from './profile-document.ts';
export { IDENTIFIER_TYPE } from './profile-schema.ts';
export {
  createSigningAuthority,
  KEY_STOPPED,
  type KeyStop,
  type SigningAuthority,
  type SigningAuthorityDeps,
  type SigningParty,
} from './signing-authority.ts';
export { isWaiting } from './signing-keys.ts';
