import { setTimeout } from 'node:timers/promises';
import type { PostgresServer } from '../../support/postgres.ts';
import type { ReplicaProcess } from '../../support/processes.ts';
import type { Journal } from './journal.ts';
import { makeWorld, startLoad, type Troubles } from './load.ts';

export interface KillRun {
  /** Started. One of them is killed at a time. */
  processes: readonly ReplicaProcess[];
  journal: Journal;
  kills: number;
  /** Of the database server, spread over the run; needs one. */
  restarts: number;
  server?: Pick<PostgresServer, 'restart'>;
  width: number;
  lists: boolean;
  say(text: string): void;
}

/** Between a start and the kill, milliseconds: from the middle of the start of work to well into it. */
const LIFE = { least: 50, most: 1_500 };

/** @returns what became of requests; throws when an answer is neither well nor a fault that passes */
export async function runKills(run: KillRun): Promise<{ troubles: Troubles; contradictions: string[] }> {
  const { processes, journal, server, say } = run;
  const world = await makeWorld(processes[0]!, journal);
  const done = (what: 'kill' | 'restart') => journal.entries.filter((entry) => entry.what === what).length;
  const load = startLoad({ processes, world, journal, width: run.width, lists: run.lists });
  // A run that was stopped did its restarts at the same places.
  const every = run.restarts > 0 ? Math.ceil(run.kills / run.restarts) : Number.POSITIVE_INFINITY;
  while (done('kill') < run.kills) {
    const after = Math.round(LIFE.least + Math.random() * (LIFE.most - LIFE.least));
    await setTimeout(after);
    load.assertRunning();
    const victim = processes[Math.floor(Math.random() * processes.length)]!;
    await victim.kill();
    await victim.start();
    journal.add({ what: 'kill', after });
    if (server && done('kill') >= (done('restart') + 1) * every && done('restart') < run.restarts) {
      await server.restart('crash');
      journal.add({ what: 'restart' });
    }
    if (done('kill') % 10 === 0) say(`${done('kill')} kills, ${done('restart')} restarts, ${load.answered()} answered`);
  }
  await load.stop();
  return { troubles: load.troubles, contradictions: load.contradictions };
}
