/** OpenID4VCI 1.0, 3.5. `gty` is what the library writes into tokens of this grant. */
export const PRE_AUTHORIZED = {
  grantType: 'urn:ietf:params:oauth:grant-type:pre-authorized_code',
  gty: 'pre_authorized_code',
} as const;

/** The client of requests that name none: wallets need not be known (OpenID4VCI 1.0, 6.1). */
export const ANONYMOUS = 'anonymous';

/** Asks a credential issuer for the badge of an offer: what a wallet sends where it sends no `authorization_details`. */
export const WALLET_SCOPE = 'badge';

/** Cookies of the library. Its session is never used: it would carry what was shown for one offer over to another. */
export const SESSION_COOKIE = '_session';

/** Paths, as in openapi.yaml. */
export const PATHS = {
  authorization: '/oauth/authorize',
  pushed: '/oauth/par',
  token: '/oauth/token',
  revocation: '/oauth/revocation',
  registration: '/oauth/register',
  jwks: '/oauth/jwks',
  interaction: '/oauth/interaction',
} as const;

/** Seconds. Nothing is bound to a key of the wallet, so what is stolen is soon worth nothing. */
export const LIFE = {
  preAuthorizedCode: 600,
  authorizationCode: 60,
  accessToken: 600,
  systemToken: 600,
  /** Of a sign-in on the way to a wallet, with the pages it takes. */
  interaction: 900,
  session: 900,
  /** From the first token to the last renewed one: renewing prolongs nothing. */
  grant: 86_400,
} as const;
