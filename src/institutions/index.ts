export { didOf, tenantOfDid } from './did.ts';
export { createInstitutions, type Institutions, type InstitutionsDeps, type SigningKeyView } from './institutions.ts';
export * from './ports.ts';
export { profileDocumentOf } from './profile-document.ts';
export { IDENTIFIER_TYPE } from './profile-schema.ts';
export {
  createSigningAuthority,
  type SigningAuthority,
  type SigningAuthorityDeps,
  type SigningParty,
} from './signing-authority.ts';
