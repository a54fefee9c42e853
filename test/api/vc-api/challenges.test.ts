import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '#kernel';
import { createHolder, presentationOf } from './holder.ts';
import { changed, openVcApi, V2, type VcApi } from './world.ts';

let api: VcApi;
let now = Date.now();
let credential: JsonObject;
const holder = createHolder();
beforeAll(async () => {
  api = await openVcApi({ clock: { now: () => new Date(now) } }, { keys: false });
  credential = await api.issued(
    api.credential({ '@context': [V2], credentialSubject: { id: holder.did, name: 'Maria Specimen' } }),
  );
});
afterAll(() => api.close());

const challenge = async () => {
  const made = await api.call<{ challenge: string }>('POST', '/vc-api/challenges', { key: api.issuer });
  expect([made.status, Object.keys(made.body)]).toEqual([200, ['challenge']]);
  return made.body.challenge;
};
const present = (bound: { challenge?: string; domain?: string } = {}) =>
  holder.present(presentationOf(holder.did, credential), bound);
const verify = (verifiablePresentation: JsonObject, options: JsonObject = {}) =>
  api.verifyPresentation({ verifiablePresentation, options });
const CHALLENGE_ERROR = 'https://w3id.org/security#INVALID_CHALLENGE_ERROR';

describe('VCALM: Verify Presentation', () => {
  it('signed by its holder, with everything in it', async () => {
    const signed = await present();
    const answer = await verify(signed, {
      challenge: 'asked by the test',
      returnPresentation: true,
      returnResults: true,
    });
    expect([answer.status, answer.text]).toEqual([200, answer.text]);
    expect(answer.body).toMatchObject({ verified: true, errors: [], presentation: signed });
    expect(answer.body.credentials).toMatchObject([{ verified: true }]);
    expect(answer.body.results.presentation.holder).toBe(holder.did);
  });

  it('unsigned: it says nothing about who holds it, and its credentials are verified', async () => {
    const unsigned = presentationOf(undefined, credential);
    for (const member of ['presentation', 'verifiablePresentation']) {
      const answer = await api.verifyPresentation({ [member]: unsigned });
      expect(answer.body).toMatchObject({ verified: true, credentials: [{ verified: true }] });
    }
    const asked = await api.verifyPresentation({ presentation: unsigned, options: { challenge: 'x' } });
    expect(asked.body).toMatchObject({ verified: false });
  });

  it('one credential that does not verify, and it does not', async () => {
    const other = { ...credential, validFrom: '2026-01-02T00:00:00Z' };
    const signed = await holder.present(presentationOf(holder.did, credential, other));
    const answer = await verify(signed, { challenge: 'asked by the test' });
    expect([answer.status, answer.body.verified]).toEqual([200, false]);
    expect(answer.body.credentials.map((one: { verified: boolean }) => one.verified)).toEqual([true, false]);
  });

  it('PR-2: made for another question or another domain', async () => {
    const bound = { challenge: 'one', domain: 'https://school.example' };
    const signed = await present(bound);
    expect((await verify(signed, bound)).body.verified).toBe(true);
    for (const other of [
      { ...bound, challenge: 'two' },
      { ...bound, domain: 'https://other.example' },
    ]) {
      const answer = await verify(signed, other);
      expect(answer.body.verified).toBe(false);
      expect(answer.body.errors[0].type).toMatch(/INVALID_(?:CHALLENGE|DOMAIN)_ERROR$/);
    }
    const noDomain = await present({ challenge: 'one' });
    expect((await verify(noDomain, bound)).body.verified).toBe(false);
  });

  it('by somebody else than its holder, or changed afterwards', async () => {
    const stolen = await createHolder().present(presentationOf(holder.did, credential));
    expect((await verify(stolen, { challenge: 'asked by the test' })).body.verified).toBe(false);
    const signed = await present();
    const swapped = changed(signed, (copy) => Object.assign(copy, { holder: createHolder().did }));
    expect((await verify(swapped, { challenge: 'asked by the test' })).body.verified).toBe(false);
  });

  it('The verifiableCredential values MUST NOT be non-object values; the holder a URL or an object with an id', async () => {
    for (const value of ['https://specimen.example/1', 5, null, 'eyJ']) {
      const answer = await api.verifyPresentation({
        presentation: { ...presentationOf(undefined), verifiableCredential: [value] },
      });
      expect([answer.status === 400 || answer.body.verified === false, answer.text]).toEqual([true, answer.text]);
    }
    for (const wrong of [{ name: 'x' }, 5, 'not a url']) {
      const answer = await api.verifyPresentation({ presentation: { ...presentationOf(undefined), holder: wrong } });
      expect(answer.body.verified).toBe(false);
    }
    const named = await holder.present({ ...presentationOf(undefined, credential), holder: { id: holder.did } });
    expect((await verify(named, { challenge: 'asked by the test' })).body.verified).toBe(true);
  });

  it('type MUST be present and include VerifiablePresentation; exactly one of the two members', async () => {
    for (const type of [undefined, ['Other'], 'Other', []]) {
      const answer = await api.verifyPresentation({ presentation: { ...presentationOf(undefined), type } });
      expect([answer.status === 400 || answer.body.verified === false, answer.text]).toEqual([true, answer.text]);
    }
    for (const body of [
      {},
      { presentation: {}, verifiablePresentation: {} },
      { presentation: [] },
      { presentation: 'x' },
    ]) {
      expect((await api.verifyPresentation(body)).status).toBe(400);
    }
  });

  it('VCDM 2.0 section 4.13.3: a self-asserted credential needs the holder to be its issuer', async () => {
    const own = { ...api.credential({ '@context': [V2] }), issuer: holder.did, credentialSubject: { id: holder.did } };
    const question = { challenge: 'asked by the test' };
    expect((await verify(await holder.present(presentationOf(holder.did, own)), question)).body.verified).toBe(true);
    for (const present of [
      presentationOf(undefined, own),
      presentationOf(holder.did, { ...own, issuer: 'did:example:x' }),
    ]) {
      expect((await verify(await holder.present(present), question)).body.verified).toBe(false);
    }
  });

  it('VCDM 2.0 section 4.13.1: an enveloped credential inside is opened and verified by itself', async () => {
    const { '@context': _, ...rest } = api.credential({ credentialSubject: { id: holder.did, name: 'Maria' } });
    const envelope = await api.issued({ '@context': [V2], ...rest }, 'vc-jwt');
    const question = { challenge: 'asked by the test' };
    const good = await verify(await holder.present(presentationOf(holder.did, credential, envelope)), question);
    expect([good.body.verified, good.body.credentials.length, good.text]).toEqual([true, 2, good.text]);
    const id = String(envelope.id);
    const forged = { ...envelope, id: `${id.slice(0, -8)}AAAAAAAA` };
    const bad = await verify(await holder.present(presentationOf(holder.did, credential, forged)), question);
    expect(bad.body.credentials.map((one: { verified: boolean }) => one.verified)).toEqual([true, false]);
    expect(bad.body.verified).toBe(false);
  });

  it('413 for more credentials than are looked at', async () => {
    const many = presentationOf(undefined, ...Array.from({ length: 21 }, () => credential));
    const answer = await api.verifyPresentation({ presentation: many });
    expect([answer.status, answer.body.type]).toEqual([413, 'urn:tatak:problem:payload-too-large']);
  });

  it('unknown options are refused by name', async () => {
    const answer = await verify(await present(), { verificationMethod: 'x' });
    expect([answer.status, answer.body.type]).toEqual([400, 'https://www.w3.org/TR/vcalm#UNKNOWN_OPTION_PROVIDED']);
  });
});

