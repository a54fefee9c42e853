/** What is measured at each size. Values are microseconds of CPU for one, or milliseconds by the clock, as `unit` says. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type JsonObject, LIMITS, nextTurn, systemClock } from '#kernel';
import { ACTOR, openWorld, seed, TENANT } from '../credentials/support/world.ts';
import { goldenBadge, testKey } from '../support/golden-badge.ts';
import { libraryVerify, openOurs } from './parts/ours.ts';
import { another, libraryIssue } from './parts/reference-badge.ts';
import { insertAwards } from './rows.ts';
import { costOf, median, percentile, timesOf } from './timing.ts';

export interface Curve {
  title: string;
  /** Of the vertical axis. */
  unit: string;
  horizontal: string;
  measure(n: number): Promise<Record<string, number>>;
}

/** Beyond it the reference takes minutes, and each costs what the one before did. */
const REFERENCE_MOST = 1_000;
const LOOKS = 1_000;
const ROUNDS = 5;

/** One after another as requests come: plans are made beside them and arrive between two turns. */
const inTurn =
  (work: (n: number) => unknown) =>
  async (n: number): Promise<void> => {
    await work(n);
    await nextTurn();
  };

export const CURVES: Record<string, Curve> = {
  issuing: {
    title: 'Issuing: lint, signature, self-check from the released text',
    ...{ unit: 'µs of CPU for one badge', horizontal: 'badges of one definition issued one after another' },
    async measure(n) {
      // A definition that was never seen: making its plans is part of what is measured.
      const { issue, idle, close } = await openOurs(goldenBadge());
      const cost = await costOf(
        n,
        inTurn(() => issue(another(goldenBadge()))),
      );
      await idle();
      await close();
      const theirs = n <= REFERENCE_MOST ? await costOf(n, inTurn(libraryIssue(goldenBadge()))) : undefined;
      return { Tatak: cost.cpuMs * 1_000, ...(theirs && { '@digitalbazaar/vc': theirs.cpuMs * 1_000 }) };
    },
  },
  verifying: {
    title: 'Verifying: document and proof, from JSON text',
    ...{ unit: 'µs of CPU for one badge', horizontal: 'badges of one definition verified one after another' },
    async measure(n) {
      const { sign, verify, idle, loader, close } = await openOurs(goldenBadge());
      const texts: string[] = [];
      for (let made = 0; made < Math.min(n, REFERENCE_MOST); made++) texts.push(await sign(another(goldenBadge())));
      const cost = await costOf(
        n,
        inTurn((at) => verify(texts[at % texts.length]!)),
      );
      await idle();
      const documents = texts.map((text) => JSON.parse(text) as JsonObject);
      const { method } = testKey(1);
      const theirs =
        n <= REFERENCE_MOST
          ? await costOf(
              n,
              inTurn((at) => libraryVerify(loader, documents[at]!, method)),
            )
          : undefined;
      await close();
      return { Tatak: cost.cpuMs * 1_000, ...(theirs && { '@digitalbazaar/vc': theirs.cpuMs * 1_000 }) };
    },
  },
  publishing: {
    title: 'Publishing a status list of 1,048,576 entries',
    ...{ unit: 'ms', horizontal: 'revoked badges in the list' },
    async measure(n) {
      const world = await openWorld({ clock: systemClock, statusListLength: LIMITS.statusListEntriesMax });
      const { achievementId } = await seed(world);
      const list = await world.status.ensureList(TENANT, 'revocation');
      const credentialIds = await insertAwards(world.storage, { achievementId, list, count: n });
      const of = { tenant: TENANT, action: 'revoke', reason: 'Issued in error', actor: ACTOR } as const;
      const revoke = async () => {
        for (let from = 0; from < n; from += LIMITS.statusChanges) {
          const some = credentialIds.slice(from, from + LIMITS.statusChanges);
          await world.status.changeMany({ ...of, of: { credentialIds: some } });
        }
      };
      const revoking = await costOf(1, revoke);
      const times = await timesOf(ROUNDS, () => world.status.publish(list.listId));
      await world.close();
      return { 'signed, checked, stored': median(times), 'revoking them all as well': revoking.ms };
    },
  },
  'look-up': {
    title: 'Looking up among many credentials in SQLite',
    ...{ unit: 'ms, 99th percentile', horizontal: 'credentials stored' },
    async measure(n) {
      const directory = mkdtempSync(join(tmpdir(), 'tatak-bench-growth-'));
      const world = await openWorld({ path: join(directory, 'tatak.sqlite'), clock: systemClock });
      const { achievementId } = await seed(world);
      const ids: string[] = [];
      while (ids.length < n) {
        const list = await world.status.createList({ tenant: TENANT, purpose: 'revocation', actor: ACTOR });
        const count = Math.min(n - ids.length, list.length / 4);
        ids.push(...(await insertAwards(world.storage, { achievementId, list, count, from: ids.length })));
      }
      const { reader } = world;
      const byId = (at: number) => reader.credential(ids[(at * 7_919) % n]!);
      const page = () => reader.credentials({ tenant: TENANT, achievementId }, { limit: 50 });
      await timesOf(100, byId);
      const [one, many] = [await timesOf(LOOKS, byId), await timesOf(LOOKS / 10, page)];
      await world.close();
      rmSync(directory, { recursive: true, force: true });
      return { 'one by its id': percentile(one, 0.99), 'a page of 50': percentile(many, 0.99) };
    },
  },
};
