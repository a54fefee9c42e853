export { type HiddenCredential, renderHiddenCredential } from './hidden.ts';
export { type CredentialPage, renderCredential } from './page.ts';
