import { readFileSync } from 'node:fs';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Role } from '#auth';
import { type Officer, officer } from '../people/support/officer.ts';
import { launchBrowser } from '../support/browser.ts';
import { mailTo } from '../support/outbox.ts';
import { openService, type TestService } from '../support/service.ts';

const SLUG = 'specimen-college';
const ROWS = 500;
/** Row, what it says in place of a good address or day, and the field that is wrong. */
const BAD: Readonly<Record<number, { email?: string; awardedDate?: string; field: string }>> = {
  3: { email: 'no address', field: 'email' },
  77: { email: 'two@at@signs.example', field: 'email' },
  78: { awardedDate: '2026-02-30', field: 'awardedDate' },
  210: { awardedDate: '14 March', field: 'awardedDate' },
  333: { email: '<x@y.example>', field: 'email' },
  420: { awardedDate: '2026-13-01', field: 'awardedDate' },
  500: { email: 'white space@x.example', field: 'email' },
};

let service: TestService;
let browser: Browser | undefined;
const people: Partial<Record<Role, Officer>> = {};

beforeAll(async () => {
  browser = await launchBrowser();
  if (!browser) return;
  service = await openService();
  await service.institution(SLUG, 'Specimen Coastal College');
  const policy = await service.call('PUT', `/v1/institutions/${SLUG}/issuing-policy`, {
    key: service.operatorKey,
    body: { approval: 'two-person' },
  });
  if (policy.status !== 200) throw new Error(policy.text);
  const roles = Object.entries({ issuer: 's-17', approver: 's-18', auditor: 's-19' }) as [Role, string][];
  await Promise.all(
    roles.map(async ([role, person]) => {
      const email = `${role}@college.example`;
      const one = await officer(service, { email, person, roles: [{ institution: SLUG, role }] });
      await one.browser.act(SLUG, role);
      people[role] = one;
    }),
  );
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await service?.close();
});

/** A browser of its own for an officer who is signed in. */
async function signedIn(role: Role, options: { javaScriptEnabled?: boolean } = {}) {
  const context: BrowserContext = await browser!.newContext({ viewport: { width: 360, height: 740 }, ...options });
  const cookies = [...people[role]!.browser.cookies].map(([name, value]) => ({ name, value, url: service.publicUrl }));
  await context.addCookies(cookies);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(String(error)));
  return {
    page,
    open: (path: string) => page.goto(`${service.publicUrl}${path}`),
    /** The browser of the tests is one process, which does not outlive the closing of a part of it. */
    calm: () => expect(complaints.filter((one) => !one.includes('status of 400'))).toEqual([]),
  };
}

async function fits(page: Page): Promise<void> {
  const over = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  expect([page.url(), over]).toEqual([page.url(), 0]);
}

const classList = (rows: number, bad: typeof BAD = {}): string =>
  ['name,email,studentNumber,awardedDate']
    .concat(
      Array.from({ length: rows }, (_, index) => {
        const { email = `learner${index + 1}@students.example`, awardedDate = '2026-03-14' } = bad[index + 1] ?? {};
        return `"Specimen Learner ${index + 1}","${email}","2026-${index + 1}","${awardedDate}"`;
      }),
    )
    .join('\n');

