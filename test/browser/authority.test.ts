import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Role } from '#auth';
import {
  type AccreditedService,
  openAccredited,
  type Party,
  SCOPE,
} from '../accreditation/support/accredited-service.ts';
import { type Officer, officer } from '../people/support/officer.ts';
import { violations, withAxe } from '../support/axe.ts';
import { launchBrowser } from '../support/browser.ts';

const PHONE = { viewport: { width: 360, height: 740 } };
const WIDE = { viewport: { width: 1280, height: 800 } };

let browser: Browser | undefined;
let world: AccreditedService;
let college: Party;
let region: Party;
let achievementId: string;
const people = new Map<string, Officer>();

async function acting(of: Party, role: Role): Promise<void> {
  const email = `${role}@${of.slug}.example`;
  const one = await officer(world.service, { email, person: email, roles: [{ institution: of.slug, role }] });
  await one.browser.act(of.slug, role);
  people.set(`${of.slug} ${role}`, one);
}

beforeAll(async () => {
  browser = await launchBrowser();
  if (!browser) return;
  world = await openAccredited();
  college = await world.party('specimen-college');
  region = await world.party('specimen-region');
  achievementId = await world.achievement(college);
  await acting(world.council, 'authority');
  await acting(world.council, 'auditor');
  await acting(college, 'issuer');
}, 120_000);

afterAll(async () => {
  await browser?.close();
  await world?.service.close();
});

/** A browser of its own for an officer who is signed in. */
async function signedIn(of: Party, role: Role, options: BrowserContextOptions = PHONE) {
  const { publicUrl } = world.service;
  const context = await browser!.newContext(options);
  if (options.bypassCSP) await withAxe(context);
  const { cookies } = people.get(`${of.slug} ${role}`)!.browser;
  await context.addCookies([...cookies].map(([name, value]) => ({ name, value, url: publicUrl })));
  const page = await context.newPage();
  return { page, open: (path: string) => page.goto(publicUrl + path), main: () => page.locator('main').innerText() };
}

async function fits(page: Page): Promise<void> {
  const over = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
  expect([page.url(), over]).toEqual([page.url(), 0]);
}

async function award(awardedDate: string): Promise<string> {
  const { status, body } = await world.issue(college, achievementId, { awardedDate });
  expect([awardedDate, status]).toEqual([awardedDate, 201]);
  return body.credentials[0]!.url;
}

const events = async (id: string) =>
  (await world.service.app.storage.reader.accreditationEvents(id)).map(({ type, effectiveAt }) => [type, effectiveAt]);

let grantId: string;

it('an authority suspends a provider, and the verify page changes its answer', { timeout: 120_000 }, async () => {
  if (!browser) return console.log('not run, no browser: the journey of an authority');
  const { page, open, main } = await signedIn(world.council, 'authority');
  await open('/console');
  expect(new URL(page.url()).pathname).toBe('/console/grants');
  await page.getByRole('link', { name: 'Record a grant' }).click();
  await fits(page);
  await page.getByLabel('To which institution').fill('specimen-colege');
  await page.getByLabel('Higher education micro-credential').check();
  await page.getByLabel('PQF level, from').selectOption('5');
  await page.getByLabel('PQF level, to').selectOption('6');
  await page.getByLabel('First day').fill('2026-01-01');
  await page.getByLabel('Last day').fill('2027-12-31');
  await page.getByLabel('Conditions').fill('A yearly report.');
  const first = page.getByRole('group', { name: 'Legal instrument' });
  await first.getByLabel('Kind of instrument').selectOption('CMO');
  await first.getByLabel('Number').fill('1');
  await first.getByLabel('Series (year)').fill('25');
  await page.getByRole('button', { name: 'Sign and publish' }).click();
  // Each error at its field, and what was typed is still there.
  expect(await page.locator('#accredited-error').innerText()).toContain('There is no institution of this name here');
  await page.getByLabel('To which institution').fill('specimen-college');
  await page.getByRole('button', { name: 'Sign and publish' }).click();
  expect(await page.locator('#series0-error').innerText()).toContain('year');
  expect(await page.getByLabel('Higher education micro-credential').isChecked()).toBe(true);
  expect(await page.getByLabel('Last day').inputValue()).toBe('2027-12-31');
  await fits(page);
  await first.getByLabel('Series (year)').fill('2025');
  await page.getByRole('button', { name: 'Sign and publish' }).click();
  await fits(page);
  for (const text of ['In force', '31 December 2027', '5 to 6', 'A yearly report.'])
    expect(await main()).toContain(text);
  grantId = new URL(page.url()).pathname.split('/').at(-1)!;

  const [early, late] = [await award('2026-10-01'), await award('2026-11-20')];
  const verdict = async (url: string) => {
    await open(`/verify?url=${encodeURIComponent(url)}`);
    return page.locator('h1').innerText();
  };
  const before = [await verdict(early), await verdict(late)];
  for (const sentence of before) expect(sentence).toContain('accredited for it by');

  await open('/console/grants?standing=active&q=college');
  await fits(page);
  await page.getByRole('link', { name: 'Specimen specimen-college' }).click();
  await page.getByLabel('Reason').fill('The yearly report is missing');
  await page.getByRole('button', { name: 'Suspend' }).click();
  // An end that is not said would be guessed.
  expect(await page.locator('#effectiveAt-error').innerText()).toContain('needed');
  expect(await page.getByLabel('Reason').inputValue()).toBe('The yearly report is missing');
  await page.getByLabel('Has effect from').fill('2026-11-10');
  await page.getByRole('button', { name: 'Suspend' }).click();
  expect(await page.locator('h1').innerText()).toBe('Are you sure?');
  await fits(page);
  expect(await page.locator('.depends strong').allInnerTexts()).toEqual(['Specimen specimen-college']);
  expect(await page.locator('.depends dd').allInnerTexts()).toEqual(['1', '2', '2']);
  expect(await main()).toContain('What was awarded before keeps its standing');
  expect(await events(grantId)).toEqual([]);
  await page.getByRole('button', { name: 'Suspend' }).click();
  expect(await main()).toContain('The yearly report is missing');
  expect(await events(grantId)).toEqual([['suspended', '2026-11-09T16:00:00Z']]);

  // Made before, it keeps what it had; the other one has lost it.
  expect(await verdict(early)).toContain('accredited for it then, no longer today.');
  expect(await verdict(late)).toContain('was not accredited for this');
  await open(`/accreditations/${grantId}`);
  expect(await page.locator('section.standing').innerText()).toContain('Suspended');
});

