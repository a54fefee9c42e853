import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type App, assemble, type Overrides, readConfig, readSecrets } from '#app';
import { systemClock } from '#kernel';
import { QUICK_KEYS } from '../support/unlimited-requests.ts';
import { anOffer, bearer, redeem, SLUG } from './support/world.ts';

// Between those of other tests.
let nextPort = 8_600 + (process.pid % 70) * 16;
const open: App[] = [];
const directories: string[] = [];
afterEach(async () => {
  for (const app of open.splice(0)) await app.close();
  for (const directory of directories.splice(0)) rmSync(directory, { recursive: true, force: true });
});

/** One data directory for several services, at once or one after another, under one public address. */
function place() {
  const directory = mkdtempSync(join(tmpdir(), 'tatak-oauth-'));
  directories.push(directory);
  const publicUrl = `http://localhost:${nextPort}`;
  return async (overrides: Overrides = {}) => {
    const settings = {
      ...{ TATAK_PUBLIC_URL: publicUrl, TATAK_PORT: String(nextPort++), TATAK_TLS_PORT: String(nextPort++) },
      ...{ TATAK_DATA: directory, TATAK_LOG_LEVEL: 'silent' },
    };
    const config = readConfig(settings);
    const rateLimits = { address: 1e9, key: 1e9, expensive: 1e9, guesses: 1e9 };
    const app = await assemble(config, readSecrets(settings, config), { ...QUICK_KEYS, rateLimits, ...overrides });
    await app.start();
    open.push(app);
    return { app, server: app.server, issuer: `${config.publicUrl}/institutions/${SLUG}` };
  };
}

const codeOf = ({ app }: { app: App }) =>
  app.oauth.createPreAuthorizedCode({ tenant: SLUG, offerId: anOffer(), needsTxCode: false });

describe('one store, several processes', () => {
  it('redeem one code once between them, and take each other’s tokens', async () => {
    const start = place();
    const [one, two] = [await start(), await start()];
    const code = await codeOf(one);
    const answers = await Promise.all(Array.from({ length: 50 }, (_, n) => redeem(n % 2 ? one : two, code)));
    const won = answers.filter(({ status }) => status === 200);
    expect(won).toHaveLength(1);
    const { body } = await redeem(one, await codeOf(two));
    for (const { app, issuer } of [one, two]) {
      expect(await app.oauth.walletToken(bearer(body.access_token), issuer)).toBeDefined();
    }
  });

  it('go on after a restart with codes, tokens and keys of before', async () => {
    const start = place();
    const first = await start();
    const [code, other] = [await codeOf(first), await codeOf(first)];
    const { body } = await redeem(first, code);
    const keys = (await first.server.inject('/oauth/jwks')).body;
    open.splice(open.indexOf(first.app), 1);
    await first.app.close();
    const second = await start();
    expect(await second.app.oauth.walletToken(bearer(body.access_token), second.issuer)).toBeDefined();
    expect((await redeem(second, code)).body.error).toBe('invalid_grant');
    expect(await second.app.oauth.walletToken(bearer(body.access_token), second.issuer)).toBeUndefined();
    expect((await redeem(second, other)).status).toBe(200);
    expect((await second.server.inject('/oauth/jwks')).body).toBe(keys);
  });
});

describe('what is over', () => {
  it('is refused from that second on, and forgotten', async () => {
    let ahead = 0;
    const clock = { now: () => new Date(systemClock.now().getTime() + ahead) };
    const world = await place()({ clock });
    const [code, late] = [await codeOf(world), await codeOf(world)];
    const { body } = await redeem(world, code);
    ahead = 599_000;
    expect(await world.app.oauth.walletToken(bearer(body.access_token), world.issuer)).toBeDefined();
    ahead = 601_000;
    expect(await world.app.oauth.walletToken(bearer(body.access_token), world.issuer)).toBeUndefined();
    expect((await redeem(world, late)).body.error).toBe('invalid_grant');
    await world.app.oauth.sweepOnce();
    ahead = 0;
    expect((await redeem(world, late)).body.error).toBe('invalid_grant');
  });
});
