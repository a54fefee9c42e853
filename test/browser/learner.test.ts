import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { createBrowserTests } from '../support/browser-tests.ts';
import { openService, type TestService } from '../support/service.ts';

let service: TestService;
let browser: Browser | undefined;
let claimUrl: string;
const { watch, inBrowser } = createBrowserTests();

beforeAll(async () => {
  browser = await launchBrowser();
  if (!browser) return;
  service = await openService();
  const { issuer } = await service.institution('specimen-college', 'Specimen College');
  const made = await service.call<{ achievementId: string }>('POST', '/v1/achievements', {
    key: issuer,
    body: {
      achievement: {
        ...{ name: 'SPECIMEN Data Literacy', description: 'Data.', criteria: { narrative: 'Passed.' } },
        ...{ achievementType: 'MicroCredential', awardType: 'HeiMicroCredential', regime: 'CHED' },
        assessmentType: ['Project'],
      },
    },
  });
  const issued = await service.call<{ credentials: { id: string }[] }>('POST', '/v1/credentials', {
    key: issuer,
    headers: { 'idempotency-key': 'learner' },
    body: { achievementId: made.body.achievementId, recipients: [{ name: 'Amihan Peñaflor' }] },
  });
  const credentialId = issued.body.credentials[0]!.id;
  const offer = await service.call<{ claimUrl: string }>('POST', '/v1/offers', { key: issuer, body: { credentialId } });
  claimUrl = offer.body.claimUrl;
  await watch(browser);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await service?.close();
});

inBrowser('a learner claims a badge, keeps it, and shows it to somebody who checks it', async (shown) => {
  // 1. The claim link: what waits, a code for a wallet, and the way without one.
  await shown.goto(claimUrl);
  expect(await shown.locator('main').innerText()).toContain('SPECIMEN Data Literacy');
  expect(await shown.locator('.qr img').count()).toBe(1);
  await shown.getByRole('link', { name: 'Open its permanent page' }).click();
  // 2. The permanent page: nothing of the learner on it, the ways to share it.
  const address = shown.url().split('?')[0]!;
  expect(await shown.locator('main').innerText()).not.toContain('Amihan');
  const linkedIn = new URL((await shown.getByRole('link', { name: 'Add to LinkedIn profile' }).getAttribute('href'))!);
  expect(linkedIn.searchParams.get('certUrl')).toBe(address);
  // 3. Files to keep: the picture and the certificate each carry the badge.
  for (const [name, file] of [
    ['Picture (PNG)', 'badge.png'],
    ['Certificate (PDF)', 'badge.pdf'],
  ] as const) {
    const path = (await shown.getByRole('link', { name }).getAttribute('href'))!;
    const answer = await fetch(new URL(path, service.publicUrl));
    expect(answer.headers.get('content-disposition')).toContain('specimen-data-literacy');
    writeFileSync(join(service.directory, file), Buffer.from(await answer.arrayBuffer()));
  }
  // 4. Whoever is shown a file drops it on the verify page; whoever was told a name compares it.
  for (const file of ['badge.png', 'badge.pdf']) {
    await shown.goto(`${service.publicUrl}/verify`);
    await shown.locator('#file').setInputFiles(join(service.directory, file));
    await shown.locator('button[type=submit]').click();
    await shown.waitForSelector('section.banner');
    expect(await shown.locator('section.banner').innerText(), file).toMatch(
      /genuine, but no register .*Specimen College/,
    );
  }
  await shown.goto(address);
  await shown.getByLabel('Full name').fill('amihan penaflor');
  await shown.getByRole('button', { name: 'Compare' }).click();
  await shown.getByText('The name matches the record').waitFor();
  expect(await shown.locator('main').innerText()).not.toContain('Peñaflor');
});
