/**
 * A badge platform written from the text of Open Badges 3.0, sections 6 and 7, and nothing else: node's own modules, no code of
 * this project. It discovers a host, registers, gets tokens, reads all badges page by page, adds one as JSON and one as a
 * token, reads and changes the profile, renews its token with less and gives it back.
 */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { request as send } from 'node:https';

export interface Exchange {
  method: string;
  path: string;
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

export interface RawPlatformOptions {
  /** Of the host, before `/ims/ob/v3p0`. */
  baseUrl: string;
  /** PEM; who is trusted besides. */
  ca: string;
  /** A learner in a browser: follows the address and agrees. @returns where the browser was sent in the end */
  agree(authorizationUrl: string): Promise<string>;
  /** To be added: a document with an embedded proof, and a compact JWS. */
  badges: { document: string; token: string };
  /** Where tokens are given back. The service description of the standard has no place for it. */
  revocationUrl(description: Description): string;
}

// biome-ignore lint/suspicious/noExplicitAny: an OpenAPI document of a stranger
export type Description = any;

const SCOPE = 'https://purl.imsglobal.org/spec/ob/v3p0/scope/';
const ALL = ['credential.readonly', 'credential.upsert', 'profile.readonly', 'profile.update'].map(
  (one) => SCOPE + one,
);
const REDIRECT = 'https://platform.example/authorized';

export async function rawJourney({ baseUrl, ca, agree, badges, revocationUrl }: RawPlatformOptions) {
  const transcript: Exchange[] = [];

  function http(method: string, url: string, headers: Record<string, string> = {}, body?: string): Promise<Exchange> {
    return new Promise((resolve, reject) => {
      const call = send(url, { method, ca, headers, minVersion: 'TLSv1.2', agent: false }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          const path = url.replace(`${baseUrl}/ims/ob/v3p0`, '').split('?')[0]!;
          const exchange = { method, path, status: answer.statusCode!, headers: answer.headers, text };
          transcript.push(exchange);
          resolve(exchange);
        });
      });
      call.on('error', reject);
      call.end(body);
    });
  }
  function must(exchange: Exchange, status: number): Exchange {
    if (exchange.status !== status)
      throw new Error(`${exchange.method} ${exchange.path}: ${exchange.status} ${exchange.text}`);
    return exchange;
  }

  // 6.3: what the host can do, and where.
  const description: Description = JSON.parse(must(await http('GET', `${baseUrl}/ims/ob/v3p0/discovery`), 200).text);
  const api = description.servers[0].url as string;
  const oauth = description.components.securitySchemes.OAuth2ACG;
  const { authorizationUrl, tokenUrl, refreshUrl } = oauth.flows.authorizationCode;

  // 7.1.1.2
  const metadata = {
    ...{ client_name: 'SPECIMEN Raw Platform', client_uri: 'https://platform.example/' },
    ...{ logo_uri: 'https://platform.example/logo.png', tos_uri: 'https://platform.example/terms' },
    ...{ policy_uri: 'https://platform.example/privacy', software_id: randomUUID(), software_version: '1' },
    ...{ redirect_uris: [REDIRECT], token_endpoint_auth_method: 'client_secret_basic', response_types: ['code'] },
    ...{ grant_types: ['authorization_code', 'refresh_token'], scope: `${ALL.join(' ')} offline_access` },
  };
  const json = { 'content-type': 'application/json', accept: 'application/json' };
  const registered = must(await http('POST', oauth['x-imssf-registrationUrl'], json, JSON.stringify(metadata)), 201);
  const client = JSON.parse(registered.text);
  for (const [name, value] of Object.entries(metadata)) {
    if (JSON.stringify(client[name]) !== JSON.stringify(value)) throw new Error(`registered otherwise: ${name}`);
  }

  // 7.1.2.1 and 7.1.2.2
  const verifier = randomBytes(32).toString('base64url');
  const state = randomUUID();
  const parameters = new URLSearchParams({
    ...{ response_type: 'code', client_id: client.client_id, redirect_uri: REDIRECT, scope: metadata.scope, state },
    ...{ code_challenge: createHash('sha256').update(verifier).digest('base64url'), code_challenge_method: 'S256' },
  });
  const back = new URL(await agree(`${authorizationUrl}?${parameters}`));
  if (!back.href.startsWith(REDIRECT)) throw new Error(`sent to ${back.href}`);
  if (back.searchParams.get('state') !== state) throw new Error('another state came back');
  const allowed = back.searchParams.get('scope')!.split(' ');
  if (!ALL.every((scope) => allowed.includes(scope))) throw new Error('less was allowed');

  // 7.1.2.3
  const form = {
    'content-type': 'application/x-www-form-urlencoded',
    authorization: `Basic ${Buffer.from(`${client.client_id}:${client.client_secret}`).toString('base64')}`,
  };
  const code = back.searchParams.get('code')!;
  const tokenForm = { grant_type: 'authorization_code', code, redirect_uri: REDIRECT, scope: metadata.scope };
  const asked = new URLSearchParams({ ...tokenForm, code_verifier: verifier });
  const tokens = JSON.parse(must(await http('POST', tokenUrl, form, asked.toString()), 200).text);
  if (tokens.token_type !== 'Bearer') throw new Error(`a token of type ${tokens.token_type}`);
  const bearer = { authorization: `Bearer ${tokens.access_token}`, accept: 'application/json' };

  // 6.2.2 and 6.4: every page, one badge each.
  async function readAll() {
    const found: { credential: unknown[]; compactJwsString: string[] } = { credential: [], compactJwsString: [] };
    let next: string | undefined = `${api}/credentials?limit=1&offset=0`;
    let total = 0;
    while (next !== undefined) {
      const page = must(await http('GET', next, bearer), 200);
      const { credential = [], compactJwsString = [] } = JSON.parse(page.text);
      found.credential.push(...credential);
      found.compactJwsString.push(...compactJwsString);
      total = Number(page.headers['x-total-count']);
      next = /<([^>]+)>; rel="next"/.exec(String(page.headers.link))?.[1];
    }
    return { ...found, total };
  }
  const before = await readAll();

  // 6.2.3: added, then here already.
  for (const status of [201, 200]) {
    const answer = must(await http('POST', `${api}/credentials`, { ...bearer, ...json }, badges.document), status);
    if (answer.text !== badges.document) throw new Error('the badge came back otherwise');
    const plain = { ...bearer, 'content-type': 'text/plain' };
    const token = must(await http('POST', `${api}/credentials`, plain, badges.token), status);
    if (token.text !== badges.token) throw new Error('the token came back otherwise');
  }
  const after = await readAll();

  // 6.2.4 and 6.2.5
  const profile = JSON.parse(must(await http('GET', `${api}/profile`, bearer), 200).text);
  const changed = { ...profile, name: 'SPECIMEN Learner' };
  must(await http('PUT', `${api}/profile`, { ...bearer, ...json }, JSON.stringify(changed)), 200);
  const read = JSON.parse(must(await http('GET', `${api}/profile`, bearer), 200).text);

  // 7.2: less, and never more.
  const renewal = new URLSearchParams({
    grant_type: 'refresh_token',
    refresh_token: tokens.refresh_token,
    scope: ALL[0]!,
  });
  const renewed = JSON.parse(must(await http('POST', refreshUrl, form, renewal.toString()), 200).text);
  const less = { authorization: `Bearer ${renewed.access_token}` };
  must(await http('GET', `${api}/credentials`, less), 200);
  must(await http('GET', `${api}/profile`, less), 403);

  // 7.3
  const revocation = new URLSearchParams({ token: renewed.access_token, token_type_hint: 'access_token' });
  must(await http('POST', revocationUrl(description), form, revocation.toString()), 200);
  must(await http('GET', `${api}/credentials`, less), 401);

  return { description, client, before, after, profile: read, transcript };
}
