export { didOf, isSlug, RESERVED_SLUGS, tenantOfDid } from './did.ts';
export { createInstitutions, type Institutions, type InstitutionsDeps, type SigningKeyView } from './institutions.ts';
export * from './ports.ts';
export { profileDocumentOf } from './profile-document.ts';
export { AUTHORITY_BASES, IDENTIFIER_TYPE, INSTITUTION_TYPES } from './profile-schema.ts';
export {
  createSigningAuthority,
  type SigningAuthority,
  type SigningAuthorityDeps,
  type SigningParty,
} from './signing-authority.ts';
