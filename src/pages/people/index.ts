export { renderAccount } from './account.ts';
export { renderSignIn, renderSignInAsked, renderSignInLink, type SignInPage } from './sign-in.ts';
