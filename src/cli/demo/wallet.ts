/** Badges of a learner by CSV: their links by mail, into a wallet of one key, before the employer. */
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readOffer } from '../offer/read-offer.ts';
import { claim } from '../offer/wallet.ts';
import { openWalletKey } from '../offer/wallet-key.ts';
import { COASTAL_COLLEGE, OPEN_UNIVERSITY } from './actors.ts';
import { type Client, createClient } from './client.ts';
import type { World } from './world.ts';

/** What the wallet holds, and an offer that is left for the reader. */
export interface Taken {
  /** Signed badges, as the wallet got them. */
  credentials: string[];
  /** The web copy of each. */
  webCopies: string[];
  /** Of messages with claim links. */
  mails: number;
  open: { claimUrl: string; credentialOfferLink: string };
}

interface Batch {
  batchId: string;
  state: string;
  failedRows: number;
  invalidRows: number;
}
interface Offer {
  credentialUrl: string;
  claimUrl: string;
  credentialOfferLink: string;
}

const LEARNER = 'dalisay@learners.example';
const AWARDED = '2026-03-14';

/** @param data directory of the service, whose messages are files */
export async function takeByWallet(world: World, data: string): Promise<Taken> {
  const university = world.issuer(OPEN_UNIVERSITY);
  const college = world.issuer(COASTAL_COLLEGE);
  const lists: [Client, string][] = [
    ...world.courses.map((achievementId): [Client, string] => [university, achievementId]),
    [college, world.elective],
  ];
  await Promise.all(lists.map(([registrar, achievementId]) => sendByMail(registrar, achievementId)));
  const links = await linksIn(join(data, 'mail'), lists.length);

  mkdirSync(join(data, 'wallet'), { recursive: true });
  const key = openWalletKey(join(data, 'wallet', 'key.jwk'));
  const credentials: string[] = [];
  for (const link of links) {
    const claimed = await claim(await readOffer(link), { key, format: 'ldp_vc', waitMs: 30_000 });
    await claimed.keep();
    credentials.push(claimed.credential);
  }
  const offers = await Promise.all(
    [university, college].map((one) => one.get<{ items: Offer[] }>('/v1/offers?state=taken&limit=100')),
  );
  const webCopies = offers.flatMap(({ items }) => items.map(({ credentialUrl }) => credentialUrl));
  if (webCopies.length !== links.length) throw new Error(`${webCopies.length} of ${links.length} offers are taken`);
  return { credentials, webCopies, mails: links.length, open: await leaveOne(university, world.classCourse) };
}

/** One row, as a registrar uploads a class list. */
async function sendByMail(registrar: Client, achievementId: string): Promise<void> {
  const query = new URLSearchParams({ achievementId, awardedDate: AWARDED, deliver: 'mail' });
  const csv = `name,email,lang\nDalisay Ilagan,${LEARNER},fil\n`;
  let batch = await registrar.post<Batch>(`/v1/batches?${query}`, csv);
  if (batch.invalidRows > 0) throw new Error('the row of the learner is not acceptable');
  await registrar.post(`/v1/batches/${batch.batchId}/start`);
  while (batch.state !== 'done') {
    if (batch.state === 'failed' || batch.failedRows > 0) throw new Error(`the list failed: ${JSON.stringify(batch)}`);
    await sleep(250);
    batch = await registrar.get<Batch>(`/v1/batches/${batch.batchId}`);
  }
}

/** As the learner reads them: without a mail server every message is a file. */
async function linksIn(folder: string, count: number): Promise<string[]> {
  for (const until = Date.now() + 30_000; Date.now() < until; await sleep(250)) {
    const names = (existsSync(folder) ? readdirSync(folder) : []).filter((name) => !name.startsWith('.'));
    const mails = names.sort().map((name) => readFileSync(join(folder, name), 'utf8'));
    const links = mails
      .filter((mail) => mail.includes(`To: ${LEARNER}`))
      .flatMap((mail) => /http\S+\/claim\/[0-9a-z]+/.exec(mail.replaceAll('=\r\n', ''))?.[0] ?? []);
    if (links.length === count) return links;
  }
  throw new Error(`not all ${count} messages were written to ${folder}`);
}

/** An offer for whoever watches, with a wallet of their own or with ours. */
async function leaveOne(university: Client, achievementId: string): Promise<Taken['open']> {
  const recipients = [{ name: 'You', awardedDate: AWARDED }];
  const { credentials } = await university.post<{ credentials: { id: string }[] }>('/v1/credentials', {
    ...{ achievementId, recipients },
  });
  const { claimUrl, credentialOfferLink } = await university.post<Offer>('/v1/offers', {
    credentialId: credentials[0]!.id,
  });
  return { claimUrl, credentialOfferLink };
}

interface Report {
  outcome: string;
}

/** The employer is shown wallet copies and web copies together: each award counts once. @throws Error otherwise */
export async function showWalletTo(employerUrl: string, world: World, taken: Taken): Promise<void> {
  const employer = createClient(employerUrl);
  for (const text of taken.credentials) {
    const said = await employer.post<{ verdict: string; recognition: string }>('/v1/verifications', { text });
    if (`${said.verdict}, ${said.recognition}` !== 'valid, recognised') {
      throw new Error(`a wallet copy is ${JSON.stringify(said, null, 2)}`);
    }
  }
  const pathway = world.pathways.certificate;
  const evaluate = (credentials: string[]) => employer.post<Report>('/v1/evaluations', { pathway, credentials });
  const whole = await evaluate([...taken.credentials, ...taken.webCopies]);
  const lacking = await evaluate(taken.credentials.slice(1));
  if (whole.outcome !== 'met' || lacking.outcome !== 'unmet') {
    throw new Error(`from the wallet: ${whole.outcome}, with one missing ${lacking.outcome}\n${JSON.stringify(whole)}`);
  }
}
