import type { KoaContextWithOIDC, default as Provider } from 'oidc-provider';
import { PRE_AUTHORIZED } from './names.ts';

/** For the log and for counting: no id, no code, no token. */
export interface OAuthOutcome {
  /** `token`, `authorization`, `resume`, `pushed_authorization_request`, `revocation` or `jwks`. */
  route: string;
  /** Of the token endpoint: one of ours, or `other`. */
  grant?: string;
  /** Absent when it went well. */
  error?: string;
  reason?: string;
  /** Only of faults of our own. */
  fault?: unknown;
}

/** Names of grants short enough for a label; nothing that a stranger sends becomes one. */
const GRANTS: Readonly<Record<string, string>> = {
  [PRE_AUTHORIZED.grantType]: 'pre-authorized_code',
  authorization_code: 'authorization_code',
  refresh_token: 'refresh_token',
  client_credentials: 'client_credentials',
};

const ERRORS = [
  'grant.error',
  'authorization.error',
  'revocation.error',
  'pushed_authorization_request.error',
] as const;
const SUCCESSES = ['grant.success', 'authorization.success', 'pushed_authorization_request.success'] as const;

export function tellOutcomes(provider: Provider, onOutcome: (outcome: OAuthOutcome) => void): void {
  const about = ({ oidc }: KoaContextWithOIDC): OAuthOutcome => {
    if (oidc.route !== 'token') return { route: oidc.route };
    const grant = String(oidc.params?.grant_type);
    return { route: oidc.route, grant: (Object.hasOwn(GRANTS, grant) && GRANTS[grant]) || 'other' };
  };
  const failed = (ctx: KoaContextWithOIDC, error: Error & { error?: string; error_description?: string }) =>
    onOutcome({ ...about(ctx), error: error.error ?? 'server_error', reason: error.error_description ?? '' });
  for (const event of ERRORS) provider.on(event as 'grant.error', failed as never);
  for (const event of SUCCESSES) {
    provider.on(event as 'grant.success', (ctx: KoaContextWithOIDC) => onOutcome(about(ctx)));
  }
  provider.on('server_error', (ctx, fault) => onOutcome({ ...about(ctx), error: 'server_error', fault }));
}
