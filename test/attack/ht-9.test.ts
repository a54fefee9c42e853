import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openService, type TestService } from '../support/service.ts';

const MARKERS = ['Zyxmarker', 'zyxmarker@students.example', 'ZYX-2026-77'];
let service: TestService;
let badges: string[];
/** What the institution sent to the learner: it opens an offer, and stands on no public page. */
let claimUrl: string;

beforeAll(async () => {
  service = await openService();
  const { issuer } = await service.institution('specimen-college');
  const made = await service.call<{ achievementId: string }>('POST', '/v1/achievements', {
    key: issuer,
    body: {
      achievement: {
        ...{ name: 'SPECIMEN Data', description: 'Data.', criteria: { narrative: 'Passed.' } },
        ...{ achievementType: 'MicroCredential', awardType: 'HeiMicroCredential', regime: 'CHED' },
        assessmentType: ['Project'],
      },
    },
  });
  const recipient = { name: MARKERS[0], email: MARKERS[1], studentNumber: MARKERS[2] };
  const issued = await service.call<{ credentials: { id: string; url: string }[] }>('POST', '/v1/credentials', {
    key: issuer,
    headers: { 'idempotency-key': 'ht-9' },
    body: { achievementId: made.body.achievementId, recipients: [recipient, { ...recipient, name: 'Zyxmarker Two' }] },
  });
  badges = issued.body.credentials.map(({ url }) => new URL(url).pathname);
  const offer = await service.call<{ claimUrl: string }>('POST', '/v1/offers', {
    key: issuer,
    body: { credentialId: issued.body.credentials[0]!.id, deliver: 'mail' },
  });
  expect(offer.status).toBe(201);
  claimUrl = new URL(offer.body.claimUrl).pathname;
  await service.call('POST', `/v1/credentials/${issued.body.credentials[1]!.id}/status`, {
    key: issuer,
    body: { action: 'revoke', reason: 'The grade was changed' },
  });
}, 60_000);
afterAll(() => service.close());

/** Everything that links lead to from these addresses, as a page and as a document, without any key. */
async function crawl(from: readonly string[]): Promise<Map<string, string>> {
  const seen = new Map<string, string>();
  const waiting = [...from];
  while (waiting.length > 0 && seen.size < 400) {
    const url = waiting.shift()!;
    if (seen.has(url)) continue;
    const page = await service.server.inject({ url, headers: { accept: 'text/html' } });
    const document = await service.server.inject({ url, headers: { accept: 'application/json, */*;q=0.1' } });
    const texts = [page, document].map(({ headers, body, rawPayload }) =>
      /^(?:text|application\/(?:[a-z-]+\+)?(?:json|yaml|jwt))/.test(String(headers['content-type']))
        ? body
        : rawPayload.toString('latin1'),
    );
    seen.set(url, texts.join('\n'));
    const own = [service.publicUrl, 'http://localhost', ''];
    for (const [, found] of texts.join('\n').matchAll(/(?:href|src|action)="([^"#]+)|"(https?:\/\/[^"\s]+)"/g)) {
      const link = (found ?? '').replaceAll('&amp;', '&');
      const path = own.map((base) => (link.startsWith(`${base}/`) ? link.slice(base.length) : undefined)).find(Boolean);
      if (path?.startsWith('/') && !path.startsWith('//')) waiting.push(path);
    }
  }
  return seen;
}

describe('what anybody can see', () => {
  it('holds nothing of a recipient, on any page or document that a link leads to', { timeout: 120_000 }, async () => {
    const forms = badges.flatMap((path) =>
      ['', '.json', '.png', '.svg', '.pdf', '/attestation', '/attestation.svg'].map((form) => path + form),
    );
    const seen = await crawl(['/', '/verify', '/registry', '/framework', '/docs', '/log/checkpoint', ...forms]);
    expect(seen.size).toBeGreaterThan(40);
    for (const [url, text] of seen) {
      for (const marker of MARKERS)
        expect(text.toLowerCase(), `${marker} at ${url}`).not.toContain(marker.toLowerCase());
      expect(text, `the claim link at ${url}`).not.toContain(claimUrl);
    }
  });

  it('is not found by guessing: none of 100,000 ids is one', { timeout: 120_000 }, async () => {
    const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';
    const id = (bytes: Buffer) => Array.from(bytes, (byte) => alphabet[byte % 32]).join('');
    const random = Array.from({ length: 100_000 }, () => id(randomBytes(26)));
    const known = new Set(badges.map((path) => path.split('/').at(-1)!));
    expect(random.filter((one) => known.has(one))).toEqual([]);
    // Neither near a known one: every neighbour by one character of both badges.
    for (const badge of known) {
      for (let at = 0; at < badge.length; at++) {
        for (const char of [...alphabet].slice(0, 4)) {
          const near = badge.slice(0, at) + char + badge.slice(at + 1);
          if (known.has(near)) continue;
          expect(
            (await service.server.inject({ url: `/credentials/${near}`, headers: { accept: 'text/html' } })).statusCode,
          ).toBe(404);
        }
      }
    }
    for (const guess of random.slice(0, 500)) {
      expect((await service.server.inject(`/credentials/${guess}`)).statusCode).toBe(404);
    }
  });
});
