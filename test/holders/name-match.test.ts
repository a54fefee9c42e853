import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CredentialRecord } from '../../src/credentials/index.ts';
import { createNameMatch } from '../../src/holders/name-match.ts';
import { openService, type TestService } from '../support/service.ts';

let service: TestService;
let path: string;
let nameless: string;

beforeAll(async () => {
  service = await openService();
  const { issuer } = await service.institution('specimen-college');
  const made = await service.call<{ achievementId: string }>('POST', '/v1/achievements', {
    key: issuer,
    body: {
      achievement: {
        ...{ name: 'SPECIMEN Data', description: 'Data.', criteria: { narrative: 'Passed.' } },
        achievementType: 'MicroCredential',
        ...{ awardType: 'HeiMicroCredential', regime: 'CHED', assessmentType: ['Project'] },
      },
    },
  });
  const issue = async (recipient: object, key: string) => {
    const issued = await service.call<{ credentials: { url: string }[] }>('POST', '/v1/credentials', {
      key: issuer,
      headers: { 'idempotency-key': key },
      body: { achievementId: made.body.achievementId, recipients: [recipient] },
    });
    return new URL(issued.body.credentials[0]!.url).pathname;
  };
  path = await issue({ name: 'Amihan  Peñaflor' }, 'named');
  nameless = await issue({}, 'nameless');
}, 60_000);
afterAll(() => service.close());

const ask = (name: string, at = path) =>
  fetch(`${service.publicUrl}${at}/name`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ name }),
  });

describe('two spellings', () => {
  const same = async (recorded: string, name: string) => {
    const matching = createNameMatch({
      reader: { credential: async () => ({ phase: 'issued', recipient: { name: recorded } }) as CredentialRecord },
      releases: { of: async () => ({ name: 'hidden', comparison: 'answered', page: 'shown' }) },
      transactor: { commit: async () => {} },
      clock: { now: () => new Date('2026-05-01T00:00:00Z') },
    });
    return matching.compare({ credentialId: 'x', name, address: 'x' });
  };

  it('of a phone and of a registrar are one name', async () => {
    expect(await same("Luz D'Angelo-Cruz", 'Luz D’Angelo‑Cruz')).toBe('match');
    expect(await same('Luz D’Angelo Cruz', "luz d'angelo-cruz")).toBe('match');
    expect(await same('Luz D´Angelo', 'Luz DAngelo')).toBe('match');
    expect(await same('Luz Cruz', 'Luzcruz')).toBe('no_match');
  });
});

describe('a name that somebody was told', () => {
  it('is compared with the record five times a day, and the record is never shown', async () => {
    const none = await ask('Amihan Peñaflor', nameless);
    expect([none.status, await none.text()]).toEqual([200, expect.stringContaining('No name is on record')]);
    for (const name of ['amihan penaflor', 'AMIHAN PEÑAFLOR ', 'Amihan Pen\u0303aflor']) {
      const right = await ask(name);
      expect([right.status, await right.text()], name).toEqual([200, expect.stringContaining('The name matches')]);
    }
    for (const name of ['Peñaflor Amihan', '%']) {
      const wrong = await (await ask(name)).text();
      expect(wrong, name).toContain('does not match');
      expect(wrong).not.toContain('Amihan');
    }
    const over = await ask('Amihan Peñaflor');
    expect([over.status, await over.text()]).toEqual([429, expect.stringContaining('No more names')]);
    // What has no name takes no try, and needs none.
    expect((await ask('x', nameless)).status).toBe(200);
  });

  it('is a name of some length, of a credential that there is', async () => {
    expect((await ask('  ')).status).toBe(400);
    expect((await ask('x'.repeat(201))).status).toBe(400);
    expect((await ask('x', `/credentials/${'0'.repeat(26)}`)).status).toBe(404);
    const page = await (await fetch(service.publicUrl + path, { headers: { accept: 'text/html' } })).text();
    expect(page).not.toContain('Amihan');
  });
});