const csvFile = (text: string) => ({ name: 'class.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });

async function upload(page: Page, name: string, text: string): Promise<void> {
  await page.getByLabel('Achievement').selectOption({ label: name });
  await page.getByLabel('Class list (CSV)').setInputFiles(csvFile(text));
  await page.getByRole('button', { name: 'Check the list' }).click();
}

/** Looks at a list as an approver and starts it. @returns when it is done */
async function approve(page: Page, count: number): Promise<void> {
  await page.getByRole('button', { name: `Approve and issue ${count} awards` }).click();
  await page.waitForSelector(`text=Issued: ${count}. Not issued:`, { timeout: 60_000 });
}

it('a registrar, a second person, 500 rows of which 7 are bad', { timeout: 120_000 }, async () => {
  if (!browser) return console.log('not run, no browser: the journey of the console');
  const registrar = await signedIn('issuer');
  const { page } = registrar;
  await registrar.open('/console');
  await fits(page);
  await page.getByRole('link', { name: 'Define an achievement' }).click();
  await page.getByLabel('Name').fill('SPECIMEN Coastal Navigation');
  await page.getByLabel('Description').fill('A short course.');
  await page.getByLabel('What somebody has to do').fill('Pass the assessment.');
  await page.getByLabel('Credit, as a number').fill('three');
  await page.getByRole('button', { name: 'Define it' }).click();
  // Each error at its field, and what was typed is still there.
  expect(await page.locator('#creditValue-error').innerText()).toContain('Write a number');
  expect(await page.getByLabel('Name').inputValue()).toBe('SPECIMEN Coastal Navigation');
  await page.getByLabel('Credit, as a number').fill('');
  await fits(page);
  await page.getByRole('button', { name: 'Define it' }).click();
  await page.getByRole('link', { name: 'Upload a class list for it' }).click();
  await fits(page);
  await upload(page, 'SPECIMEN Coastal Navigation', classList(ROWS, BAD));
  expect(await page.locator('main').innerText()).toContain('7 of 500 rows have errors');
  await fits(page);
  expect(await page.getByRole('button', { name: /^Issue / }).count()).toBe(0);
  const listUrl = new URL(page.url()).pathname;

  await page.getByRole('link', { name: 'Only rows with errors (7)' }).click();
  const shown = await page
    .locator('tbody tr')
    .evaluateAll((rows) =>
      rows.map((row) => [
        Number(row.querySelector('th')?.textContent),
        row.querySelector('.errors .code')?.textContent,
      ]),
    );
  expect(shown).toEqual(Object.entries(BAD).map(([row, { field }]) => [Number(row), field]));
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Rows with errors (CSV)' }).click(),
  ]);
  const errors = readFileSync(await download.path(), 'utf8');
  expect(errors.trim().split('\r\n')).toHaveLength(8);
  // Mended as in a spreadsheet: the column of errors is still there.
  const mended = Object.entries(BAD).reduce(
    (text, [row, { email, awardedDate }]) =>
      text
        .replace(`"${email ?? '\0'}"`, `"learner${row}@students.example"`)
        .replace(`"${awardedDate ?? '\0'}"`, '"2026-03-14"'),
    errors,
  );
  await page.getByRole('link', { name: 'Upload the mended list' }).click();
  await upload(page, 'SPECIMEN Coastal Navigation', mended);
  expect(await page.locator('main').innerText()).toContain('All 7 rows are good.');
  const mendedUrl = new URL(page.url()).pathname;

  const approver = await signedIn('approver');
  await approver.open('/console');
  await fits(approver.page);
  expect(await approver.page.locator('main').innerText()).toContain('Class lists');
  await approver.open(listUrl);
  await approve(approver.page, 493);
  await approver.open(mendedUrl);
  await approve(approver.page, 7);
  approver.calm();

  await registrar.open('/console/awards');
  await page.getByLabel('Look for', { exact: true }).selectOption('email');
  await page.getByLabel('What to look for').fill('Learner333@Students.example');
  await page.getByRole('button', { name: 'Find' }).click();
  // Nothing of a person stands in an address.
  expect(page.url()).toBe(`${service.publicUrl}/console/awards?lang=en`);
  await fits(page);
  await page.getByRole('link', { name: 'Specimen Learner 333' }).click();
  await fits(page);
  await page.getByLabel('Reason').fill('Awarded in error');
  await page.getByRole('button', { name: 'Revoke' }).click();
  expect(await page.locator('h1').innerText()).toBe('Are you sure?');
  await page.getByRole('button', { name: 'Revoke' }).click();
  expect(await page.locator('main').innerText()).toContain('Awarded in error');
  await page.getByRole('link', { name: 'Public page' }).click();
  expect(await page.locator('main').innerText()).toContain('Revoked');
  registrar.calm();
});