it('the same without scripts: lifts it, renews it, withdraws it', { timeout: 60_000 }, async () => {
  if (!browser) return console.log('not run, no browser: the console of an authority without scripts');
  const { page, open, main } = await signedIn(world.council, 'authority', { ...PHONE, javaScriptEnabled: false });
  const record = async (name: string, day: string) => {
    await page.getByLabel('Reason').fill('Decided so');
    await page.getByLabel('Has effect from').fill(day);
    await page.getByRole('button', { name, exact: true }).click();
    await page.getByRole('button', { name, exact: true }).click();
  };
  await open(`/console/grants/${grantId}`);
  await record('Lift the suspension', '2026-11-22');
  expect(await page.locator('section.standing').innerText()).toContain('In force');
  await page.getByRole('link', { name: 'Renew it' }).click();
  // Begins where the other one ends, and says the same.
  expect(await page.getByLabel('First day').inputValue()).toBe('2028-01-01');
  expect(await main()).toContain('5 to 6');
  await page.getByLabel('First day').fill('2027-06-01');
  await page.getByRole('button', { name: 'Sign and publish' }).click();
  expect(await main()).toContain('Not yet in force');
  expect((await events(grantId)).at(-1)).toEqual(['superseded', '2027-05-31T16:00:00Z']);
  await record('Withdraw', '2027-06-01');
  const renewed = new URL(page.url()).pathname.split('/').at(-1)!;
  expect(await events(renewed)).toEqual([['withdrawn', '2027-05-31T16:00:00Z']]);
  // What cannot stand beside what is recorded is refused before anything is asked.
  await open(`/console/grants/${grantId}`);
  await page.getByLabel('Reason').fill('Decided so');
  await page.getByLabel('Has effect from').fill('2027-07-01');
  await page.getByRole('button', { name: 'Withdraw' }).click();
  expect(await page.locator('section.banner').innerText()).toContain('Somebody else was faster');
});

let delegation: string;

it('shows what hangs on a delegation before it is withdrawn', { timeout: 60_000 }, async () => {
  if (!browser) return console.log('not run, no browser: what depends on a delegation');
  delegation = (await world.grant(world.council, region, { role: 'Accredit' })).split('/').at(-1)!;
  await world.grant(region, college, { scope: SCOPE });
  await world.grant(region, 'did:web:elsewhere.example', { scope: SCOPE, validFrom: '2026-02-01' });
  const { page, open, main } = await signedIn(world.council, 'authority');
  await open(`/console/grants/${delegation}`);
  await page.getByLabel('Reason').fill('No longer in charge');
  await page.getByRole('button', { name: 'Annul' }).click();
  expect(await main()).toContain('Grants below it: 2');
  expect(await main()).toContain('Not counted here: did:web:elsewhere.example');
  expect(await main()).toContain('from its beginning');
  await fits(page);
  expect(await events(delegation)).toEqual([]);
});

it('an auditor sees it all, and has no button that changes anything', async () => {
  if (!browser) return console.log('not run, no browser: an auditor of an authority');
  const { page, open } = await signedIn(world.council, 'auditor');
  for (const path of ['', `/${grantId}`]) {
    await open(`/console/grants${path}`);
    expect([path, await page.locator('main form:not([role=search])').count()]).toEqual([path, 0]);
  }
  expect((await open('/console/grants/new'))?.status()).toBe(403);
});

// All other pages of the console: accessibility.test.ts, at the same widths and in the same languages.
it('a grant as a delegation, renewed and about to be withdrawn has no violation that axe-core finds', {
  timeout: 240_000,
}, async () => {
  if (!browser) return console.log('not run, no browser: accessibility of the consoles');
  const found: Record<string, string[]> = {};
  const look = async (page: Page, name: string, only: Parameters<typeof violations>[1]) => {
    const faults = await violations(page, only);
    if (faults.length > 0) found[name] = faults;
    await fits(page);
  };
  // What a wide dark screen can have that a narrow light one has not is another contrast.
  const views = [
    { ...PHONE, colorScheme: 'light', bypassCSP: true, lang: 'en', only: {} },
    { ...WIDE, colorScheme: 'dark', bypassCSP: true, lang: 'fil', only: { runOnly: ['color-contrast'] } },
  ] satisfies (BrowserContextOptions & { lang: string; only: Parameters<typeof violations>[1] })[];
  for (const { lang, only, ...view } of views) {
    const { page, open } = await signedIn(world.council, 'authority', view);
    for (const path of [`/grants/new?renews=${grantId}`, `/grants/${delegation}`]) {
      await open(`/console${path}${path.includes('?') ? '&' : '?'}lang=${lang}`);
      await look(page, `${lang} ${path}`, only);
    }
    await page.locator('#reason').fill('No longer in charge');
    await page.locator('button[value=annulled]').click();
    await look(page, `${lang} asked once more`, only);
  }
  expect(found).toEqual({});
});
