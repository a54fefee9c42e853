import { createHash, randomBytes } from 'node:crypto';
import { type Browser, newBrowser, type Page } from '../../oauth/support/browser.ts';
import { form } from '../../oauth/support/world.ts';
import { mailTo, outbox } from '../../support/outbox.ts';
import type { TestService } from '../../support/service.ts';

const SCOPE = 'https://purl.imsglobal.org/spec/ob/v3p0/scope/';
export const SCOPES = {
  read: `${SCOPE}credential.readonly`,
  upsert: `${SCOPE}credential.upsert`,
  profile: `${SCOPE}profile.readonly`,
  updateProfile: `${SCOPE}profile.update`,
};
export const ALL_SCOPES = Object.values(SCOPES).join(' ');
export const REDIRECT = 'https://backpack.example/callback';

/** What a platform has to say of itself. */
export const METADATA = {
  ...{
    client_name: 'SPECIMEN Backpack',
    client_uri: 'https://backpack.example/',
    logo_uri: 'https://backpack.example/l',
  },
  ...{ tos_uri: 'https://backpack.example/terms', policy_uri: 'https://backpack.example/privacy' },
  ...{ software_id: 'c88b6ed8-269e-448e-99be-7e2ff47167d1', software_version: '1.0', redirect_uris: [REDIRECT] },
  ...{ token_endpoint_auth_method: 'client_secret_basic', grant_types: ['authorization_code', 'refresh_token'] },
  ...{ response_types: ['code'], scope: `${ALL_SCOPES} offline_access` },
};

export interface Registered {
  client_id: string;
  client_secret: string;
}

type Service = Pick<TestService, 'server' | 'directory' | 'publicUrl'>;

export async function register(service: Pick<TestService, 'server'>, more: object = {}) {
  const answer = await service.server.inject({
    ...{ method: 'POST', url: '/oauth/platforms/register', headers: { 'content-type': 'application/json' } },
    payload: JSON.stringify({ ...METADATA, ...more }),
  });
  return { status: answer.statusCode, body: JSON.parse(answer.body), headers: answer.headers };
}

export const basic = ({ client_id, client_secret }: Registered) =>
  `Basic ${Buffer.from(`${client_id}:${client_secret}`).toString('base64')}`;

export function pkce() {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

export const authorizeUrl = (client: Registered, challenge: string, more: Record<string, string | undefined> = {}) => {
  const params = {
    ...{ response_type: 'code', client_id: client.client_id, redirect_uri: REDIRECT, scope: ALL_SCOPES, state: 'S' },
    ...{ code_challenge: challenge, code_challenge_method: 'S256', ...more },
  };
  return `/oauth/authorize?${new URLSearchParams(JSON.parse(JSON.stringify(params)))}`;
};

/** Shows an address on the page of a request: the page after it. */
export async function signIn(service: Service, who: Browser, page: Page, email: string): Promise<Page> {
  const before = (await outbox(service, email)).length;
  const sent = await who.submit(page, 'send', { email });
  const code = /\b\d{6}\b/.exec((await mailTo(service, email, before)).text!)![0];
  return who.get((await who.submit(sent, 'confirm', { email, code })).location!);
}

/** From the request to the code, with the learner's agreement. */
export async function agreed(
  service: Service,
  client: Registered,
  email: string,
  more: Record<string, string | undefined> = {},
  who = newBrowser(service),
) {
  const { verifier, challenge } = pkce();
  const begun = await who.get(authorizeUrl(client, challenge, more));
  if (begun.status !== 303) throw new Error(begun.text);
  const asked = await who.get(begun.location!);
  const page = asked.text.includes('value="allow"') ? asked : await signIn(service, who, asked, email);
  const decided = await who.submit(page, 'allow');
  const back = new URL((await who.get(decided.location!)).location!);
  return { verifier, page, back, code: back.searchParams.get('code')!, who };
}

export const redeem = (service: Service, client: Registered, code: string, verifier: string, more = {}) =>
  form(
    service,
    '/oauth/token',
    {
      grant_type: 'authorization_code',
      code,
      redirect_uri: REDIRECT,
      scope: ALL_SCOPES,
      code_verifier: verifier,
      ...more,
    },
    { authorization: basic(client) },
  );

export const refresh = (service: Service, client: Registered, token: string, more: Record<string, string> = {}) =>
  form(
    service,
    '/oauth/token',
    { grant_type: 'refresh_token', refresh_token: token, ...more },
    { authorization: basic(client) },
  );

export const revoke = (
  service: Service,
  client: Registered,
  fields: Record<string, string>,
  url = '/oauth/platforms/revoke',
) => form(service, url, fields, { authorization: basic(client) });

/** All the way: a platform with the tokens of one learner. */
export async function connect(
  service: Service,
  email: string,
  { scope = ALL_SCOPES, client, who }: { scope?: string; client?: Registered; who?: Browser } = {},
) {
  const platform: Registered = client ?? (await register(service)).body;
  const { code, verifier, who: browser } = await agreed(service, platform, email, { scope }, who);
  const { body } = await redeem(service, platform, code, verifier);
  return { client: platform, who: browser, access: body.access_token as string, refresh: body.refresh_token as string };
}

/** Calls the Open Badges API. */
export async function call(
  service: Pick<TestService, 'server'>,
  token: string | undefined,
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  {
    body,
    type = 'application/json',
    headers = {},
  }: { body?: string; type?: string; headers?: Record<string, string> } = {},
) {
  const answer = await service.server.inject({
    ...{ method, url: `/ims/ob/v3p0${path}` },
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': type }),
      ...headers,
    },
    ...(body === undefined ? {} : { payload: body }),
  });
  return {
    status: answer.statusCode,
    text: answer.body,
    headers: answer.headers,
    // biome-ignore lint/suspicious/noExplicitAny: as the service says
    json: () => answer.json() as any,
    /** Of a refusal. */
    minor: () => answer.json().imsx_codeMinor.imsx_codeMinorField[0].imsx_codeMinorFieldValue as string,
  };
}
