import type { Overrides } from '#app';
import { randomId, systemRandom } from '#kernel';
import { openService, type TestService } from '../../support/service.ts';

export const PRE_AUTHORIZED = 'urn:ietf:params:oauth:grant-type:pre-authorized_code';
export const SLUG = 'specimen-college';

export interface OAuthAnswer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: as the server says
  body: any;
  headers: Record<string, unknown>;
}

/** A form sent to the authorisation server. */
export async function form(
  { server }: Pick<TestService, 'server'>,
  url: string,
  fields: Record<string, string> | [string, string][],
  headers: Record<string, string> = {},
): Promise<OAuthAnswer> {
  const answer = await server.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
    payload: new URLSearchParams(fields).toString(),
  });
  const json = String(answer.headers['content-type']).includes('json');
  return { status: answer.statusCode, body: json ? answer.json() : answer.body, headers: answer.headers };
}

export const redeem = (service: Pick<TestService, 'server'>, code: string, more: Record<string, string> = {}) =>
  form(service, '/oauth/token', { grant_type: PRE_AUTHORIZED, 'pre-authorized_code': code, ...more });

export const anOffer = () => randomId(systemRandom);
export const bearer = (token: string) => `Bearer ${token}`;

export async function openWorld(overrides: Overrides = {}): Promise<TestService & { issuer: string }> {
  const service = await openService(overrides);
  await service.institution(SLUG);
  return Object.assign(service, { issuer: `${service.publicUrl}/institutions/${SLUG}` });
}
