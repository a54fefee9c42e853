import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ResponseLog, validateResponses } from '../support/responses.ts';
import { dataIntegrityKeys, type Keys, tokenKeys } from './support/wallet.ts';
import { openWorld, type World } from './support/world.ts';

let on: World;
let log: ResponseLog;
let keys: Keys;
let tokens: Keys;
beforeAll(async () => {
  on = await openWorld({
    onServer: (server) => {
      log = validateResponses(server);
    },
  });
  keys = dataIntegrityKeys(on.service.publicUrl);
  tokens = await tokenKeys();
}, 60_000);
afterAll(async () => {
  await on.close();
  expect([...new Set(log.violations)]).toEqual([]);
});

describe('OpenID4VP 1.0: a wallet of others answers', () => {
  it('reads a request that is signed by the DID of the service', async () => {
    const { links } = await on.ask({ badges: [{ achievement: on.definitions[0] }] });
    const { payload, version } = await on.wallet.resolve(links.other);
    // 100: nothing in it is of a draft.
    expect(version).toBe(100);
    expect(payload).toMatchObject({
      ...{ response_type: 'vp_token', response_mode: 'direct_post', aud: 'https://self-issued.me/v2' },
      client_id: expect.stringMatching(/^decentralized_identifier:did:web:localhost%3A\d+$/),
      nonce: expect.stringMatching(/^[0-9a-z]{26}$/),
      state: expect.stringMatching(/^[0-9a-z]{26}$/),
      client_metadata: { vp_formats_supported: { ldp_vc: expect.anything(), jwt_vc_json: expect.anything() } },
    });
    for (const absent of ['redirect_uri', 'presentation_definition', 'client_id_scheme']) {
      expect(payload).not.toHaveProperty(absent);
    }
  });

  it('with the one badge that an employer asks for', async () => {
    const { document } = await on.award(0, keys.did);
    const request = await on.ask({ badges: [{ achievement: on.definitions[0] }] });
    const asked = await on.wallet.resolve(request.links.other);
    expect((await on.read(request)).body).toMatchObject({ stage: 'waiting' });
    const vp_token = await on.wallet.vpToken(asked, [document, (await on.award(2, keys.did)).document], keys);
    expect(Object.keys(vp_token)).toEqual(['badge1_ldp']);
    expect(await on.wallet.submit(asked, { vp_token })).toEqual({ status: 200, body: {} });
    const { body } = await on.read(request);
    expect(body).toMatchObject({
      stage: 'answered',
      badges: [{ holderShown: true, holder: keys.did, report: { verdict: 'valid', credential: { id: document.id } } }],
    });
  });

  it('with two badges that are asked for, one a token and one a document', async () => {
    const first = await on.award(0, keys.did);
    const second = await on.award(1, tokens.did);
    const request = await on.ask({ badges: [{ achievement: on.definitions[0] }, { name: 'SPECIMEN Unit Two' }] });
    const asked = await on.wallet.resolve(request.links.other);
    const vp_token = {
      ...(await on.wallet.vpToken({ ...asked, query: part(asked, 0) }, [first.document], keys)),
      ...(await on.wallet.vpToken({ ...asked, query: part(asked, 1) }, [second.token], tokens)),
    };
    expect(Object.keys(vp_token)).toEqual(['badge1_ldp', 'badge2_jwt']);
    expect(await on.wallet.submit(asked, { vp_token })).toEqual({ status: 200, body: {} });
    const { badges } = (await on.read(request)).body as { badges: { holder: string }[] };
    expect(badges.map(({ holder }) => holder)).toEqual([keys.did, tokens.did]);
  });

  it.each(['ldp', 'jwt'] as const)('with what it holds toward a pathway (%s)', async (form) => {
    const by = form === 'ldp' ? keys : tokens;
    const awards = [await on.award(0, by.did), await on.award(1, by.did), await on.award(2, by.did)];
    const held = awards.map(({ document, token }) => (form === 'ldp' ? document : token));
    const request = await on.ask({ pathway: on.pathway });
    const asked = await on.wallet.resolve(request.links.other);
    const vp_token = await on.wallet.vpToken(asked, held, by);
    // The pathway names what it takes, so that nothing else is shown.
    expect(vp_token[`badge1_${form}`]).toHaveLength(2);
    expect(await on.wallet.submit(asked, { vp_token })).toEqual({ status: 200, body: {} });
    const { body } = await on.read(request);
    expect(body).toMatchObject({ stage: 'answered', stack: { outcome: 'met' } });
    expect(body.badges).toHaveLength(2);
  });

  it('with badges toward a pathway that it holds by two keys, which answer together', async () => {
    const other = dataIntegrityKeys(on.service.publicUrl);
    const [one, two] = [await on.award(0, keys.did), await on.award(1, other.did)];
    const request = await on.ask({ pathway: on.pathway });
    const asked = await on.wallet.resolve(request.links.other);
    const bound = { nonce: asked.payload.nonce, clientId: asked.payload.client_id };
    const badge1_ldp = [await keys.present([one.document], bound), await other.present([two.document], bound)];
    expect(await on.wallet.submit(asked, { vp_token: { badge1_ldp } })).toEqual({ status: 200, body: {} });
    const { body } = await on.read(request);
    expect(body).toMatchObject({ stack: { outcome: 'met' }, badges: [{ holder: keys.did }, { holder: other.did }] });
  });

  it.each(['ldp', 'jwt'] as const)('with a badge that names no key, and says so (%s)', async (form) => {
    const { document, token } = await on.award(0);
    const request = await on.ask({ badges: [{ achievementType: 'MicroCredential' }] });
    const asked = await on.wallet.resolve(request.links.other);
    const vp_token = await on.wallet.vpToken(asked, [form === 'ldp' ? document : token], keys);
    expect(Object.keys(vp_token)).toEqual([`badge1_${form}_bearer`]);
    expect(await on.wallet.submit(asked, { vp_token })).toEqual({ status: 200, body: {} });
    const { body } = await on.read(request);
    expect(body).toMatchObject({ badges: [{ holderShown: false, report: { verdict: 'valid' } }] });
    expect((body.badges as object[])[0]).not.toHaveProperty('holder');
  });

  it('cannot answer with such a badge where the holder has to be shown', async () => {
    const request = await on.ask({ badges: [{ name: 'SPECIMEN Unit One' }], holderBinding: 'required' });
    const asked = await on.wallet.resolve(request.links.other);
    await expect(on.wallet.vpToken(asked, [(await on.award(0)).document], keys)).rejects.toThrow('no such badge');
  });

  it('is told about a badge that was revoked: that is no fault of the answer', async () => {
    const { document, id } = await on.award(0, keys.did);
    await on.revoke(id);
    const request = await on.ask({ badges: [{ achievement: on.definitions[0] }] });
    const asked = await on.wallet.resolve(request.links.other);
    const vp_token = await on.wallet.vpToken(asked, [document], keys);
    expect((await on.wallet.submit(asked, { vp_token })).status).toBe(200);
    const { body } = await on.read(request);
    expect(body).toMatchObject({ badges: [{ holderShown: true, report: { verdict: 'invalid' } }] });
  });

  it('declines, and the asker learns no more than that', async () => {
    const request = await on.ask({ pathway: on.pathway });
    const asked = await on.wallet.resolve(request.links.other);
    expect(await on.wallet.submit(asked, { error: 'access_denied' })).toEqual({ status: 200, body: {} });
    const { body } = await on.read(request);
    expect(body).toMatchObject({ stage: 'declined', error: 'access_denied' });
    expect(body).not.toHaveProperty('badges');
  });
});

/** Only the nth thing that was asked. */
function part({ query }: Awaited<ReturnType<World['wallet']['resolve']>>, nth: number) {
  const set = query.credential_sets![nth]!;
  const ids = new Set(set.options.flat());
  const credentials = query.credentials.filter(({ id }) => ids.has(id));
  return { credentials, credential_sets: [set] } as unknown as typeof query;
}
