import { generateKeyPairSync, sign } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '#kernel';
import { publicKeyOf } from '#keystore';
import { throwawaySigner } from '../api/vc-api/throwaway.ts';
import { itxt, picture, svg } from '../documents/samples.ts';
import { openService, type TestService } from '../support/service.ts';
import { EXTENSIONS, foreignBadge, foreignMaker } from './support.ts';

/**
 * What a displayer is certified with (certification guide 1.1): a valid, an expired and a revoked badge of each version of
 * the data model, as an embedded proof and as a token of RS256, over HTTP.
 */
let service: TestService;
let lists: Server;
let listUrl = '';
const revoked: JsonObject[] = [];
beforeAll(async () => {
  lists = createServer((_, response) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ id: listUrl, revokedCredential: revoked }));
  });
  await new Promise<void>((done) => lists.listen(0, '127.0.0.1', done));
  const origin = `http://localhost:${(lists.address() as AddressInfo).port}`;
  listUrl = `${origin}/revocations/1`;
  service = await openService({ loopbackOrigins: [{ origin }] });
});
afterAll(async () => {
  lists.closeAllConnections();
  lists.close();
  await service.close();
});

const AT = '2026-06-15T02:00:00Z';
const V1 = 'https://www.w3.org/2018/credentials/v1';
const DATA_INTEGRITY = 'https://w3id.org/security/data-integrity/v2';
const STATES = ['valid', 'expired', 'revoked'] as const;
type State = (typeof STATES)[number];
const VERSIONS = ['2.0', '1.1'] as const;
const FORMS = ['embedded', 'token'] as const;
const ROWS = VERSIONS.flatMap((version) =>
  STATES.flatMap((state) => FORMS.map((form) => [version, state, form] as const)),
);

const embedder = throwawaySigner();
const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
const jwk = Buffer.from(JSON.stringify(publicKeyOf(pair.publicKey).jwk)).toString('base64url');
const tokenIssuer = `did:jwk:${jwk}`;
const part = (value: JsonObject) => Buffer.from(JSON.stringify(value)).toString('base64url');
const seconds = (value: unknown) => Date.parse(String(value)) / 1_000;

/** The badge of a row, as another system would send it: JSON text or a compact token. */
async function badgeOf(version: string, state: State, form: string): Promise<string> {
  const issuer = form === 'token' ? tokenIssuer : embedder.did;
  const badge = foreignBadge(issuer);
  if (state === 'expired') badge.validUntil = '2026-07-01T00:00:00Z';
  badge.credentialStatus = { id: listUrl, type: '1EdTechRevocationList' };
  (badge['@context'] as string[]).push(EXTENSIONS);
  if (state === 'revoked') revoked.push({ id: badge.id!, revoked: true });
  if (version === '1.1') older(badge, form);
  if (form === 'embedded') return JSON.stringify(await foreignMaker.sign(badge, embedder.signer, AT));
  const { validFrom, issuanceDate = validFrom, validUntil, expirationDate = validUntil } = badge;
  const claims = {
    ...{ iss: issuer, jti: badge.id!, nbf: seconds(issuanceDate), sub: (badge.credentialSubject as JsonObject).id! },
    ...(expirationDate ? { exp: seconds(expirationDate) } : {}),
  };
  const header = { alg: 'RS256', typ: 'JWT', kid: `${tokenIssuer}#0` };
  const input = `${part(header)}.${part(version === '1.1' ? { ...claims, vc: badge } : { ...badge, ...claims })}`;
  return `${input}.${sign('sha256', Buffer.from(input), pair.privateKey).toString('base64url')}`;
}

/** The names that VCDM 1.1 has for the dates, and its context. */
function older(badge: JsonObject, form: string): void {
  const { validFrom, validUntil } = badge;
  delete badge.validFrom;
  delete badge.validUntil;
  badge.issuanceDate = validFrom!;
  if (validUntil) badge.expirationDate = validUntil;
  (badge['@context'] as string[]).splice(0, 1, V1);
  if (form === 'embedded') (badge['@context'] as string[]).splice(2, 0, DATA_INTEGRITY);
}

const post = (path: string, body: string, type: string) =>
  fetch(`${service.publicUrl}${path}`, { method: 'POST', headers: { 'content-type': type }, body });
const CODES = { valid: 'not_revoked', expired: 'expired', revoked: 'revoked' };

