import { createHash, randomBytes } from 'node:crypto';
import type { TestService } from '../../support/service.ts';
import { form } from './world.ts';

export const REDIRECT = 'https://wallet.example/callback';

export interface Registered {
  client_id: string;
}

export async function register(service: TestService, more: object = {}) {
  const payload = { client_name: 'Specimen Wallet', redirect_uris: [REDIRECT], ...more };
  const answer = await service.server.inject({ method: 'POST', url: '/oauth/register', payload });
  return { status: answer.statusCode, body: answer.json() };
}

export function pkce() {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

/** Parameters of an authorization request that is right in every way. */
export function authorization(clientId: string, issuerState: string, challenge: string, more: object = {}) {
  return {
    ...{ response_type: 'code', client_id: clientId, redirect_uri: REDIRECT, scope: 'badge', state: 'S' },
    ...{ code_challenge: challenge, code_challenge_method: 'S256', issuer_state: issuerState },
    ...more,
  } as Record<string, string>;
}

export const authorizeUrl = (params: Record<string, string>) => `/oauth/authorize?${new URLSearchParams(params)}`;

export const tokenByCode = (service: TestService, fields: Record<string, string>) =>
  form(service, '/oauth/token', { grant_type: 'authorization_code', redirect_uri: REDIRECT, ...fields });
