import { setTimeout as sleep } from 'node:timers/promises';
import { isObject, type JsonObject } from '#kernel';
import { UsageError } from '../command.ts';
import { type Answer, ask, ClaimRefused, refusal } from '../http.ts';
import { PRE_AUTHORIZED, type ReadOffer } from './read-offer.ts';
import type { WalletKeyFile } from './wallet-key.ts';

export interface Claimed {
  issuer: string;
  configuration: string;
  format: string;
  /** The badge: the document's text as it stood in the answer, or the token. */
  credential: string;
  /** Tells the issuer that the badge is kept. */
  keep(): Promise<void>;
}

export interface ClaimOptions {
  key: WalletKeyFile;
  format: string;
  txCode?: string;
  /** Milliseconds that a deferred badge is waited for. */
  waitMs: number;
}

/** OpenID4VCI 1.0 as a wallet without an account does it. @throws ClaimRefused, UsageError */
export async function claim(offer: ReadOffer, options: ClaimOptions): Promise<Claimed> {
  const { issuer, preAuthorized } = offer;
  if (!preAuthorized) throw new ClaimRefused('this offer is confirmed by mail: open its link in a browser');
  const metadata = await wellKnown('openid-credential-issuer', issuer, 'credential_issuer');
  const [server = issuer] = Array.isArray(metadata.authorization_servers) ? metadata.authorization_servers : [];
  const authorization = await wellKnown('oauth-authorization-server', String(server), 'issuer');
  const { id, format } = chosen(offer, metadata, options.format);

  const form = new URLSearchParams({ grant_type: PRE_AUTHORIZED, resource: issuer });
  form.set('pre-authorized_code', preAuthorized.code);
  if (options.txCode !== undefined) form.set('tx_code', options.txCode);
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const token = await ask(at(authorization, 'token_endpoint'), { method: 'POST', headers, body: form.toString() });
  if (token.json?.error === 'invalid_grant') {
    const code = options.txCode === undefined ? '' : 'the code is not right, or ';
    throw new ClaimRefused(`${code}the offer is over`);
  }
  const { access_token: accessToken } = accepted(token);
  const post = (endpoint: string, body: object) =>
    ask(at(metadata, endpoint), {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${String(accessToken)}` },
      body: JSON.stringify(body),
    });

  const { c_nonce: nonce } = accepted(await ask(at(metadata, 'nonce_endpoint'), { method: 'POST' }));
  // Before anything is bound to it.
  options.key.save();
  const proof = options.key.proof(issuer, String(nonce), new Date());
  let answer = await post('credential_endpoint', { credential_configuration_id: id, proofs: { jwt: [proof] } });
  const until = Date.now() + options.waitMs;
  while (answer.status === 202) {
    const { transaction_id, interval } = accepted(answer);
    const pause = 1_000 * (Number(interval) || 5);
    if (Date.now() + pause > until) throw new ClaimRefused('the badge cannot be signed now: claim it again later');
    await sleep(pause);
    answer = await post('deferred_credential_endpoint', { transaction_id: transaction_id! });
  }
  const { credentials, notification_id } = accepted(answer);
  const [first] = Array.isArray(credentials) ? credentials : [];
  const credential = isObject(first) ? first.credential : undefined;
  if (credential === undefined) throw new ClaimRefused('the answer holds no credential');
  return {
    ...{ issuer, configuration: id, format },
    credential: typeof credential === 'string' ? credential : JSON.stringify(credential),
    async keep() {
      if (notification_id === undefined || metadata.notification_endpoint === undefined) return;
      await post('notification_endpoint', { notification_id, event: 'credential_accepted' });
    },
  };
}

/** RFC 8414 3.1 and OpenID4VCI 1.0, 12.2.2: between host and path; and it must be about whom it was asked about. */
async function wellKnown(name: string, id: string, member: string): Promise<JsonObject> {
  const url = URL.parse(id);
  if (!url) throw new UsageError(`${id.slice(0, 200)} is not an address`);
  const path = url.pathname === '/' ? '' : url.pathname;
  const answer = await ask(`${url.origin}/.well-known/${name}${path}`);
  if (answer.status !== 200 || !answer.json) throw new ClaimRefused(`no metadata of ${id}: ${refusal(answer)}`);
  if (answer.json[member] !== id) throw new ClaimRefused(`the metadata at ${url.origin} is of somebody else`);
  return answer.json;
}

function chosen(offer: ReadOffer, metadata: JsonObject, format: string): { id: string; format: string } {
  const known = metadata.credential_configurations_supported;
  const formatOf = (id: string) => {
    const configuration = isObject(known) && Object.hasOwn(known, id) ? known[id] : undefined;
    return isObject(configuration) ? configuration.format : undefined;
  };
  const id = offer.configurations.find((one) => formatOf(one) === format);
  if (id === undefined) throw new ClaimRefused(`the badge is not offered as ${format}`);
  return { id, format };
}

function at(metadata: JsonObject, endpoint: string): string {
  const url = metadata[endpoint];
  if (typeof url !== 'string') throw new ClaimRefused(`the metadata names no ${endpoint}`);
  return url;
}

function accepted(answer: Answer): JsonObject {
  if (answer.status >= 200 && answer.status < 300 && answer.json) return answer.json;
  throw new ClaimRefused(refusal(answer));
}