describe('the badges of the certification guide', () => {
  it.each(ROWS)('VCDM %s, %s, %s: through /v1/verifications', async (version, state, form) => {
    const text = await badgeOf(version, state, form);
    const answer = await post('/v1/verifications', JSON.stringify({ text }), 'application/json');
    const report = (await answer.json()) as { verdict: string; checks: { code: string }[]; credential?: JsonObject };
    expect([answer.status, report.verdict, JSON.stringify(report.checks.slice(0, 4))]).toEqual([
      200,
      state === 'valid' ? 'valid' : 'invalid',
      expect.stringContaining(`"${CODES[state]}"`),
    ]);
    expect(report.credential).toMatchObject({
      name: 'Set-up computer networks',
      description: 'Plans, installs and configures a small computer network.',
      issuerName: 'Specimen Technical School',
      validFrom: '2026-06-15T01:00:00Z',
    });
  });

  it.each(ROWS)('VCDM %s, %s, %s: on the verify page', async (version, state, form) => {
    const text = await badgeOf(version, state, form);
    const answer = await post('/verify', new URLSearchParams({ text }).toString(), 'application/x-www-form-urlencoded');
    const page = await answer.text();
    expect(answer.status).toBe(200);
    for (const shown of [
      'Set-up computer networks',
      'Plans, installs and configures a small computer network.',
      'Specimen Technical School',
      '<time datetime="2026-06-15T01:00:00Z">15 June 2026',
      ...(state === 'expired' ? ['<time datetime="2026-07-01T00:00:00Z">'] : []),
      `<strong>${state === 'valid' ? 'Genuine' : 'Not valid'}</strong>`,
      `<span class="code">${CODES[state]}</span>`,
    ]) {
      expect(page).toContain(shown);
    }
  });

  it.each(ROWS)('VCDM %s, %s, %s: baked into PNG and SVG, uploaded', async (version, state, form) => {
    const text = await badgeOf(version, state, form);
    for (const [name, bytes, type] of [
      ['badge.png', picture(itxt('openbadgecredential', text)), 'image/png'],
      ['badge.svg', svg(text), 'image/svg+xml'],
    ] as const) {
      const body = new FormData();
      body.set('file', new Blob([new Uint8Array(bytes)]), name);
      const answer = await fetch(`${service.publicUrl}/verify`, { method: 'POST', body });
      const page = await answer.text();
      expect([name, answer.status]).toEqual([name, 200]);
      expect(page).toContain('Specimen Technical School');
      expect(page).toContain(`<img src="data:${type};base64,${Buffer.from(bytes).toString('base64')}" alt="Picture`);
      expect(page).toContain(`<strong>${state === 'valid' ? 'Genuine' : 'Not valid'}</strong>`);
    }
  });

  it('the picture of a badge whose proof does not hold is not shown, nor is any other file', async () => {
    const text = await badgeOf('2.0', 'valid', 'embedded');
    const changed = text.replace('Set-up computer networks', 'Design of nuclear plants');
    for (const bytes of [picture(itxt('openbadgecredential', changed)), svg(changed), Buffer.from(text)]) {
      const body = new FormData();
      body.set('file', new Blob([new Uint8Array(bytes)]), 'badge');
      const answer = await fetch(`${service.publicUrl}/verify`, { method: 'POST', body });
      expect(answer.status).toBe(200);
      expect(await answer.text()).not.toContain('src="data:');
    }
  });

  it.each(ROWS)('VCDM %s, %s, %s: through /vc-api, where status and period are warnings', async (...row) => {
    const [version, state, form] = row;
    const text = await badgeOf(version, state, form);
    // The envelopes of VCDM 2.0 hold tokens of VCDM 2.0 only, and of 1.1 there are none.
    if (form === 'token') {
      const id = `data:application/vc+jwt,${text}`;
      const envelope = {
        '@context': ['https://www.w3.org/ns/credentials/v2'],
        type: 'EnvelopedVerifiableCredential',
        id,
      };
      const answer = await verify(envelope);
      expect([answer.status, answer.body.verified]).toEqual(version === '1.1' ? [400, undefined] : [200, true]);
      return;
    }
    const answer = await verify(JSON.parse(text) as JsonObject);
    expect([answer.status, answer.body.verified]).toEqual([200, true]);
    expect(answer.body.results).toMatchObject({ verdict: state === 'valid' ? 'valid' : 'invalid' });
    expect((answer.body.warnings as { code: string }[]).map(({ code }) => code)).toEqual(
      state === 'valid' ? [] : [CODES[state]],
    );
  });
});

async function verify(verifiableCredential: JsonObject) {
  const body = JSON.stringify({ verifiableCredential, options: { returnResults: true } });
  const answer = await post('/vc-api/credentials/verify', body, 'application/json');
  return { status: answer.status, body: (await answer.json()) as JsonObject };
}
