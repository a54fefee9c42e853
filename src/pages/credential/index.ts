export { type CredentialPage, renderCredential } from './page.ts';
