import type { Overrides } from '#app';
import type { JsonObject } from '#kernel';
import { openService, type TestService } from '../../support/service.ts';
import type { WalletKey } from './keys.ts';

export const PRE_AUTHORIZED = 'urn:ietf:params:oauth:grant-type:pre-authorized_code';
export const SLUG = 'specimen-college';

export interface MadeOffer {
  offerId: string;
  credentialId: string;
  achievementId: string;
  secret: string;
  txCode?: string;
  /** `openid-credential-offer://` */
  link: string;
}

export interface WalletWorld extends TestService {
  /** Credential issuer identifier. */
  issuer: string;
  issuerKey: string;
  achievementId: string;
  /** A new award, and an offer of it. */
  offer(more?: { confirmation?: string; key?: string; achievementId?: string }): Promise<MadeOffer>;
  achievement(key: string, name?: string): Promise<string>;
  credentialOf(achievementId: string, key: string): Promise<string>;
}

/** A service that listens, with one institution and one achievement. */
export async function openWorld(overrides: Overrides = {}, env: Record<string, string> = {}): Promise<WalletWorld> {
  const service = await openService(overrides, env);
  const { issuer: issuerKey } = await service.institution(SLUG);
  const ok = <T>({ status, body, text }: { status: number; body: T; text: string }): T => {
    if (status >= 300) throw new Error(`${status} ${text}`);
    return body;
  };
  const achievement = async (key: string, name = 'SPECIMEN Course'): Promise<string> => {
    const body = { achievement: { name, description: 'D', criteria: { narrative: 'N' } } };
    return ok(await service.call<{ achievementId: string }>('POST', '/v1/achievements', { key, body })).achievementId;
  };
  const achievementId = await achievement(issuerKey);
  const credentialOf = async (of: string, key: string): Promise<string> => {
    const body = { achievementId: of, recipients: [{ name: 'Amihan Reyes', email: 'amihan@students.example' }] };
    const made = ok(
      await service.call<{ credentials: { id: string }[] }>('POST', '/v1/credentials', { key, body }),
    );
    return made.credentials[0]!.id;
  };
  return {
    ...service,
    issuer: `${service.publicUrl}/institutions/${SLUG}`,
    issuerKey,
    achievementId,
    achievement,
    credentialOf,
    async offer({ confirmation = 'none', key = issuerKey, achievementId: of = achievementId } = {}) {
      const credentialId = await credentialOf(of, key);
      const body = { credentialId, confirmation };
      type Made = { id: string; credentialOfferLink: string; claimUrl: string; txCode?: string };
      const made = ok(await service.call<Made>('POST', '/v1/offers', { key, body }));
      const { id: offerId, txCode, claimUrl, credentialOfferLink: link } = made;
      const secret = claimUrl.split('/').at(-1)!;
      return { offerId, credentialId, achievementId: of, secret, link, ...(txCode === undefined ? {} : { txCode }) };
    },
  };
}

export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  body: JsonObject;
}

/** Over the network of this machine, as a wallet asks. */
export async function http(url: string, init: RequestInit = {}): Promise<Reply> {
  const response = await fetch(url, { redirect: 'error', ...init });
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '') && text !== '';
  return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : {} };
}

export const postJson = (url: string, body: unknown, token?: string, headers: Record<string, string> = {}) =>
  http(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...headers,
    },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

export const postForm = (url: string, form: Record<string, string>) =>
  http(url, { method: 'POST', body: new URLSearchParams(form) });

/** Steps of a wallet that does nothing unusual. */
export interface PlainWallet {
  readOffer(offer: MadeOffer, slug?: string): Promise<JsonObject>;
  token(offer: MadeOffer, more?: Record<string, string>): Promise<string>;
  nonce(slug?: string): Promise<string>;
  credential(token: string, body: object, slug?: string): Promise<Reply>;
  /** A token and a good request for this key, not sent. */
  ready(offer: MadeOffer, key: WalletKey): Promise<{ token: string; body: JsonObject }>;
}

export function plainWallet(world: Pick<WalletWorld, 'publicUrl' | 'issuer'>): PlainWallet {
  const at = (slug = SLUG) => `${world.publicUrl}/institutions/${slug}/oid4vci`;
  const wallet: PlainWallet = {
    async readOffer({ secret }, slug) {
      const found = await http(`${at(slug)}/offers/${secret}`);
      if (found.status !== 200) throw new Error(`${found.status} ${found.text}`);
      return found.body;
    },
    async token(offer, more = {}) {
      const { grants } = (await wallet.readOffer(offer)) as { grants: Record<string, Record<string, string>> };
      const code = grants[PRE_AUTHORIZED]!['pre-authorized_code']!;
      const form = { grant_type: PRE_AUTHORIZED, 'pre-authorized_code': code, ...more };
      const found = await postForm(`${world.publicUrl}/oauth/token`, form);
      if (found.status !== 200) throw new Error(`${found.status} ${found.text}`);
      return String(found.body.access_token);
    },
    async nonce(slug) {
      return String((await http(`${at(slug)}/nonce`, { method: 'POST' })).body.c_nonce);
    },
    credential: (token, body, slug) => postJson(`${at(slug)}/credential`, body, token),
    async ready(offer, key) {
      const token = await wallet.token(offer);
      const proof = await key.proof({ aud: world.issuer, nonce: await wallet.nonce() });
      return { token, body: { credential_configuration_id: 'badge.ldp_vc', proofs: { jwt: [proof] } } };
    },
  };
  return wallet;
}
