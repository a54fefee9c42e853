import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '#kernel';
import { openWorld, type WalletWorld } from '../wallets/support/world.ts';
import { tatak as inProcess } from './support/tatak.ts';

let world: WalletWorld;
let options: string[];

const tatak = (...args: string[]) => inProcess(args);

const file = (name: string) => join(world.directory, name);

beforeAll(async () => {
  world = await openWorld();
  writeFileSync(file('issuer.key'), `${world.issuerKey}\n`, { mode: 0o600 });
  options = ['--url', world.publicUrl, '--key-file', file('issuer.key')];
});
afterAll(() => world.close());

async function create(...more: string[]) {
  const credential = await world.credentialOf(world.achievementId, world.issuerKey);
  return tatak('offer', 'create', credential, ...options, ...more);
}

describe('tatak offer', () => {
  it('offers an award, and a wallet of two files takes it', async () => {
    const made = await create();
    expect(made.out).toMatch(
      /^offer [0-9a-z]{26}, until \S+\n {2}browser http\S+\n {2}wallet {2}openid-credential-offer:\S+\n$/,
    );
    const link = /wallet {2}(\S+)/.exec(made.out)![1]!;
    const claimed = await tatak('offer', 'claim', link, '--out', file('badge.json'));
    expect(claimed.err).toBe('');
    expect(claimed.out).toMatch(
      /badge\.json: a badge of http\S+, bound to did:key:z6Mk\w+\n.*its key, keep it\nlocalhost:\d+ says: /,
    );
    expect(claimed.code).toBe(0);
    const badge = JSON.parse(readFileSync(file('badge.json'), 'utf8')) as { credentialSubject: JsonObject };
    expect(claimed.out).toContain(`bound to ${String(badge.credentialSubject.id)}`);
    expect(statSync(file('badge.json.key')).mode & 0o777).toBe(0o600);
    // It is taken: the same link gives nothing more.
    const again = await tatak('offer', 'claim', link, '--out', file('again.json'));
    expect([again.code, again.err, existsSync(file('again.json'))]).toEqual([
      ...[1, 'not claimed: the offer cannot be had: this offer is over\n', false],
    ]);
  });

  it('asks for the code, keeps its key and speaks JSON', async () => {
    const made = JSON.parse((await create('--confirmation', 'txCode', '--days', '3', '--json')).out) as Record<
      string,
      string
    >;
    const claim = (...more: string[]) =>
      tatak('offer', 'claim', made.credentialOfferUri!, '--key', file('badge.json.key'), ...more, '--json');
    expect((await claim('--out', file('token.jwt'))).err).toContain('--tx-code is missing');
    const wrong = made.txCode === '000000' ? '000001' : '000000';
    const refused = await claim('--out', file('token.jwt'), '--tx-code', wrong);
    expect([refused.code, JSON.parse(refused.out)]).toEqual([
      1,
      { claimed: false, detail: 'the code is not right, or the offer is over' },
    ]);
    expect(existsSync(file('token.jwt'))).toBe(false);
    const taken = await claim('--out', file('token.jwt'), '--tx-code', made.txCode!, '--format', 'jwt_vc_json');
    expect([taken.code, JSON.parse(taken.out)]).toEqual([
      0,
      expect.objectContaining({ claimed: true, format: 'jwt_vc_json', issuer: world.issuer, verdict: 'valid' }),
    ]);
    expect(readFileSync(file('token.jwt'), 'utf8')).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
    const seen = await world.call<{ acceptedAt?: string }>('GET', `/v1/offers/${made.id}`, { key: world.issuerKey });
    expect(seen.body.acceptedAt).toBeDefined();
  });

  it('cannot take what mail confirms', async () => {
    const made = JSON.parse((await create('--confirmation', 'email', '--json')).out) as Record<string, string>;
    const refused = await tatak('offer', 'claim', made.credentialOfferLink!, '--out', file('mail.json'));
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('confirmed by mail')]);
    const page = await tatak('offer', 'claim', made.claimUrl!, '--out', file('mail.json'));
    expect([page.code, page.err]).toEqual([2, expect.stringContaining('in a browser')]);
    expect(existsSync(file('mail.json.key'))).toBe(false);
  });

  it('refuses what it cannot do, before anything is written', async () => {
    const out = ['--out', file('none.json')];
    for (const args of [
      ['create'],
      ['create', 'x', 'y', ...options],
      ['create', 'x'],
      ['create', 'x', '--url', world.publicUrl],
      ['create', 'x', ...options],
      ['create', 'x', ...options, '--confirmation', 'toString'],
      ['create', 'x', ...options, '--days', 'x'],
      ['claim'],
      ['claim', 'openid-credential-offer://?x=y', ...out],
      ['claim', 'openid-credential-offer://?credential_offer=%7B%7D', ...out],
      ['claim', 'http://badges.example/claim/x', ...out],
      ['claim', 'file:///etc/passwd', ...out],
      ['claim', `${world.publicUrl}/`, ...out],
      ['claim', 'openid-credential-offer://?credential_offer_uri=http%3A%2F%2F10.0.0.1%2F', ...out],
      ['claim', 'x', '--out', file('issuer.key')],
      ['claim', 'x', ...out, '--format', 'mso_mdoc'],
      ['claim', 'x', ...out, '--wait', 'long'],
      ['claim', 'x'],
    ]) {
      expect([args, (await tatak('offer', ...args)).code]).toEqual([args, 2]);
    }
    const unknown = await tatak('offer', 'claim', `${world.issuer}/oid4vci/offers/${'0'.repeat(32)}`, ...out);
    expect([unknown.code, unknown.err]).toEqual([1, expect.stringContaining('cannot be had')]);
    expect((await tatak('offer', 'create', 'x', ...options)).err).toMatch(/^\/credentialId: /);
    expect([existsSync(file('none.json')), existsSync(file('none.json.key'))]).toEqual([false, false]);
  });
});
