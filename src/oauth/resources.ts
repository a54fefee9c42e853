import type { Offers } from '#offers';
import { PRE_AUTHORIZED } from './names.ts';
import { credentialIssuerOf } from './ports.ts';
import type { Records } from './records.ts';

export type Params = Record<string, unknown>;

export interface ResourceDeps {
  records: Records;
  publicUrl: string;
  offers: Pick<Offers, 'bySecret'>;
}

/** What a token request shows, the kind it is kept as, by grant. */
const SHOWN: Readonly<Record<string, [param: string, model: string]>> = {
  [PRE_AUTHORIZED.grantType]: ['pre-authorized_code', 'PreAuthorizedCode'],
  authorization_code: ['code', 'AuthorizationCode'],
  refresh_token: ['refresh_token', 'RefreshToken'],
};

/** The credential issuer that a wallet means when it names none: that of its code or token, or of the offer it starts from. */
export async function resourceOfRequest(params: Params, deps: ResourceDeps): Promise<string | undefined> {
  const { grant_type: grant, issuer_state: state } = params;
  if (typeof grant === 'string') {
    const [param, model] = (Object.hasOwn(SHOWN, grant) && SHOWN[grant]) || [];
    const id = param && params[param];
    const kept = typeof id === 'string' && model ? await deps.records.find(model, id) : undefined;
    return typeof kept?.resource === 'string' ? kept.resource : undefined;
  }
  const offer = typeof state === 'string' ? await deps.offers.bySecret(state) : undefined;
  return offer && credentialIssuerOf(deps.publicUrl, offer.tenant);
}
