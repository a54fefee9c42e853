import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadOpenApi } from '#api';
import { type OperationId, PERMISSIONS, type Role } from '#auth';
import { LIMITS } from '#kernel';
import { type Officer, officer } from '../people/support/officer.ts';
import { openService, type TestService } from '../support/service.ts';
import { requestFor } from './support/samples.ts';
import { createStub, ID, type Stub } from './support/stub.ts';

const CONSOLE_PAGES = [...loadOpenApi().operations.values()].filter(({ path }) => /^\/console(?:\/|$)/.test(path));

/** What the same thing needs under `/v1`: nobody may do by a page what they may not do by the API. */
const SAME: Readonly<Record<string, OperationId>> = {
  getConsoleAchievements: 'listAchievements',
  submitConsoleAchievement: 'createAchievement',
  getConsoleAchievementForm: 'createAchievement',
  getConsoleAchievement: 'readAchievement',
  getConsoleClassLists: 'listBatches',
  submitConsoleClassList: 'createBatch',
  getConsoleClassListForm: 'createBatch',
  getConsoleTemplate: 'createBatch',
  getConsoleClassList: 'listBatchRows',
  changeConsoleClassList: 'startBatch',
  getConsoleClassListErrors: 'listBatchRows',
  getConsoleClassListResult: 'listBatchRows',
  getConsoleAwards: 'listCredentials',
  findConsoleAwards: 'listCredentials',
  getConsoleAwardForm: 'issueCredentials',
  submitConsoleAward: 'issueCredentials',
  getConsoleAward: 'readCredential',
  changeConsoleAward: 'changeCredentialStatus',
  getConsoleApprovals: 'listApprovals',
  getConsoleApproval: 'readApproval',
  decideConsoleApproval: 'decideApproval',
  getConsoleWebhooks: 'listWebhooks',
  getConsoleWebhook: 'readWebhook',
  changeConsoleWebhook: 'redeliverWebhookEvent',
  getConsoleGrants: 'listAccreditations',
  submitConsoleGrant: 'createAccreditation',
  getConsoleGrantForm: 'createAccreditation',
  getConsoleGrant: 'listAccreditations',
  recordConsoleGrantEvent: 'createAccreditationEvent',
};

