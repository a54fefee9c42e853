import { generateKeyPairSync } from 'node:crypto';
import { openPostgres, type Storage } from '#storage';
import type { PostgresServer } from '../../support/postgres.ts';
import type { ReplicaProcess } from '../../support/processes.ts';
import { SLUG } from '../../wallets/support/world.ts';
import { type Begun, begin, type Door, didOf, finish, insist, type Outcome, type Troubles } from './wallets.ts';

/** One offer, the wallets that want it, and how far they are. */
export interface Exchange {
  credentialId: string;
  offerId: string;
  door: Door;
  secret: string;
  /** Replica on which it is started; it is finished on the other one. */
  first: 0 | 1;
  wallets: { key: string; begun?: Begun; outcome?: Outcome }[];
}

/** Everything that a run that is stopped needs to go on. */
export interface Progress {
  operatorKey: string;
  issuerKey: string;
  achievementId: string;
  exchanges: Exchange[];
  /** One replica was killed and started again. */
  killed: boolean;
  troubles: Troubles;
}

export interface Run {
  replicas: readonly [ReplicaProcess, ReplicaProcess];
  publicUrl: string;
  /** Offers. */
  count: number;
  /** Requests of wallets at once. */
  width: number;
  progress: Progress;
  save(): void;
  say(text: string): void;
}

export const newProgress = (): Progress => ({
  ...{ operatorKey: '', issuerKey: '', achievementId: '', exchanges: [], killed: false },
  troubles: { cut: 0, later: 0, anew: 0 },
});

/** Every tenth offer is wanted by two wallets. */
const SHARED = 10;
const PER_REQUEST = 50;
const newKey = () =>
  generateKeyPairSync('ed25519').privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');

/** Offers, started exchanges, finished exchanges: each goes on where the last run stopped. */
export async function runExchanges(run: Run): Promise<void> {
  await makeOffers(run);
  const { exchanges, troubles } = run.progress;
  const { replicas, publicUrl, save, say } = run;
  const starting = exchanges.flatMap((exchange) =>
    exchange.wallets.filter(({ begun, outcome }) => !begun && !outcome).map((wallet) => ({ exchange, wallet })),
  );
  await inParallel(starting, run.width, async ({ exchange, wallet }) => {
    const found = await begin({ ...exchange, key: wallet.key }, replicas[exchange.first], troubles);
    if ('refused' in found || 'credential' in found) throw new Error('nobody can have the badge yet');
    wallet.begun = found;
  });
  save();
  say(`${exchanges.length} exchanges are under way`);

  const open = exchanges.filter(({ wallets }) => wallets.some(({ outcome }) => !outcome));
  let done = exchanges.length - open.length;
  let killing: Promise<void> | undefined;
  await inParallel(open, run.width, async (exchange) => {
    const first = replicas[exchange.first];
    const other = replicas[exchange.first === 0 ? 1 : 0];
    // Two wallets that want the same go to different replicas, or they would meet in one process.
    const ways = [
      { first, other, publicUrl },
      { first: other, other: first, publicUrl },
    ] as const;
    await Promise.all(
      exchange.wallets.map(async (wallet, at) => {
        wallet.outcome ??= await finish({ ...exchange, key: wallet.key }, wallet.begun!, ways[at]!, troubles);
      }),
    );
    done++;
    // In the middle, while others wait for its answers.
    if (!run.progress.killed && !killing && done >= exchanges.length / 2) killing = killAndStart(run);
    if (done % 25 === 0) {
      save();
      say(`${done} of ${exchanges.length} are over`);
    }
  });
  await killing;
  save();
}

/** As when the machine of one fails, and comes back. */
async function killAndStart({ replicas, progress, say, save }: Run): Promise<void> {
  await replicas[1].kill();
  say('one replica is killed');
  await replicas[1].start();
  progress.killed = true;
  save();
  say('it is back');
}

