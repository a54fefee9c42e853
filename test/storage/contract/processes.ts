import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { Storage } from '#storage';
import { CHILD_FLAGS } from '../../support/start-flags.ts';
import { seed } from '../support/records.ts';

/** A store that other processes can open too. */
export interface Shared {
  open(): Promise<Storage>;
  /** Engine and address, as `support/child.ts` takes them. */
  child: [engine: string, address: string];
}

const CHILD = new URL('../support/child.ts', import.meta.url).pathname;

interface Writer {
  process: ChildProcess;
  /** Ids whose commit was acknowledged, so far. */
  acknowledged(): string[];
  errors(): string;
  /** After the process has ended and its output is read. */
  ended: Promise<unknown>;
}

function writer(shared: Shared, count: number, perCommit: number): Writer {
  const args = [...CHILD_FLAGS, CHILD, ...shared.child, String(count), String(perCommit)];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  let errors = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  return {
    process: child,
    // A line cut in the middle by a kill was not acknowledged.
    acknowledged: () =>
      out
        .slice(0, out.lastIndexOf('\n') + 1)
        .split('\n')
        .filter(Boolean),
    errors: () => errors,
    ended: once(child, 'close'),
  };
}

async function allIds(storage: Storage): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | undefined; ; ) {
    const page = await storage.reader.credentials({ tenant: 'uno' }, { limit: 500, ...(cursor ? { cursor } : {}) });
    ids.push(...page.items.map((row) => row.credentialId));
    if (page.next === undefined) return ids;
    cursor = page.next;
  }
}

/** Several processes on one store (IS-1, ST-1), and one that is killed. `make` makes a new, empty store. */
export function processContract(name: string, make: () => Promise<Shared>): void {
  describe(`processes: ${name}`, () => {
    it('opens an empty store from two processes at once', async () => {
      const shared = await make();
      const [a, b] = await Promise.all([shared.open(), shared.open()]);
      await seed(a!, 'uno');
      const writers = [writer(shared, 5, 5), writer(shared, 5, 5)];
      await Promise.all(writers.map((one) => one.ended));
      expect(await b!.integrity()).toEqual([]);
      expect(await allIds(b!)).toHaveLength(10);
      await Promise.all([a!.close(), b!.close()]);
    });

    it('gives no id or index pair twice and loses none, when two processes prepare 1,000 each', async () => {
      const shared = await make();
      const storage = await shared.open();
      await seed(storage, 'uno');
      const writers = [writer(shared, 1_000, 4), writer(shared, 1_000, 4)];
      await Promise.all(writers.map((one) => one.ended));
      for (const one of writers)
        expect([one.process.exitCode, one.errors()]).toEqual([0, expect.stringMatching(/^\d+\n$/)]);
      // The draw was from so few that both had to yield: otherwise this would prove nothing.
      expect(writers.every((one) => Number(one.errors()) > 0)).toBe(true);
      const acknowledged = writers.flatMap((one) => one.acknowledged());
      expect(acknowledged).toHaveLength(2_000);
      expect(new Set(acknowledged).size).toBe(2_000);
      expect((await allIds(storage)).sort()).toEqual(acknowledged.sort());
      expect(await storage.reader.statusList('LIST-uno')).toMatchObject({ reserved: 2_000 });
      expect(await storage.reader.lastAudit()).toMatchObject({ seq: 2_000 });
      expect(await storage.integrity()).toEqual([]);
      await storage.close();
    }, 120_000);

    it('loses nothing acknowledged when the writer is killed, three times over', async () => {
      const shared = await make();
      const first = await shared.open();
      await seed(first, 'uno');
      await first.close();
      const acknowledged: string[] = [];
      for (let round = 0; round < 3; round++) {
        const one = writer(shared, 0, 3);
        await new Promise<void>((resolve, reject) => {
          one.process.stdout!.on('data', () => one.acknowledged().length >= 60 && resolve());
          one.process.once('exit', () => reject(new Error(`the writer ended by itself: ${one.errors()}`)));
        });
        one.process.kill('SIGKILL');
        await one.ended;
        acknowledged.push(...one.acknowledged());
        const storage = await shared.open();
        const ids = await allIds(storage);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.length % 3, 'commits are whole').toBe(0);
        expect(acknowledged.filter((id) => !ids.includes(id))).toEqual([]);
        expect(await storage.integrity()).toEqual([]);
        await storage.close();
      }
    }, 60_000);

    it('reads, while another process or call is writing, what was committed before', async () => {
      const shared = await make();
      const storage = await shared.open();
      await seed(storage, 'uno');
      const one = writer(shared, 200, 2);
      let last = 0;
      for (let running = true; running; ) {
        running = one.process.exitCode === null;
        const { reserved } = (await storage.reader.statusList('LIST-uno'))!;
        expect(reserved).toBeGreaterThanOrEqual(last);
        expect(reserved % 2).toBe(0);
        last = reserved;
        await new Promise((resolve) => setTimeout(resolve, 2));
      }
      await one.ended;
      expect(await storage.reader.statusList('LIST-uno')).toMatchObject({ reserved: 200 });
      await storage.close();
    });
  });
}
