/** OpenID4VCI 1.0, 3.5. `gty` is what the library writes into tokens of this grant. */
export const PRE_AUTHORIZED = {
  grantType: 'urn:ietf:params:oauth:grant-type:pre-authorized_code',
  gty: 'pre_authorized_code',
} as const;

/** The client of requests that name none: wallets need not be known (OpenID4VCI 1.0, 6.1). */
export const ANONYMOUS = 'anonymous';

/** Asks a credential issuer for the badge of an offer: what a wallet sends where it sends no `authorization_details`. */
export const WALLET_SCOPE = 'badge';

/** Scopes of the Open Badges API (OB 3.0, 6.2.1) by the last part of their names. */
const OB_SCOPE = 'https://purl.imsglobal.org/spec/ob/v3p0/scope/';
export const OB_SCOPES = {
  readCredentials: `${OB_SCOPE}credential.readonly`,
  upsertCredentials: `${OB_SCOPE}credential.upsert`,
  readProfile: `${OB_SCOPE}profile.readonly`,
  updateProfile: `${OB_SCOPE}profile.update`,
} as const;

export type ObScope = (typeof OB_SCOPES)[keyof typeof OB_SCOPES];

/** Named in examples of the standard: whether a refresh token is given is a matter of the registered grants. */
export const OFFLINE_ACCESS = 'offline_access';

/** Cookies of the library. Its session is never used: it would carry what was shown for one offer over to another. */
export const SESSION_COOKIE = '_session';

/** Paths, as in openapi.yaml. */
export const PATHS = {
  authorization: '/oauth/authorize',
  pushed: '/oauth/par',
  token: '/oauth/token',
  revocation: '/oauth/revocation',
  registration: '/oauth/register',
  platformRegistration: '/oauth/platforms/register',
  platformRevocation: '/oauth/platforms/revoke',
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
  /** OB 3.0, 7.1.2: code and token of a platform. */
  platformCode: 600,
  platformToken: 3_600,
  /** What a learner allowed a platform: 180 days, however often its tokens are renewed. */
  connection: 15_552_000,
  /** A platform that nobody has let in is forgotten after 30 days. */
  unusedPlatform: 2_592_000,
} as const;