async function makeOffers({ replicas, count, width, progress, save, say }: Run): Promise<void> {
  const [replica] = replicas;
  const post = async <T>(path: string, body: object, key: string): Promise<T> => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` };
    const asking = { method: 'POST', headers, body: JSON.stringify(body) } as const;
    const made = await insist(replica, path, asking, progress.troubles);
    if (made.status !== 201) throw new Error(`${path}: ${made.status} ${made.text}`);
    return JSON.parse(made.text);
  };
  if (!progress.achievementId) {
    progress.operatorKey = replicas[0].operatorKey!;
    await post('/v1/institutions', { slug: SLUG, profile: { name: 'Specimen College' } }, progress.operatorKey);
    const key = { institution: SLUG, role: 'issuer', label: 'exchanges' };
    progress.issuerKey = (await post<{ secret: string }>('/v1/api-keys', key, progress.operatorKey)).secret;
    const achievement = { name: 'SPECIMEN Course', description: 'D', criteria: { narrative: 'N' } };
    const made = await post<{ achievementId: string }>('/v1/achievements', { achievement }, progress.issuerKey);
    progress.achievementId = made.achievementId;
    save();
  }
  while (progress.exchanges.length < count) {
    const size = Math.min(PER_REQUEST, count - progress.exchanges.length);
    const recipients = Array.from({ length: size }, (_, n) => ({ name: `Learner ${progress.exchanges.length + n}` }));
    const body = { achievementId: progress.achievementId, recipients };
    const issued = await post<{ credentials: { id: string }[] }>('/v1/credentials', body, progress.issuerKey);
    const made: { id: string; claimUrl: string; credentialId: string }[] = [];
    await inParallel(issued.credentials, width, async ({ id: credentialId }) => {
      const offer = { credentialId, confirmation: 'none' };
      made.push({
        ...(await post<{ id: string; claimUrl: string }>('/v1/offers', offer, progress.issuerKey)),
        credentialId,
      });
    });
    for (const { id: offerId, credentialId, claimUrl } of made) {
      const number = progress.exchanges.length;
      const wallets = Array.from({ length: number % SHARED === 0 ? 2 : 1 }, () => ({ key: newKey() }));
      progress.exchanges.push({
        ...{ credentialId, offerId, wallets, secret: claimUrl.split('/').at(-1)! },
        // Each way from each replica, also of those that two want.
        door: number % (2 * SHARED) < SHARED === (number % 2 === 0) ? 'vc-api' : 'oid4vci',
        first: (Math.floor(number / 2) % 2) as 0 | 1,
      });
    }
    save();
    say(`${progress.exchanges.length} offers are made`);
  }
}

/** Nothing but zeros and `offers` is right. */
export interface Figures {
  offers: number;
  /** Wallets that have a badge in hand, and those whose answer was lost after the badge became theirs. */
  acknowledged: number;
  unheard: number;
  refused: number;
  /** Badges of wallets that are not stored as they were given, not served so on each replica, or do not verify. */
  lost: number;
  /** Offers with other than one form, or taken by other than one of its wallets, or by two. */
  double: number;
  indexesTwice: number;
  integrity: string[];
  faults: string[];
}

/** Looks at the store, and asks both replicas. */
export async function examine(run: Run, databaseUrl: string, server: Pick<PostgresServer, 'run'>): Promise<Figures> {
  const storage = await openPostgres({ url: databaseUrl });
  const figures: Figures = {
    ...{ offers: run.progress.exchanges.length, acknowledged: 0, unheard: 0, refused: 0 },
    ...{ lost: 0, double: 0, indexesTwice: 0, integrity: [], faults: [] },
  };
  let seen = 0;
  await inParallel(run.progress.exchanges, 16, async (exchange) => {
    await examineOne(run, storage, exchange, figures, seen++);
  });
  const [row] = await server.run(
    databaseUrl,
    `select count(*) - count(distinct (tenant, list_id, pair)) as twice from
      (select tenant, status_list_id as list_id, least(status_list_index, status_list_index # 7) as pair from credentials) as c`,
  );
  figures.indexesTwice = Number(row!.twice);
  figures.integrity = await storage.integrity();
  await storage.close();
  return figures;
}

async function examineOne(
  run: Run,
  storage: Storage,
  exchange: Exchange,
  figures: Figures,
  nth: number,
): Promise<void> {
  const { credentialId, offerId, door, wallets } = exchange;
  const forms = await storage.reader.formsOf(SLUG, credentialId);
  const offer = await storage.reader.offer(offerId);
  const dids = wallets.map(({ key }) => didOf({ ...exchange, key }));
  const owner = offer?.holders?.length === 1 ? offer.holders[0]! : undefined;
  const winners = wallets.filter(({ outcome }) => outcome && 'credential' in outcome);
  const [form] = forms;
  const right = forms.length === 1 && owner !== undefined && dids.includes(owner) && offer?.takenBy === door;
  if (!right || winners.length > 1 || form?.recipient.subjectId !== owner) {
    figures.double++;
    figures.faults.push(
      `${offerId}: ${forms.length} forms, ${winners.length} winners, ${offer?.state} by ${offer?.takenBy}`,
    );
    return;
  }
  figures.refused += wallets.length - 1;
  const winner = wallets[dids.indexOf(owner)]!;
  if (winner.outcome && 'credential' in winner.outcome) figures.acknowledged++;
  else figures.unheard++;
  const given = winner.outcome && 'credential' in winner.outcome ? winner.outcome.credential : form.signed!;
  const path = new URL((JSON.parse(given) as { id: string }).id).pathname;
  const from = process.platform === 'linux' ? `127.1.${Math.floor(nth / 100)}.1` : undefined;
  const wrong: string[] = [];
  if (form.phase !== 'issued' || form.signed !== given) wrong.push('stored');
  for (const replica of run.replicas) {
    const served = await insist(replica, path, { ...(from ? { from } : {}) }, run.progress.troubles);
    if (served.status !== 200 || served.text !== given) wrong.push(`served ${served.status}`);
  }
  const body = JSON.stringify({ text: given });
  const asking = { method: 'POST', headers: { 'content-type': 'application/json' }, body } as const;
  const report = await insist(
    run.replicas[nth % 2]!,
    '/v1/verifications',
    { ...asking, ...(from ? { from } : {}) },
    run.progress.troubles,
  );
  if (report.status !== 200 || JSON.parse(report.text).verdict !== 'valid') wrong.push(`verified ${report.status}`);
  if (wrong.length > 0) {
    figures.lost++;
    figures.faults.push(`${offerId}: not ${wrong.join(', ')}`);
  }
}

async function inParallel<T>(all: readonly T[], width: number, work: (one: T) => Promise<void>): Promise<void> {
  const left = [...all];
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (let one = left.shift(); one !== undefined; one = left.shift()) await work(one);
    }),
  );
}
