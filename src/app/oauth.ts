import type { Logger } from 'pino';
import { createOAuth, type OAuth, type OAuthDeps } from '#oauth';
import type { Counters } from '#observability';

/** The authorisation server, of which the log and the counters are told what it answered: no id, no code, no token. */
export function openOAuth(deps: Omit<OAuthDeps, 'onOutcome'>, logger: Logger, counters: Counters): OAuth {
  return createOAuth({
    ...deps,
    onOutcome({ fault, ...outcome }) {
      const { route, grant = 'none', error = 'ok' } = outcome;
      counters.count('tatak_oauth_requests_total', route, grant, error);
      if (fault === undefined) logger.info(outcome, 'oauth');
      else logger.error({ ...outcome, err: fault }, 'oauth');
    },
  });
}
