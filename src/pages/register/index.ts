export { type AccreditationPage, renderAccreditation } from './accreditation.ts';
export { type RegisterPage, renderRegister } from './authority.ts';
export { type InstitutionAccreditationsPage, renderInstitutionAccreditations } from './institution.ts';
export { type RegistryPage, renderRegistry } from './registry.ts';
export type * from './views.ts';
