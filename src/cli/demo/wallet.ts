/** Badges of one learner by CSV of three institutions: the links by mail, into a wallet of one key, before the employer. */
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { COASTAL_COLLEGE, CPD_PROVIDER, OPEN_UNIVERSITY } from './actors.ts';
import { type Client, createClient } from './client.ts';
import { verification } from './employer-checks.ts';
import { createInbox } from './inbox.ts';
import { stackAsLearner } from './learner-session.ts';
import type { World } from './world.ts';

/** What the wallet holds, and an offer that is left for the reader. */
export interface Taken {
  /** Their address. */
  learner: string;
  /** Asks for the three awards. */
  pathway: string;
  /** Signed badges, as the wallet got them. */
  credentials: string[];
  /** The web copy of each. */
  webCopies: string[];
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
  const lists: [Client, string][] = [
    [university, world.courses[0]!],
    [world.issuer(COASTAL_COLLEGE), world.elective],
    [world.issuer(CPD_PROVIDER), world.cpd],
  ];
  const pathway = await publish(
    world,
    lists.map(([, achievementId]) => achievementId),
  );
  await Promise.all(lists.map(([registrar, achievementId]) => sendByMail(registrar, achievementId)));
  const inbox = createInbox(join(data, 'mail'), LEARNER);
  const links = await inbox.find(/http\S+\/claim\/[0-9a-z]+/, lists.length);

  const wallet = join(data, 'wallet');
  mkdirSync(wallet, { recursive: true });
  const credentials: string[] = [];
  for (const [at, link] of links.entries()) {
    const out = join(wallet, `badge-${at + 1}.json`);
    await claimByCommand([link, '--out', out, '--key', join(wallet, 'key.jwk'), '--json']);
    credentials.push(readFileSync(out, 'utf8'));
  }
  const taken = await Promise.all(lists.map(([one]) => one.get<{ items: Offer[] }>('/v1/offers?state=taken')));
  const webCopies = taken.flatMap(({ items }) => items.map(({ credentialUrl }) => credentialUrl));
  if (webCopies.length !== links.length) throw new Error(`${webCopies.length} of ${links.length} offers are taken`);
  await stackAsLearner(world.url, { email: LEARNER, inbox, pathway, awards: lists.length });
  return { learner: LEARNER, pathway, credentials, webCopies, open: await leaveOne(university, world.classCourse) };
}

/** All three, of whomever. */
async function publish(world: World, achievementIds: readonly string[]): Promise<string> {
  const { url } = await world.issuer(OPEN_UNIVERSITY).post<{ url: string }>('/v1/pathways', {
    name: 'SPECIMEN Learning Analytics Starter',
    stackingRule: {
      ...{ kind: 'requireAll', id: 'all', source: 'Illustrative', binding: 'Mandatory', realism: 'Illustrative' },
      text: { en: 'The three badges.', fil: 'Ang tatlong badge.' },
      items: achievementIds.map((id) => ({ achievement: `${world.url}/achievements/${id}` })),
    },
  });
  return url;
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

/** `tatak offer claim`, as anybody types it. @throws Error with what it said */
async function claimByCommand(args: readonly string[]): Promise<void> {
  const tatak = join(import.meta.dirname, '..', 'tatak.ts');
  const child = spawn(process.execPath, ['--disable-proto=delete', tatak, 'offer', 'claim', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (chunk) => {
    said += String(chunk);
  });
  const code = await new Promise((done, reject) => child.once('error', reject).once('close', done));
  if (code !== 0) throw new Error(`tatak offer claim ended with ${code}: ${said}`);
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
  evaluation: { used: string[] };
}

/** The employer is shown wallet copies and web copies together: each award counts once. @throws Error otherwise */
export async function showWalletTo(employerUrl: string, { pathway, credentials, webCopies }: Taken): Promise<void> {
  const employer = createClient(employerUrl);
  for (const text of credentials) {
    const said = await verification(employer, { text });
    if (`${said.verdict}, ${said.recognition}` !== 'valid, recognised') {
      throw new Error(`a wallet copy is ${JSON.stringify(said, null, 2)}`);
    }
  }
  const evaluate = (given: string[]) => employer.post<Report>('/v1/evaluations', { pathway, credentials: given });
  const both = await evaluate([...credentials, ...webCopies]);
  const lacking = await evaluate(credentials.slice(1));
  const used = both.evaluation.used.length;
  if (both.outcome !== 'met' || used !== credentials.length || lacking.outcome !== 'unmet') {
    throw new Error(`from the wallet: ${both.outcome} by ${used}, with one missing ${lacking.outcome}`);
  }
}
