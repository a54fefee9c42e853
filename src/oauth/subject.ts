import { ID_PATTERN, SLUG_PATTERN } from '#kernel';
import { credentialIssuerOf } from './ports.ts';

/** An award waiting to be taken: the "account" of a wallet's tokens. Who holds it is what the proof of its key says. */
export interface OfferSubject {
  tenant: string;
  offerId: string;
}

export const accountIdOf = ({ tenant, offerId }: OfferSubject): string => `${tenant}/${offerId}`;

/** undefined for a text that is none */
export function subjectOf(accountId: unknown): OfferSubject | undefined {
  if (typeof accountId !== 'string') return undefined;
  const [tenant = '', offerId = '', ...more] = accountId.split('/');
  return SLUG_PATTERN.test(tenant) && ID_PATTERN.test(offerId) && more.length === 0 ? { tenant, offerId } : undefined;
}

/** The slug of a credential issuer of this service; undefined for any other address. */
export function tenantOfIssuer(publicUrl: string, resource: string): string | undefined {
  const tenant = resource.slice(credentialIssuerOf(publicUrl, '').length);
  return SLUG_PATTERN.test(tenant) && resource === credentialIssuerOf(publicUrl, tenant) ? tenant : undefined;
}

/** What tokens of systems of institutions are for. */
export const managementApiOf = (publicUrl: string): string => `${publicUrl}/v1`;

/** What tokens of platforms are for. */
export const openBadgesApiOf = (publicUrl: string): string => `${publicUrl}/ims/ob/v3p0`;
