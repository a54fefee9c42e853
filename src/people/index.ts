export type { Accounts, AccountView, GrantedRole, Officer } from './accounts.ts';
export type { OpenIdProviders } from './openid.ts';
export { createOpenIdClient, OPENID_CALLBACK } from './openid-client.ts';
export type { Passkeys } from './passkeys.ts';
export { createPeople, type People } from './people.ts';
export { PEOPLE_LIMITS, REFUSALS, type Refusal } from './policy.ts';
export * from './ports.ts';
export type { OfferedRole, OfficerView, OpenedSession, Sessions } from './sessions.ts';
export type { SignIn } from './sign-in.ts';
