import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { node } from '../support/pathway-world.ts';
import { presentationProof, type WalletKey, walletKey } from './support/keys.ts';
import { openWorld, type PlainWallet, plainWallet, postForm, SLUG, type WalletWorld } from './support/world.ts';

// biome-ignore lint/suspicious/noExplicitAny: as the service says
type Said = any;

let world: WalletWorld;
let wallet: PlainWallet;
beforeAll(async () => {
  world = await openWorld();
  wallet = plainWallet(world);
});
afterAll(() => world.close());

async function must(path: string, body: object): Promise<Said> {
  const made = await world.call<Said>('POST', path, { key: world.issuerKey, body });
  if (made.status > 299) throw new Error(`${path}: ${made.text}`);
  return made.body;
}

/** Two awards of one kind to one key; of the first there are the web copy and a copy for each of two keys. */
async function awarded(extension: boolean, statusPurpose = 'revocation') {
  const achievement = { name: `SPECIMEN Unit ${extension}`, description: 'D', criteria: { narrative: 'N' } };
  const { achievementId } = await must('/v1/achievements', { achievement, extension, statusPurpose });
  const keys: [WalletKey, WalletKey] = [walletKey(), walletKey()];
  const issue = async () => {
    const recipients = [{ subjectId: keys[0].did.key }];
    return (await must('/v1/credentials', { achievementId, recipients })).credentials[0];
  };
  const [web, another] = [await issue(), await issue()];
  const { id: offerId, claimUrl } = await must('/v1/offers', { credentialId: web.id, confirmation: 'none' });
  const offer = { offerId, credentialId: web.id, achievementId, secret: claimUrl.split('/').at(-1), link: '' };
  const token = await wallet.token(offer);
  const nonce = await wallet.nonce();
  const jwt = await Promise.all(keys.map((key) => key.proof({ aud: world.issuer, nonce })));
  const given = await wallet.credential(token, { credential_configuration_id: 'badge.ldp_vc', proofs: { jwt } });
  const [copy, second] = (given.body.credentials as Said[]).map(({ credential }) => credential);
  return { achievementId, keys, offerId, web, another, copy, second };
}

const found = async (credential: object) => {
  const { body } = await world.call<Said>('POST', '/v1/verifications', { body: { credential } });
  return [body.verdict, body.checks.find(({ check }: Said) => check === 'status').code];
};
const change = (id: string, action: string) =>
  must(`/v1/credentials/${id.split('/').at(-1)}/status`, { action, reason: 'For a test' });

describe.each([true, false])('the copies of one award (extension: %s)', { timeout: 60_000 }, (extension) => {
  it('count once in a stack', async () => {
    const { achievementId, web, another, copy } = await awarded(extension);
    expect(JSON.stringify(copy).includes('awardId')).toBe(extension);
    const items = [{ achievement: `${world.publicUrl}/achievements/${achievementId}` }];
    const two = node('chooseN', 'two', { min: 2, repeatable: true, items });
    const pathway = await must('/v1/pathways', { name: `SPECIMEN Twice ${extension}`, stackingRule: two });
    const stack = async (...credentials: object[]) =>
      (await world.call<Said>('POST', '/v1/evaluations', { body: { pathway: pathway.url, credentials } })).body;
    expect(await stack(web.credential, another.credential)).toMatchObject({ outcome: 'met' });
    expect(await stack(copy, another.credential)).toMatchObject({ outcome: 'met' });
    for (const credentials of [
      [web.credential, copy],
      [copy, web.credential],
    ]) {
      const { outcome, evaluation } = await stack(...credentials);
      expect(outcome).not.toBe('met');
      expect(evaluation.surplus.map(({ reasons }: Said) => reasons[0].code)).toEqual(['same_award']);
    }
  });

  it('are one badge in an answer of a wallet', async () => {
    const { keys, web, another, copy, second } = await awarded(extension);
    const ask = async () => {
      const body = { badges: [{ name: `SPECIMEN Unit ${extension}` }] };
      const { requestId } = (await world.call<Said>('POST', '/v1/presentation-requests', { body })).body;
      const url = `/oid4vp/requests/${requestId}`;
      const { text } = await world.call('GET', url);
      const asked = JSON.parse(Buffer.from(text.split('.')[1]!, 'base64url').toString());
      return async (query: string, shown: object[]) =>
        postForm(`${world.publicUrl}${url}/response`, {
          state: asked.state,
          vp_token: JSON.stringify({ [query]: await Promise.all(shown.map((one) => shownBy(asked, one))) }),
        });
    };
    const shownBy = ({ nonce, client_id }: Said, of: Said) => {
      if (!of.key) return of;
      const more = { '@context': of.badge['@context'], verifiableCredential: [of.badge] };
      return presentationProof(of.key, { challenge: nonce, domain: client_id, more });
    };
    const by = (key: WalletKey, badge: object) => ({ key, badge });
    const bearer: [string, object[]] = ['badge1_ldp_bearer', [web.credential, copy]];
    // The wallet of these tests does not know the context of the extension.
    const bound: [string, object[]][] = [
      ['badge1_ldp', [by(keys[0], copy), by(keys[1], second)]],
      ['badge1_ldp', [by(keys[0], web.credential), by(keys[0], copy)]],
    ];
    for (const [query, shown] of extension ? [bearer] : [bearer, ...bound]) {
      const { status, body } = await (await ask())(query, shown);
      expect([status, body.error_description]).toEqual([400, expect.stringContaining('same award twice')]);
    }
    const { status, text } = await (await ask())('badge1_ldp_bearer', [copy, another.credential]);
    expect([status, text]).toEqual([200, '{}']);
  });

  it('stand and fall together, whichever of them is named', async () => {
    const { offerId, web, copy, second } = await awarded(extension, 'suspension');
    const all = () => Promise.all([web.credential, copy, second].map(found));
    const each = (...one: string[]) => [one, one, one];
    expect(await all()).toEqual(each('valid', 'not_suspended'));
    await change(copy.id, 'suspend');
    expect(await all()).toEqual(each('invalid', 'suspended'));
    await change(second.id, 'reinstate');
    expect(await all()).toEqual(each('valid', 'not_suspended'));
    await change(second.id, 'revoke');
    expect((await all()).map(([verdict]) => verdict)).toEqual(['invalid', 'invalid', 'invalid']);
    const offer = await world.app.storage.reader.offer(offerId);
    expect(offer).toMatchObject({ state: 'taken', tenant: SLUG });
  });
});