describe('PR-1: a challenge of ours is good once', () => {
  it('the same presentation 50 times at once: one is accepted', async () => {
    const asked = await challenge();
    const signed = await present({ challenge: asked });
    const answers = await Promise.all(Array.from({ length: 50 }, () => verify(signed, { challenge: asked })));
    expect(answers.filter(({ body }) => body.verified)).toHaveLength(1);
    for (const { body } of answers.filter((one) => !one.body.verified)) {
      expect(body.errors).toMatchObject([{ type: CHALLENGE_ERROR, code: 'challenge_used' }]);
    }
  });

  it('again later, under another presentation, or without repeating the challenge: refused', async () => {
    const asked = await challenge();
    const signed = await present({ challenge: asked });
    expect((await verify(signed)).body.verified).toBe(true);
    expect((await verify(signed)).body.verified).toBe(false);
    expect((await verify(signed, { challenge: asked })).body.verified).toBe(false);
    expect((await verify(await present({ challenge: asked }), { challenge: asked })).body.verified).toBe(false);
  });

  it('a presentation that fails takes nothing away', async () => {
    const asked = await challenge();
    const wrong = await present({ challenge: 'another' });
    expect((await verify(wrong, { challenge: asked })).body.verified).toBe(false);
    expect((await verify(await present({ challenge: asked }), { challenge: asked })).body.verified).toBe(true);
  });

  it('after five minutes, after it is forgotten, or never made: refused', async () => {
    const asked = await challenge();
    const signed = await present({ challenge: asked });
    now += 300_000;
    expect((await verify(signed, { challenge: asked })).body.verified).toBe(false);
    now += 3_600_000;
    await challenge();
    expect(await api.app.storage.reader.challenge(asked)).toBeUndefined();
    expect((await verify(signed, { challenge: asked })).body.verified).toBe(false);
    const invented = `tatak-challenge-${'0'.repeat(26)}`;
    expect((await verify(await present({ challenge: invented }), { challenge: invented })).body.verified).toBe(false);
  });

  it('a challenge that the caller chose is compared, and remembered by the caller', async () => {
    const signed = await present({ challenge: 'mine' });
    for (let n = 0; n < 2; n++) expect((await verify(signed, { challenge: 'mine' })).body.verified).toBe(true);
  });

  it('has 128 random bits', async () => {
    const made = [await challenge(), await challenge()];
    expect(made[0]).toMatch(/^tatak-challenge-[0-9a-z]{26}$/);
    expect(made[0]).not.toBe(made[1]);
  });
});
