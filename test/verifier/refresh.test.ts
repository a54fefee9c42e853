import { beforeEach, describe, expect, it } from 'vitest';
import { type JsonObject, sha256Hex } from '#kernel';
import { actor, badge, type World, world } from './world.ts';

const SERVICE = 'https://school.example/refresh/1';
const EXTENSIONS = 'https://purl.imsglobal.org/spec/ob/v3p0/extensions.json';
const school = actor('school');
const stranger = actor('stranger');
let on: World;

beforeEach(() => {
  on = world([actor('anchor')]);
  on.join(school);
  on.join(stranger);
});

/** A badge that names a refresh service. */
function refreshable(more: JsonObject = {}): JsonObject {
  const base = badge(school, { refreshService: { id: SERVICE, type: '1EdTechCredentialRefresh' }, ...more });
  (base['@context'] as string[]).splice(2, 0, EXTENSIONS);
  return base;
}

async function verify(document: JsonObject) {
  const report = await on.verifier.verify({ document });
  const found = report.checks.find((one) => one.check === 'document')!;
  return { report, found, refresh: found.evidence.refresh as Record<string, unknown> | undefined };
}

describe('a newer version of the issuer', () => {
  it('takes the place of an expired one, and the report says so with both digests', async () => {
    const old = await on.sign(school, refreshable({ validUntil: '2026-11-01T00:00:00Z' }));
    const newer = await on.sign(school, refreshable({ validFrom: '2026-11-02T00:00:00Z', name: 'Renewed' }));
    on.publish(SERVICE, newer);
    const { report, found, refresh } = await verify(old);
    expect(report.verdict).toBe('valid');
    expect(report.credential?.name).toBe('Renewed');
    expect(found).toMatchObject({ result: 'warning', code: 'refreshed' });
    expect(refresh).toMatchObject({
      used: true,
      url: SERVICE,
      original: sha256Hex(JSON.stringify(old)),
      refreshed: sha256Hex(JSON.stringify(newer)),
    });
    expect(on.asked.filter((url) => url === SERVICE)).toHaveLength(1);
  });

  it('is judged itself: also where it is the worse one', async () => {
    const old = await on.sign(school, refreshable());
    on.publish(SERVICE, await on.sign(school, refreshable({ validUntil: '2026-11-01T00:00:00Z' })));
    const { report } = await verify(old);
    expect(report.verdict).toBe('invalid');
    expect(report.checks.find((one) => one.check === 'validity')!.code).toBe('expired');
  });

  it('is looked for once: its own refresh service is not followed', async () => {
    const next = 'https://school.example/refresh/2';
    const old = await on.sign(school, refreshable());
    const more = { refreshService: { id: next, type: '1EdTechCredentialRefresh' }, name: 'Second' };
    on.publish(SERVICE, await on.sign(school, refreshable(more)));
    on.publish(next, await on.sign(school, refreshable({ name: 'Third' })));
    expect((await verify(old)).report.credential?.name).toBe('Second');
    expect(on.asked).not.toContain(next);
  });

  it('that is the same is no news', async () => {
    const old = await on.sign(school, refreshable());
    on.publish(SERVICE, old);
    expect(await verify(old)).toMatchObject({
      found: { result: 'pass', code: 'conforming' },
      refresh: { used: false, code: 'refresh_same' },
    });
  });

  it('is not looked for before the proof holds', async () => {
    const old = await on.sign(school, refreshable());
    await verify({ ...old, name: 'changed' });
    expect(on.asked).not.toContain(SERVICE);
  });
});

describe('what is not a newer version of this badge is never fatal', () => {
  const sign = (more: JsonObject, by = school) => on.sign(by, refreshable(more));
  const faults: [string, () => Promise<unknown> | undefined, string][] = [
    ['nothing there', () => undefined, 'refresh_unreachable'],
    ['404', async () => on.pages.set(SERVICE, { status: 404, body: '{}' }), 'refresh_http_status'],
    ['no badge', async () => on.publish(SERVICE, { hello: 'world' }), 'refresh_not_genuine'],
    [
      'changed after signing',
      async () => on.publish(SERVICE, { ...(await sign({})), name: 'changed' }),
      'refresh_not_genuine',
    ],
    ['signed by another', async () => on.publish(SERVICE, await sign({ name: 'B' }, stranger)), 'refresh_not_genuine'],
    ['another id', async () => on.publish(SERVICE, await sign({ id: 'urn:uuid:1' })), 'refresh_other_id'],
    [
      'another issuer',
      async () => on.publish(SERVICE, await sign({ issuer: { id: stranger.did, type: ['Profile'] } }, stranger)),
      'refresh_other_issuer',
    ],
    [
      'another person',
      async () => {
        const base = refreshable();
        (base.credentialSubject as JsonObject).id = 'urn:uuid:9a0f1b7e-1d5a-4bb2-8d1f-4d0f3c1c2a10';
        on.publish(SERVICE, await on.sign(school, base));
      },
      'refresh_other_subject',
    ],
    ['older', async () => on.publish(SERVICE, await sign({ validFrom: '2026-06-14T01:00:00Z' })), 'refresh_older'],
  ];

  it.each(faults)('%s', async (_, arrange, code) => {
    const old = await on.sign(school, refreshable());
    await arrange();
    const { report, found, refresh } = await verify(old);
    expect(refresh).toMatchObject({ used: false, code });
    expect(found.result).toBe('pass');
    expect(report.verdict).toBe('valid');
  });
});