it('one award without a file: prepared, signed off, and its link sent', { timeout: 60_000 }, async () => {
  if (!browser) return console.log('not run, no browser: one award by the console');
  const registrar = await signedIn('issuer');
  const { page } = registrar;
  await registrar.open('/console');
  await page.getByRole('link', { name: 'Award to one person' }).click();
  await fits(page);
  await page.getByLabel('Achievement').selectOption({ label: 'SPECIMEN Coastal Navigation' });
  await page.getByLabel('Name', { exact: true }).fill('Amihan Peñaflor');
  await page.getByLabel('E-mail', { exact: true }).fill('amihan at school');
  await page.getByLabel('Day of the award').fill('2026-03-14');
  await page.getByRole('button', { name: 'Award it' }).click();
  expect(await page.locator('#email-error').innerText()).not.toBe('');
  expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Amihan Peñaflor');
  await page.getByLabel('E-mail', { exact: true }).fill('amihan@students.example');
  // The same form twice, as by an impatient hand, prepares one award.
  const form = (await page.evaluate("Object.fromEntries(new FormData(document.querySelector('form.card')))")) as Record<
    string,
    string
  >;
  const headers = { origin: service.publicUrl, 'sec-fetch-site': 'same-origin' };
  await page.request.post(page.url(), { form, headers });
  await page.getByRole('button', { name: 'Award it' }).click();
  const waiting = new URL(page.url()).pathname;
  expect(waiting).toMatch(/^\/console\/approvals\//);
  const requests = await service.call<{ items: object[] }>('GET', '/v1/approvals', {
    key: await service.key(SLUG, 'auditor'),
  });
  expect(requests.body.items).toHaveLength(1);

  const approver = await signedIn('approver');
  await approver.open(waiting);
  await approver.page.getByRole('button', { name: 'Approve' }).click();
  await approver.page.locator('h2', { hasText: 'Awards' }).waitFor();
  approver.calm();

  await registrar.open('/console/awards');
  await page.getByLabel('What to look for').fill('amihan');
  await page.getByRole('button', { name: 'Find' }).click();
  await page.getByRole('link', { name: 'Amihan Peñaflor' }).click();
  await page.getByRole('button', { name: 'Send a claim link by mail' }).click();
  await page.locator('[role=status]').waitFor();
  expect(await page.getByRole('button', { name: 'Send a claim link by mail' }).count()).toBe(0);
  await mailTo(service, 'amihan@students.example');
  registrar.calm();
});

it('the same without scripts', { timeout: 60_000 }, async () => {
  if (!browser) return console.log('not run, no browser: the console without scripts');
  const { page, open, calm } = await signedIn('issuer', { javaScriptEnabled: false });
  await open('/console/class-lists/new');
  await upload(page, 'SPECIMEN Coastal Navigation', classList(40));
  const url = new URL(page.url()).pathname;
  const approver = await signedIn('approver', { javaScriptEnabled: false });
  await approver.open(url);
  await approve(approver.page, 40);
  approver.calm();
  await open('/console/awards');
  await page.getByLabel('What to look for').fill('learner 39');
  await page.getByRole('button', { name: 'Find' }).click();
  expect(await page.locator('tbody tr').count()).toBeGreaterThan(0);
  calm();
});

it('an auditor sees it all, and has no button that changes anything', { timeout: 60_000 }, async () => {
  if (!browser) return console.log('not run, no browser: the console of an auditor');
  const { page, open, calm } = await signedIn('auditor');
  for (const path of ['', '/class-lists', '/awards?state=active', '/achievements', '/approvals']) {
    await open(`/console${path}`);
    await fits(page);
    const first = page.locator('tbody a').first();
    if (path !== '' && path !== '/approvals') {
      await first.click();
      await fits(page);
    }
    expect([path, await page.locator('main form:not([role=search])').count()]).toEqual([path, 0]);
  }
  calm();
});
