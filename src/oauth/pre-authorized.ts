import type { errors as Errors, KoaContextWithOIDC, default as Provider } from 'oidc-provider';
import { isToken, type JsonObject, type Random, randomToken, sha256Hex } from '#kernel';
import type { Offers } from '#offers';
import { detailsOf, type GrantedDetail, grantDetails } from './authorization-details.ts';
import { LIFE, PRE_AUTHORIZED } from './names.ts';
import { credentialIssuerOf } from './ports.ts';
import type { Records } from './records.ts';
import { accountIdOf, type OfferSubject, subjectOf } from './subject.ts';

export interface PreAuthorizedDeps {
  records: Records;
  random: Random;
  publicUrl: string;
  offers: Pick<Offers, 'tryTxCode'>;
}

const MODEL = 'PreAuthorizedCode';

/** @returns the code, which is stored nowhere */
export async function createCode(
  { records, random, publicUrl }: PreAuthorizedDeps,
  of: OfferSubject & { needsTxCode: boolean },
): Promise<string> {
  const code = randomToken(random);
  const resource = credentialIssuerOf(publicUrl, of.tenant);
  const payload = { accountId: accountIdOf(of), needsTxCode: of.needsTxCode, resource };
  await records.put(MODEL, code, payload, LIFE.preAuthorizedCode);
  return code;
}

async function find(records: Records, code: unknown): Promise<JsonObject | undefined> {
  return typeof code === 'string' && isToken(code) ? records.find(MODEL, code) : undefined;
}

/**
 * The grant of OpenID4VCI 1.0 section 6.1. In place of the library's own: that one knows a code's `tx_code`, gives it one
 * try, and binds the code to a client.
 *
 * 1. the code is in force; 2. resource and details are those of its credential issuer; 3. `tx_code` is there if and only
 * if it is wanted; 4. it is right: wrong ones are counted with the offer, and leave the code; 5. the code is used up by
 * exactly one request; 6. a token, which ends when the code is shown again.
 */
export function preAuthorizedGrant(provider: Provider, errors: typeof Errors, deps: PreAuthorizedDeps) {
  const { records, offers } = deps;
  return async (ctx: KoaContextWithOIDC): Promise<void> => {
    const params = ctx.oidc.params as Record<string, unknown>;
    const { 'pre-authorized_code': code, tx_code: txCode, resource } = params;
    if (typeof code !== 'string')
      throw new errors.InvalidRequest("missing required parameter(s) 'pre-authorized_code'");
    const payload = await find(records, code);
    const subject = subjectOf(payload?.accountId);
    if (!payload || !subject) throw new errors.InvalidGrant('there is no such pre-authorized code, or it is over');
    if (payload.consumed !== undefined) {
      // Two have the code, and nobody knows which of them may (RFC 6749, 4.1.2): the token of the first goes.
      await records.revokeGrant(grantOf(code));
      throw new errors.InvalidGrant('the pre-authorized code was used already');
    }
    const issuer = payload.resource as string;
    if (resource !== undefined && resource !== issuer) throw new errors.InvalidTarget();
    const details = grantDetails(detailsOf(params.authorization_details), subject.offerId);

    if (payload.needsTxCode !== true && txCode !== undefined) {
      throw new errors.InvalidRequest('tx_code is not expected for this pre-authorized code');
    }
    if (payload.needsTxCode === true) {
      if (typeof txCode !== 'string' || txCode === '') throw new errors.InvalidRequest('tx_code is required');
      const outcome = await offers.tryTxCode(subject.offerId, txCode);
      if (outcome !== 'right') {
        throw new errors.InvalidGrant(outcome === 'wrong' ? 'the tx_code is wrong' : 'too many wrong codes were tried');
      }
    }

    if (!(await records.consume(MODEL, code))) {
      throw new errors.InvalidGrant('the pre-authorized code was used already');
    }
    ctx.body = await issueToken(provider, ctx, { subject, issuer, details, grantId: grantOf(code) });
  };
}

/** As good a secret as the code, and found again by whoever shows it. */
const grantOf = (code: string): string => sha256Hex(`grant of ${code}`);

async function issueToken(
  provider: Provider,
  ctx: KoaContextWithOIDC,
  of: { subject: OfferSubject; issuer: string; details: GrantedDetail[]; grantId: string },
): Promise<object> {
  const { subject, issuer, details, grantId } = of;
  const client = ctx.oidc.client!;
  const accountId = accountIdOf(subject);
  const life = { jti: grantId, expiresIn: LIFE.accessToken };
  await new provider.Grant({ accountId, clientId: client.clientId, ...life } as never).save();
  const token = new provider.AccessToken({
    ...{ accountId, client, grantId, gty: PRE_AUTHORIZED.gty, expiresWithSession: false },
    ...{ sessionUid: undefined, sid: undefined },
  } as unknown as ConstructorParameters<typeof provider.AccessToken>[0]);
  token.aud = issuer;
  Object.assign(token, { format: 'opaque', ...(details.length === 0 ? {} : { rar: details }) });
  const value = await token.save();
  return {
    access_token: value,
    token_type: 'Bearer',
    expires_in: token.expiration,
    ...(details.length === 0 ? {} : { authorization_details: details }),
  };
}
