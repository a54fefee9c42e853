import { isObject, type JsonObject, parseStrictJson } from '#kernel';
import { UsageError } from '../command.ts';
import { ask, ClaimRefused, refusal } from '../http.ts';

export const PRE_AUTHORIZED = 'urn:ietf:params:oauth:grant-type:pre-authorized_code';

/** A credential offer (OpenID4VCI 1.0, 4.1.1), as far as this wallet reads it. */
export interface ReadOffer {
  issuer: string;
  configurations: string[];
  /** Absent where the offer is taken by signing in. */
  preAuthorized?: { code: string; txCode?: { description?: string } };
}

const LINK = /openid-credential-offer:\/\/[^"'<>\s]*/;

/**
 * What was given: the link that a QR code holds, the address of an offer, or of a page with such a link.
 * @throws UsageError, ClaimRefused
 */
export async function readOffer(text: string): Promise<ReadOffer> {
  if (!text.startsWith('openid-credential-offer:')) {
    const answer = await ask(text, { headers: { accept: 'application/json, text/html;q=0.9' } });
    if (answer.status !== 200) throw new ClaimRefused(`the offer cannot be had: ${refusal(answer)}`);
    if (answer.json?.credential_issuer !== undefined) return asOffer(answer.json);
    const link = LINK.exec(answer.text)?.[0].replaceAll('&amp;', '&');
    if (!link) {
      throw new UsageError(
        'there is no offer for a wallet at this address: where mail confirms it, take it in a browser; else look whether the link is whole',
      );
    }
    return readOffer(link);
  }
  // The scheme is not one whose parameters the platform's parser promises to find.
  const query = new URLSearchParams(text.slice(text.indexOf('?') + 1));
  const [value, uri] = [query.get('credential_offer'), query.get('credential_offer_uri')];
  if ((value === null) === (uri === null)) throw new UsageError('the link must hold one offer, or the address of one');
  if (value !== null) return asOffer(parseStrictJson(value));
  const answer = await ask(uri!);
  if (answer.status !== 200 || !answer.json) throw new ClaimRefused(`the offer cannot be had: ${refusal(answer)}`);
  return asOffer(answer.json);
}

function asOffer(offer: unknown): ReadOffer {
  const { credential_issuer: issuer, credential_configuration_ids: ids, grants } = isObject(offer) ? offer : {};
  const names = Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
  if (typeof issuer !== 'string' || names.length === 0) throw new UsageError('this is not a credential offer');
  const grant = isObject(grants) ? grants[PRE_AUTHORIZED] : undefined;
  const code = isObject(grant) ? grant['pre-authorized_code'] : undefined;
  if (!isObject(grant) || typeof code !== 'string') return { issuer, configurations: names };
  return { issuer, configurations: names, preAuthorized: { code, ...txCodeOf(grant) } };
}

function txCodeOf({ tx_code: txCode }: JsonObject): { txCode?: { description?: string } } {
  if (!isObject(txCode)) return {};
  const { description } = txCode;
  return { txCode: typeof description === 'string' ? { description } : {} };
}
