import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mailTo } from '../support/outbox.ts';
import { openService, type TestService } from '../support/service.ts';

interface Row {
  state: string;
  offer: string;
  claimUrl: string;
  txCode: string;
  name: string;
}

describe('a class list that offers what it issues', () => {
  let service: TestService;
  let issuer: string;
  let course: string;
  let certificate: string;
  const call = <T>(method: 'GET' | 'POST', path: string, body?: unknown, key = issuer) =>
    service.call<T>(method, path, { key, ...(body === undefined ? {} : { body }) });

  beforeAll(async () => {
    service = await openService();
    ({ issuer } = await service.institution('specimen-college', 'Specimen College'));
    const define = async (more: object) => {
      const achievement = {
        ...{ name: 'SPECIMEN Unit', description: 'A unit.', criteria: { narrative: 'Passed.' }, ...more },
        assessmentType: ['Project'],
      };
      const made = await call<{ achievementId: string }>('POST', '/v1/achievements', { achievement });
      expect(made.status, made.text).toBe(201);
      return made.body.achievementId;
    };
    course = await define({ achievementType: 'MicroCredential', awardType: 'HeiMicroCredential', regime: 'CHED' });
    certificate = await define({
      achievementType: 'Certification',
      awardType: 'IndustryCertification',
      regime: 'Industry',
    });
  });
  afterAll(() => service.close());

  async function run(query: Record<string, string>, csv: string): Promise<string> {
    const made = await call<{ batchId: string }>('POST', `/v1/batches?${new URLSearchParams(query)}`, csv);
    expect(made.status, made.text).toBe(201);
    const path = `/v1/batches/${made.body.batchId}`;
    await call('POST', `${path}/start`);
    await expect
      .poll(async () => (await call<{ state: string }>('GET', path)).body.state, { timeout: 60_000 })
      .toBe('done');
    return path;
  }

  async function result(path: string, key = issuer): Promise<{ rows: Row[]; text: string; cache: unknown }> {
    const { body, headers } = await service.server.inject({
      ...{ method: 'GET', url: `${path}/rows` },
      headers: { accept: 'text/csv', authorization: `Bearer ${key}` },
    });
    const [head, ...lines] = body.trimEnd().split('\r\n');
    const cells = (line: string) => line.slice(1, -1).split('","');
    const names = cells(head!);
    const rows = lines.map((line) => {
      const values = cells(line);
      return Object.fromEntries(names.map((name, at) => [name, values[at]])) as unknown as Row;
    });
    return { rows, text: body, cache: headers['cache-control'] };
  }

  it('has a link for each issued row, and a code where the award needs one', async () => {
    const path = await run(
      { achievementId: certificate, offer: 'link' },
      'name,validUntil\nAmihan,\nBad,never\nCelso,\n',
    );
    const { rows, cache } = await result(path);
    expect(cache).toBe('no-store');
    expect(rows.map(({ name, state, offer }) => [name, state, offer])).toEqual([
      ['Amihan', 'issued', 'open'],
      ['Bad', 'invalid', ''],
      ['Celso', 'issued', 'open'],
    ]);
    expect(rows[1]).toMatchObject({ claimUrl: '', txCode: '' });
    for (const { claimUrl, txCode } of [rows[0]!, rows[2]!]) {
      expect(txCode).toMatch(/^\d{6}$/);
      const page = await service.server.inject({
        ...{ method: 'GET', url: new URL(claimUrl).pathname, headers: { accept: 'text/html' } },
      });
      expect(page.statusCode).toBe(200);
    }
    expect(rows[0]!.claimUrl).not.toBe(rows[2]!.claimUrl);

    const auditor = await service.key('specimen-college', 'auditor');
    const seen = await result(path, auditor);
    expect(seen.text).not.toMatch(/claimUrl|\/claim\//);
    expect(seen.rows).toHaveLength(3);

    const { body: open } = await call<{ items: { id: string }[] }>('GET', '/v1/offers?state=open');
    const withdrawn = await call('POST', `/v1/offers/${open.items[0]!.id}/withdraw`);
    expect(withdrawn.status, withdrawn.text).toBe(200);
    const after = (await result(path)).rows.filter(({ state }) => state === 'issued');
    expect(after.map(({ offer, claimUrl }) => [offer, claimUrl !== '']).sort()).toEqual([
      ['open', true],
      ['withdrawn', false],
    ]);
  });

  it('has the link that went out by mail', async () => {
    const path = await run({ achievementId: course, deliver: 'mail' }, 'name,email\nBituin,bituin@example.org\n');
    const mail = await mailTo(service, 'bituin@example.org');
    const [row] = (await result(path)).rows;
    expect(row).toMatchObject({ offer: 'open', txCode: '' });
    expect(mail.text).toContain(row!.claimUrl);
  });

  it('is none where nothing is offered', async () => {
    const path = await run({ achievementId: course }, 'name\nDatu\n');
    expect((await result(path)).text).not.toContain('claimUrl');
  });

  it.each([
    [{ offer: 'link', confirmation: 'none' }, '/options/confirmation'],
    [{ confirmation: 'txCode' }, '/options/confirmation'],
    [{ offer: 'link', lang: 'fil' }, '/options/lang'],
  ])('is refused with %o, once for all rows', async (options, pointer) => {
    const made = await call<{ pointer: string }>('POST', '/v1/batches', {
      ...{ achievementId: certificate, options, rows: [{ name: 'Ana' }] },
    });
    expect([made.status, made.body.pointer], made.text).toEqual([400, pointer]);
  });

  it('wants an address of each where mail confirms', async () => {
    const query = new URLSearchParams({ achievementId: course, offer: 'link', confirmation: 'email' });
    const made = await call<{ invalid: { row: number; errors: { pointer: string }[] }[] }>(
      'POST',
      `/v1/batches?${query}`,
      'name,email\nAna,\nBen,ben@example.org\n',
    );
    expect(made.body.invalid).toMatchObject([{ row: 1, errors: [{ pointer: '/email' }] }]);
  });
});
