import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Openid4vpClient } from '@openid4vc/openid4vp';
import { DcqlQuery } from 'dcql';
import type { FastifyInstance } from 'fastify';
import { compactVerify, exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';
import type { JsonObject } from '#kernel';
import { createContextLoader } from '#proofs';
import { createHolder } from '../../api/vc-api/holder.ts';

const V1 = 'https://www.w3.org/2018/credentials/v1';
const V2 = 'https://www.w3.org/ns/credentials/v2';
const OPEN_BADGE = [
  'https://www.w3.org/2018/credentials#VerifiableCredential',
  'https://purl.imsglobal.org/spec/vc/ob/vocab.html#OpenBadgeCredential',
];

/** A badge in a wallet: a document, or a token. */
export type Held = JsonObject | string;

/** What a presentation is bound to. */
export interface Bound {
  nonce: string;
  clientId: string;
}

export interface Keys {
  did: string;
  /** A Verifiable Presentation of these badges by this key. */
  present(held: Held[], bound: Bound, more?: JsonObject): Promise<Held>;
}

/** Keys of did:key and Data Integrity proofs, made by the reference library. */
export function dataIntegrityKeys(publicUrl: string): Keys {
  const file = join(import.meta.dirname, '..', '..', '..', 'contexts', 'ph-v1-draft.json');
  const phContext = readFileSync(file, 'utf8');
  const loader = createContextLoader({ phContext, phContextUrl: `${publicUrl}/contexts/ph/v1-draft` });
  const holder = createHolder(loader);
  return {
    did: holder.did,
    present: (held, { nonce, clientId }, more = {}) =>
      holder.present(
        {
          '@context': [V2],
          type: ['VerifiablePresentation'],
          holder: holder.did,
          verifiableCredential: held as JsonObject[],
          ...more,
        },
        { challenge: nonce, domain: clientId },
      ),
  };
}

/** Keys of did:jwk and signed tokens (`vp` claim), made with `jose` alone. */
export async function tokenKeys(): Promise<Keys> {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
  const did = `did:jwk:${Buffer.from(JSON.stringify(await exportJWK(publicKey))).toString('base64url')}`;
  return {
    did,
    present: (held, { nonce, clientId }, more = {}) =>
      new SignJWT({
        ...{ iss: did, nonce, aud: clientId },
        vp: { '@context': [V1], type: ['VerifiablePresentation'], verifiableCredential: held, ...more },
      } as never)
        .setProtectedHeader({ alg: 'ES256', kid: `${did}#0`, typ: 'JWT' })
        .setIssuedAt()
        .sign(privateKey),
  };
}

/** What a wallet was asked, once it has verified who asks. */
export interface Asked {
  payload: Record<string, unknown> & { nonce: string; client_id: string; state: string; response_uri: string };
  version: number;
  query: DcqlQuery;
}

export interface Wallet {
  resolve(link: string): Promise<Asked>;
  /** For each thing that is asked the first option that the held badges match, presented as it asks. */
  vpToken(asked: Asked, held: Held[], keys: Keys): Promise<Record<string, Held[]>>;
  submit(asked: Asked, response: Record<string, unknown>): Promise<{ status: number; body: Record<string, string> }>;
}

/** A wallet of others: `@openid4vc/openid4vp` speaks with the service, and `dcql` chooses. */
export function createWallet(server: FastifyInstance): Wallet {
  const fetch = fetchThrough(server);
  const unused = () => {
    throw new Error('this wallet does not do that');
  };
  const client = new Openid4vpClient({
    callbacks: {
      ...{ fetch, hash: unused, signJwt: unused, encryptJwe: unused, decryptJwe: unused },
      async verifyJwt(signer, { compact }) {
        if (signer.method !== 'did') return { verified: false };
        const jwk = await resolveKey(signer.didUrl, fetch);
        const key = await importJWK(jwk, signer.alg);
        await compactVerify(compact, key, { algorithms: [signer.alg] });
        return { verified: true, signerJwk: jwk as never };
      },
    },
  });
  return {
    async resolve(link) {
      const { params } = client.parseOpenid4vpAuthorizationRequest({ authorizationRequest: link });
      const resolved = await client.resolveOpenId4vpAuthorizationRequest({
        authorizationRequestPayload: params as never,
      });
      const query = DcqlQuery.parse(resolved.dcql!.query as never);
      DcqlQuery.validate(query);
      return { payload: resolved.authorizationRequestPayload as never, version: resolved.version, query };
    },

    async vpToken({ payload, query }, held, keys) {
      const credentials = held.map((one) => ({
        credential_format: typeof one === 'string' ? ('jwt_vc_json' as const) : ('ldp_vc' as const),
        ...{ cryptographic_holder_binding: subjectOf(one) === keys.did },
        ...{ type: OPEN_BADGE, claims: claimsOf(one) as never },
      }));
      const result = DcqlQuery.query(query, credentials);
      if (!result.can_be_satisfied) throw new Error('the wallet has no such badge');
      const token: Record<string, Held[]> = {};
      for (const { matching_options } of result.credential_sets!) {
        for (const id of matching_options![0]!) {
          const { multiple, require_cryptographic_holder_binding } = query.credentials.find((one) => one.id === id)!;
          const matches = result.credential_matches[id]!.valid_credentials!.map(
            (one) => held[one.input_credential_index]!,
          );
          const bound = { nonce: payload.nonce, clientId: payload.client_id };
          const chosen = multiple ? matches : matches.slice(0, 1);
          token[id] = require_cryptographic_holder_binding
            ? await Promise.all(chosen.map((one) => keys.present([one], bound)))
            : chosen;
        }
      }
      return token;
    },

    async submit({ payload }, response) {
      const { authorizationResponsePayload } = await client.createOpenid4vpAuthorizationResponse({
        authorizationRequestPayload: payload as never,
        authorizationResponsePayload: response as never,
      });
      const { response: answer } = await client.submitOpenid4vpAuthorizationResponse({
        authorizationRequestPayload: payload as never,
        authorizationResponsePayload,
      });
      return { status: answer.status, body: (await answer.json()) as Record<string, string> };
    },
  };
}

/** DID Core 7.1 with did:web by our own steps: the document, then the method that the DID URL names. */
async function resolveKey(didUrl: string, fetch: typeof globalThis.fetch): Promise<JWK> {
  const [did] = didUrl.split('#');
  const [authority, ...path] = did!.slice('did:web:'.length).split(':').map(decodeURIComponent);
  const place = path.length === 0 ? '.well-known' : path.join('/');
  const document = (await (await fetch(`https://${authority}/${place}/did.json`)).json()) as {
    id: string;
    verificationMethod: { id: string; publicKeyJwk: JWK }[];
    authentication: string[];
  };
  if (document.id !== did || !document.authentication.includes(didUrl)) throw new Error('the DID does not say so');
  return document.verificationMethod.find(({ id }) => id === didUrl)!.publicKeyJwk;
}

/** The network of this test: the one service, under whatever name it is called. */
function fetchThrough(server: FastifyInstance): typeof globalThis.fetch {
  return async (input, init) => {
    const url = new URL(String(input));
    const payload = init?.body === undefined || init.body === null ? undefined : String(init.body);
    const answer = await server.inject({
      method: (init?.method ?? 'GET').toUpperCase() as 'GET',
      url: url.pathname + url.search,
      headers: { host: url.host, ...(Object.fromEntries(new Headers(init?.headers)) as Record<string, string>) },
      ...(payload === undefined ? {} : { payload }),
    });
    return new Response(answer.body, { status: answer.statusCode, headers: answer.headers as never });
  };
}

const claimsOf = (held: Held): JsonObject =>
  typeof held === 'string' ? JSON.parse(Buffer.from(held.split('.')[1]!, 'base64url').toString('utf8')) : held;

const subjectOf = (held: Held) => (claimsOf(held).credentialSubject as JsonObject).id;
