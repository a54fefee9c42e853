import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '#kernel';
import { openService, type TestService } from '../../support/service.ts';
import { createHolder, type Holder } from './holder.ts';

// biome-ignore lint/suspicious/noExplicitAny: as the service says
type Said = any;
const V2 = 'https://www.w3.org/ns/credentials/v2';
/** Step of issuing after which the intent is stored. */
const RESERVING = 5;

let service: TestService;
let key: string;
let other: string;
let achievementId: string;
let onStep: (number: number) => Promise<void> = async () => {};
let now = Date.parse('2026-11-26T08:00:00Z');
beforeAll(async () => {
  service = await openService({ clock: { now: () => new Date(now) }, onStep: (number) => onStep(number) });
  key = (await service.institution('specimen-college')).issuer;
  other = (await service.institution('other-college')).issuer;
  const decision = { reason: 'For a test of exchanges', validUntil: '2027-11-01' };
  await call('POST', '/v1/institutions/specimen-college/issuing-decisions', service.operatorKey, decision);
  const achievement = await call('POST', '/v1/achievements', key, {
    achievement: { name: 'SPECIMEN Course', description: 'D', achievementType: 'Course', criteria: { narrative: 'N' } },
    extension: false,
  });
  if (achievement.status !== 201) throw new Error(achievement.text);
  achievementId = achievement.body.achievementId ?? achievement.body.id;
});
afterAll(() => service.close());

const call = (method: 'GET' | 'POST', url: string, as?: string, body?: object, headers?: Record<string, string>) =>
  service.call<Said>(method, url, {
    ...(as === undefined ? {} : { key: as }),
    ...(body === undefined ? {} : { body }),
    ...(headers ? { headers } : {}),
  });
const pathOf = (url: string) => url.slice(service.publicUrl.length);

/** A new award, its offer, and where its exchange is. */
async function offered(more: object = {}) {
  const issued = await call('POST', '/v1/credentials', key, {
    achievementId,
    recipients: [{ name: 'Maria Specimen' }],
  });
  if (issued.status !== 201) throw new Error(issued.text);
  const credentialId = issued.body.credentials[0].id as string;
  const offer = await call('POST', '/v1/offers', key, { credentialId, ...more });
  if (offer.status !== 201) throw new Error(offer.text);
  const { protocols } = (await call('GET', pathOf(offer.body.interactionUrl))).body;
  return { credentialId, offer: offer.body, protocols, exchange: protocols.vcapi && pathOf(protocols.vcapi) };
}
const say = (exchange: string, message: object) => call('POST', exchange, undefined, message);
const ask = async (exchange: string) => (await say(exchange, {})).body.verifiablePresentationRequest;
const present = (holder: Holder, { challenge, domain }: { challenge: string; domain?: string }, who = holder.did) =>
  holder.present(
    { '@context': [V2], type: ['VerifiablePresentation'], holder: who },
    { challenge, ...(domain ? { domain } : {}) },
  );
const answer = async (exchange: string, holder: Holder) =>
  say(exchange, { verifiablePresentation: await present(holder, await ask(exchange)) });
const stateOf = async (exchange: string) => (await call('GET', exchange, key)).body.exchange;

