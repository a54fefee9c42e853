export { type AccountProblem, renderAccount } from './account.ts';
export { renderSignIn, renderSignInAsked, renderSignInLink, type SignInPage } from './sign-in.ts';