describe('the pages of the console', () => {
  let stub: Stub;
  beforeAll(async () => {
    stub = await createStub({ rateLimits: { address: 100_000, key: 100_000, expensive: 100_000 } });
  });
  afterAll(() => stub.app.close());

  it('are open to exactly those who may do the same by the API', () => {
    const names = CONSOLE_PAGES.map(({ operationId }) => operationId).filter((name) => name !== 'getConsole');
    expect(names.sort()).toEqual(Object.keys(SAME).sort());
    for (const [page, same] of Object.entries(SAME)) {
      expect([page, PERMISSIONS[page as OperationId]]).toEqual([page, PERMISSIONS[same]]);
    }
  });

  it('change nothing for a page of another site, with whatever session (CSRF)', async () => {
    const posts = CONSOLE_PAGES.filter(({ method }) => method === 'POST');
    expect(posts).toHaveLength(10);
    for (const operation of posts) {
      const [role] = PERMISSIONS[operation.operationId as OperationId] as readonly Role[];
      const request = requestFor(operation);
      const { cookie } = stub.as('abc', role!, 'session');
      const before = stub.calls.length;
      for (const said of [
        { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
        { origin: 'null', 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site' },
        { origin: 'https://evil.example' },
        {},
      ]) {
        const answer = await stub.app.inject({ ...request, headers: { ...request.headers, ...said, cookie: cookie! } });
        expect([operation.operationId, said, answer.statusCode]).toEqual([operation.operationId, said, 403]);
      }
      expect(stub.calls.slice(before)).toEqual([]);
    }
  });

  it('are in no cache, in no index, and for no other origin', async () => {
    for (const operation of CONSOLE_PAGES) {
      const [role] = PERMISSIONS[operation.operationId as OperationId] as readonly Role[];
      const request = requestFor(operation);
      const headers = { ...request.headers, accept: 'text/html', ...stub.as('abc', role!, 'session') };
      const answer = await stub.app.inject({ ...request, headers });
      const { 'cache-control': cache, 'access-control-allow-origin': cors } = answer.headers;
      if (operation.operationId !== 'getConsoleTemplate') expect(cache).toBe('no-store');
      expect([operation.operationId, cors]).toEqual([operation.operationId, undefined]);
    }
  });

  it('lead nobody to the sign-in, and programs to their problem', async () => {
    const page = await stub.app.inject({ url: '/console/awards?lang=fil', headers: { accept: 'text/html' } });
    expect([page.statusCode, page.headers.location]).toEqual([303, '/sign-in?lang=fil']);
    const program = await stub.app.inject({ url: '/console/awards' });
    expect([program.statusCode, program.json().type]).toEqual([401, 'urn:tatak:problem:unauthenticated']);
    const operator = { accept: 'text/html', ...stub.as('system', 'operator', 'session') };
    const led = await stub.app.inject({ url: '/console', headers: operator });
    expect([led.statusCode, led.headers.location]).toEqual([303, '/account?from=console']);
    const approver = { accept: 'text/html', ...stub.as('abc', 'approver', 'session') };
    expect((await stub.app.inject({ url: '/console/awards', headers: approver })).statusCode).toBe(403);
    const posted = await stub.app.inject({
      method: 'POST',
      url: `/console/awards/${ID}`,
      headers: { accept: 'text/html' },
    });
    expect(posted.statusCode).toBe(401);
  });
});

describe('the console of an institution', () => {
  const SLUG = 'specimen-college';
  let service: TestService;
  let key: string;
  let registrar: Officer;
  let achievementId: string;

  beforeAll(async () => {
    service = await openService();
    key = (await service.institution(SLUG, 'Specimen Coastal College')).issuer;
    registrar = await officer(service, {
      ...{ email: 'registrar@college.example', person: 's-17' },
      roles: [
        { institution: SLUG, role: 'issuer' },
        { institution: SLUG, role: 'auditor' },
      ],
    });
    const achievement = { name: 'SPECIMEN Course', description: 'D', criteria: { narrative: 'N' } };
    const made = await service.call<{ achievementId: string }>('POST', '/v1/achievements', {
      key,
      body: { achievement },
    });
    achievementId = made.body.achievementId;
  }, 60_000);
  afterAll(() => service.close());

  /** A form as a browser sends it, with its length: the fields, then the file. */
  async function send(fields: Record<string, string>, file: Iterable<string>) {
    const cookie = [...registrar.browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const head = Object.entries(fields).map(
      ([name, value]) => `--x\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    );
    function* body() {
      yield head.join('');
      yield '--x\r\ncontent-disposition: form-data; name="file"; filename="l.csv"\r\ncontent-type: text/csv\r\n\r\n';
      yield* file;
      yield '\r\n--x--\r\n';
    }
    return service.server.inject({
      ...{ method: 'POST', url: '/console/class-lists', payload: Buffer.from([...body()].join('')) },
      headers: {
        cookie,
        origin: service.publicUrl,
        'content-type': 'multipart/form-data; boundary=x',
        accept: 'text/html',
      },
    });
  }

  it('says why it is not shown to somebody who acts as nobody', async () => {
    const led = await registrar.browser.send('GET', '/console', undefined, { accept: 'text/html' });
    expect([led.status, led.location]).toEqual([303, '/account?from=console']);
    const account = await registrar.browser.send('GET', led.location!, undefined, { accept: 'text/html' });
    expect(account.text).toContain('choose a role below first');
    await registrar.browser.act(SLUG, 'issuer');
    expect((await registrar.browser.send('GET', '/console', undefined, { accept: 'text/html' })).status).toBe(200);
  });

  it('reads a list that is longer than any form as it arrives', async () => {
    const padding = 'x'.repeat(3_900);
    const rows = Math.ceil((LIMITS.uploadBytes * 1.2) / (padding.length + 20));
    function* file() {
      yield 'name,evidenceNarrative\n';
      for (let row = 1; row <= rows; row++) yield `Specimen ${row},${padding}\n`;
    }
    const answer = await send({ achievementId }, file());
    expect(answer.statusCode).toBe(303);
    const batch = await service.call<{ rows: number; invalidRows: number }>(
      'GET',
      answer.headers.location!.replace('/console/class-lists/', '/v1/batches/') as string,
      { key },
    );
    expect(batch.body).toMatchObject({ rows, invalidRows: 0 });
  });

  it('shows each error at its field, with what was typed', async () => {
    const bad = await send({ achievementId, awardedDate: '2026-02-30', offer: 'link' }, ['name\nA\n']);
    expect(bad.statusCode).toBe(400);
    expect(bad.body).toContain('id="awardedDate-error"');
    expect(bad.body).toContain('value="2026-02-30"');
    expect(bad.body).toContain('<option value="link" selected>');
    expect((await send({ achievementId }, ['nonsense\nA\n'])).body).toContain('id="file-error"');
    expect((await send({ achievementId }, [''])).body).toContain('could not be read');
    expect((await send({}, ['name\nA\n'])).body).toContain('id="achievementId-error"');
  });

  it('gives the rows with errors as a list that is uploaded as it is, formulas and all', async () => {
    const first = await send({ achievementId }, ['name,email\n=Specimen,no address\nGood,a@b.example\n']);
    const path = first.headers.location as string;
    const csv = await registrar.browser.send('GET', `${path}/errors`);
    // A spreadsheet reads no formula, and the list that it saves says what the first one said.
    expect(csv.text).toContain(`"'=Specimen"`);
    const mended = csv.text.replace('no address', 'c@d.example');
    const second = await send({ achievementId }, [mended]);
    const page = await registrar.browser.send('GET', second.headers.location as string, undefined, {
      accept: 'text/html',
    });
    expect(page.text).toContain('All 1 rows are good.');
    expect(page.text).toContain('>=Specimen</td>');
  });

  it('asks twice before a status is changed, and for a reason', async () => {
    const issued = await service.call<{ credentials: { id: string }[] }>('POST', '/v1/credentials', {
      key,
      body: {
        achievementId,
        recipients: [{ name: 'Specimen Amihan Ñiño', studentNumber: '2026-7', certificateNumber: 'C "7"' }],
      },
    });
    const [{ id }] = issued.body.credentials as [{ id: string }];
    const path = `/console/awards/${id}`;
    const state = async () =>
      (await service.call<{ state: string }>('GET', `/v1/credentials/${id}`, { key })).body.state;
    expect((await registrar.browser.form(path, { action: 'revoke', reason: ' ' })).status).toBe(400);
    const asked = await registrar.browser.form(path, { action: 'revoke', reason: 'In error' });
    expect([asked.status, await state()]).toEqual([200, 'active']);
    expect(asked.text).toContain('Are you sure?');
    const done = await registrar.browser.form(path, { action: 'revoke', reason: 'In error', confirmed: 'yes' });
    expect([done.status, await state()]).toEqual([303, 'revoked']);
    for (const [by, q] of [
      ['name', 'amihan ñIÑO'],
      ['studentNumber', '2026-7'],
      ['certificateNumber', 'C "7"'],
      ['id', `${service.publicUrl}/credentials/${id}`],
    ] as const) {
      const found = await registrar.browser.form('/console/awards', { by, q });
      expect([by, found.text.includes(path)]).toEqual([by, true]);
      const other = await registrar.browser.form('/console/awards', { by, q: `${q}%` });
      expect([by, other.text.includes(path)]).toEqual([by, false]);
    }
  });
});