describe('an exchange of the VC API (VCALM 0.9)', () => {
  it('gives the award as a credential of the DID that answered', async () => {
    const { offer, protocols, exchange, credentialId } = await offered();
    expect(protocols).toEqual({
      interact: offer.interactionUrl,
      vcapi: `${service.publicUrl}${exchange}`,
      'oid4vci-1.0': offer.credentialOfferLink,
    });
    expect((await call('GET', `${exchange}/protocols`)).body).toEqual({ protocols });
    expect(await stateOf(exchange)).toEqual({
      ...{ id: protocols.vcapi, state: 'pending', sequence: 0, expires: offer.expiresAt },
      ...{ step: 'didAuthentication', variables: { offer: offer.id } },
    });
    const asked = await ask(exchange);
    expect(asked).toMatchObject({ challenge: expect.stringMatching(/^\S{26,}$/), domain: service.publicUrl });
    expect(asked.query).toMatchObject([
      { type: 'DIDAuthentication', acceptedMethods: [{ method: 'key' }, { method: 'jwk' }] },
    ]);
    // The same question until it is answered.
    expect(await ask(exchange)).toEqual(asked);

    const holder = createHolder();
    const given = await say(exchange, { verifiablePresentation: await present(holder, asked) });
    expect(given.status).toBe(200);
    const [credential] = given.body.verifiablePresentation.verifiableCredential;
    expect(credential.credentialSubject.id).toBe(holder.did);
    expect((await call('GET', new URL(credential.id).pathname)).text).toBe(JSON.stringify(credential));
    const verified = await call('POST', '/vc-api/presentations/verify', undefined, {
      ...{
        verifiablePresentation: await holder.present(given.body.verifiablePresentation, { challenge: 'x' }),
        options: { challenge: 'x' },
      },
    });
    expect(verified.body).toMatchObject({ verified: true });

    expect(await stateOf(exchange)).toMatchObject({ state: 'complete', variables: { holders: [holder.did] } });
    expect(await say(exchange, {})).toMatchObject({ status: 200, body: {} });
    const read = (await call('GET', `/v1/offers/${offer.id}`, key)).body;
    expect(read).toMatchObject({ state: 'taken', takenBy: 'vc-api', acceptedAt: '2026-11-26T08:00:00Z', credentialId });
    const late = await say(exchange, { verifiablePresentation: await present(createHolder(), asked) });
    expect(late.status).toBe(409);
  });

  it('has one winner among fifty answers at once', async () => {
    const { exchange, credentialId } = await offered();
    const asked = await ask(exchange);
    const holders = Array.from({ length: 50 }, () => createHolder());
    const answers = await Promise.all(holders.map((holder) => present(holder, asked)));
    const said = await Promise.all(answers.map((verifiablePresentation) => say(exchange, { verifiablePresentation })));
    expect(said.filter(({ status }) => status === 200)).toHaveLength(1);
    for (const one of said) expect([200, 400, 409, 410]).toContain(one.status);
    const won = holders[said.findIndex(({ status }) => status === 200)]!.did;
    expect(await stateOf(exchange)).toMatchObject({ state: 'complete', variables: { holders: [won] } });
    expect(await service.app.storage.reader.formsOf('specimen-college', credentialId)).toHaveLength(1);
  });

  it('ends well for whoever was first, whatever others ask and answer before it has ended', async () => {
    const { exchange } = await offered();
    const [holder, other] = [createHolder(), createHolder()];
    const first = await present(holder, await ask(exchange));
    let late: ReturnType<typeof say> | undefined;
    onStep = async (number) => {
      if (number !== RESERVING) return;
      onStep = async () => {};
      const asked = await ask(exchange);
      late = present(other, asked).then((verifiablePresentation) => say(exchange, { verifiablePresentation }));
    };
    const given = await say(exchange, { verifiablePresentation: first });
    expect([given.status, given.text]).toEqual([200, expect.stringContaining(holder.did)]);
    expect(await late).toMatchObject({ status: 410, body: { code: 'offer_taken' } });
    expect(await stateOf(exchange)).toMatchObject({ state: 'complete', variables: { holders: [holder.did] } });
    expect(await say(exchange, {})).toMatchObject({ status: 200, body: {} });
  });

  it('asks all who begin at once the same', async () => {
    const { exchange } = await offered();
    const asked = await Promise.all(Array.from({ length: 20 }, () => ask(exchange)));
    expect(new Set(asked.map(({ challenge }) => challenge)).size).toBe(1);
  });

  it('takes no answer to another question, of another verifier, or twice (PR-1, PR-2)', async () => {
    const { exchange } = await offered();
    const elsewhere = await offered();
    const holder = createHolder();
    const asked = await ask(exchange);
    const foreign = await ask(elsewhere.exchange);
    const wrong: Record<string, JsonObject> = {
      'another challenge': await present(holder, { ...asked, challenge: foreign.challenge }),
      'another domain': await present(holder, { ...asked, domain: 'https://verifier.example' }),
      'no domain': await present(holder, { challenge: asked.challenge }),
      'another holder': await present(holder, asked, createHolder().did),
      'a holder with a server': await present(holder, asked, 'did:web:holder.example'),
      'nobody’s signature': { '@context': [V2], type: ['VerifiablePresentation'], holder: holder.did },
      'a changed member': { ...(await present(holder, asked)), id: 'urn:uuid:1' },
      'not a presentation': { type: ['Other'] },
    };
    for (const [what, verifiablePresentation] of Object.entries(wrong)) {
      const { status, body } = await say(exchange, { verifiablePresentation });
      expect([what, status]).toEqual([what, 400]);
      expect(body.pointer ?? body.errors?.[0].pointer, what).toMatch(/^\/verifiablePresentation/);
    }
    expect(await stateOf(exchange)).toMatchObject({ state: 'active', sequence: 1, lastError: { status: 400 } });
    // The right answer is as good as before; a copy of it opens nothing, here or in the other exchange.
    const right = await present(holder, asked);
    expect((await say(exchange, { verifiablePresentation: right })).status).toBe(200);
    expect((await say(exchange, { verifiablePresentation: right })).status).toBe(409);
    expect((await say(elsewhere.exchange, { verifiablePresentation: right })).status).toBe(400);
  });

  it('asks nobody for the keys of whoever answers (PR-8)', async () => {
    const { exchange } = await offered();
    const { challenge, domain } = await ask(exchange);
    const did = 'did:web:holder.example';
    const part = (one: object) => Buffer.from(JSON.stringify(one)).toString('base64url');
    const said = { '@context': [V2], type: ['VerifiablePresentation'] };
    const claims = { ...said, iss: did, nonce: challenge, aud: domain };
    const token = `${part({ alg: 'EdDSA', typ: 'vp+jwt', kid: `${did}#k` })}.${part(claims)}.${part({})}`;
    const proof = { type: 'DataIntegrityProof', cryptosuite: 'eddsa-rdfc-2022', proofPurpose: 'authentication' };
    const answers: JsonObject[] = [
      { '@context': V2, type: 'EnvelopedVerifiablePresentation', id: `data:application/vp+jwt,${token}` },
      { ...said, proof: { ...proof, verificationMethod: `${did}#k`, challenge, domain, proofValue: 'z1' } },
    ];
    for (const verifiablePresentation of answers) {
      const { status, body } = await say(exchange, { verifiablePresentation });
      expect([status, body.errors[0].code]).toEqual([400, 'holder_method']);
    }
  });

  it('asks anew when an answer took longer than five minutes', async () => {
    const { exchange } = await offered();
    const asked = await ask(exchange);
    const holder = createHolder();
    now += 300_000;
    const late = await say(exchange, { verifiablePresentation: await present(holder, asked) });
    expect([late.status, late.body.code]).toEqual([400, 'no_challenge']);
    expect((await ask(exchange)).challenge).not.toBe(asked.challenge);
    expect((await answer(exchange, holder)).status).toBe(200);
  });

  it('is over with its offer, and says why', async () => {
    const withdrawn = await offered();
    const revoked = await offered();
    await call('POST', `/v1/offers/${withdrawn.offer.id}/withdraw`, key);
    expect((await say(withdrawn.exchange, {})).status).toBe(410);
    expect(await stateOf(withdrawn.exchange)).toMatchObject({ state: 'invalid', lastError: { status: 410 } });
    expect((await call('GET', pathOf(withdrawn.offer.interactionUrl))).status).toBe(410);
    const asked = await ask(revoked.exchange);
    const change = { action: 'revoke', reason: 'For a test' };
    await call('POST', `/v1/credentials/${revoked.credentialId}/status`, key, change);
    const verifiablePresentation = await present(createHolder(), asked);
    const gone = await say(revoked.exchange, { verifiablePresentation });
    expect([gone.status, gone.body.code]).toEqual([410, 'award_revoked']);
    expect(await stateOf(revoked.exchange)).toMatchObject({ state: 'invalid' });
    expect((await say(revoked.exchange, {})).status).toBe(410);
  });

  it('is no way around a code', async () => {
    const { offer, protocols } = await offered({ confirmation: 'txCode' });
    expect(Object.keys(protocols).sort()).toEqual(['interact', 'oid4vci-1.0']);
    const secret = offer.claimUrl.split('/').at(-1);
    const refused = await say(`/vc-api/workflows/claim/exchanges/${secret}`, {});
    expect([refused.status, refused.body.code]).toEqual([409, 'confirmation_required']);
    const opened = await call('POST', '/vc-api/workflows/claim/exchanges', key, { variables: { offer: offer.id } });
    expect(opened.status).toBe(409);
  });

  it('is opened and read by the institution whose offer it is', async () => {
    const { offer, exchange, protocols } = await offered();
    const open = (as: string | undefined, variables: object = { offer: offer.id }) =>
      call('POST', '/vc-api/workflows/claim/exchanges', as, { variables });
    expect(await open(key)).toMatchObject({ status: 201, body: { id: protocols.vcapi, expires: offer.expiresAt } });
    expect([(await open(other)).status, (await open(undefined)).status]).toEqual([404, 401]);
    expect((await open(key, { offer: offer.id, more: 1 })).status).toBe(400);
    expect((await call('GET', exchange, other)).status).toBe(404);
    expect((await call('GET', exchange)).status).toBe(401);
    const workflow = (await call('GET', '/vc-api/workflows/claim')).body;
    expect(workflow).toMatchObject({ initialStep: 'didAuthentication', steps: { didAuthentication: {} } });
    for (const path of ['/vc-api/workflows/other', exchange.replace('claim', 'other')]) {
      expect((await call('GET', path, key)).status, path).toBe(404);
    }
    expect((await say(exchange.slice(0, -1), {})).status).toBe(404);
  });

  it('refuses what it does not know, before anything is verified', async () => {
    const { exchange, offer } = await offered();
    const bad: object[] = [
      { verifiablePresentationRequest: {} },
      { referenceId: 'x' },
      { options: {} },
      { verifiablePresentation: 'x' },
      { verifiablePresentation: [] },
      [],
    ];
    for (const message of bad) expect((await say(exchange, message)).status, JSON.stringify(message)).toBe(400);
    const large = { verifiablePresentation: { pad: 'x'.repeat(300_000) } };
    expect((await say(exchange, large)).status).toBe(413);
    expect(await stateOf(exchange)).toMatchObject({ state: 'pending', sequence: 0 });
    const page = await call('GET', pathOf(offer.interactionUrl), undefined, undefined, { accept: 'text/html' });
    expect(page.status).toBe(303);
    expect((await call('GET', pathOf(offer.interactionUrl).replace('iuv=1', 'iuv=2'))).status).toBe(400);
    expect((await call('GET', '/vc-api/interactions/00000000000000000000000000000000?iuv=1')).status).toBe(404);
  });
});
