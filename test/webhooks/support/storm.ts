import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { eventIdOf, eventOf } from '#events';
import { openStorage } from '#storage';
import { startPostgres } from '../../support/postgres.ts';
import { type ReplicaProcess, replicaProcess, replicaProcesses } from '../../support/processes.ts';
import { openReceiver, type Receiver } from './receiver.ts';

export interface StormOptions {
  engine: 'sqlite' | 'postgres';
  directory: string;
  port: number;
  receiverPort?: number;
  /** Four for each award. */
  events: number;
  kills: number;
  /** Share of calls that the endpoint fails. */
  failing: number;
  /** What is known is kept in the directory, and the next run goes on with it. */
  kept: boolean;
  say: (text: string) => void;
}

export interface StormFindings {
  events: number;
  /** Answered by the service as done, and not told. */
  lost: number;
  /** Told, and not in the log. */
  invented: number;
  /** Told for the first time after a later one of the same award. */
  outOfOrder: number;
  /** Signatures that the published library does not find to be good. */
  forged: number;
  calls: number;
  failed: number;
  /** Taken again by the endpoint: a receiver knows them by their ids. */
  repeated: number;
  kills: number;
  seconds: number;
}

interface World {
  what: 'world';
  key: string;
  achievementId: string;
  secret: string;
}
type Line =
  | World
  | { what: 'batch'; number: number; ids: string[] }
  | { what: 'changed'; number: number; action: string }
  | { what: 'taken'; id: string; type: string; award: string };

/** In one request. */
const LIST = 25;
/** Events done and not yet told, beyond which nothing more is done for a while. */
const AHEAD = 150;
const STEPS = ['credential.prepared', 'credential.issued', 'credential.suspended', 'credential.reinstated'];
const PROGRAM = join(import.meta.dirname, 'program.ts');
const PATIENCE_MS = 600_000;

/** Awards are issued, suspended and reinstated while the endpoint fails and the service is killed, until all is told. */
export async function storm(options: StormOptions): Promise<StormFindings> {
  const { directory, engine, events, kept, say } = options;
  mkdirSync(directory, { recursive: true });
  const lines = openLines(kept ? join(directory, 'storm.ndjson') : undefined);
  const server =
    engine === 'postgres' ? await startPostgres(kept ? join(directory, 'postgres') : undefined, true) : undefined;
  const databaseUrl = await server?.database();
  const common = { directory, port: options.port, tlsPort: options.port + 3, connections: 4, program: PROGRAM };
  const processes: ReplicaProcess[] =
    databaseUrl === undefined ? [replicaProcess(common)] : replicaProcesses({ ...common, databaseUrl });
  const receiver = await openReceiver(options.receiverPort);
  const began = performance.now();
  try {
    for (const process of processes) await process.start();
    const world = await worldOf(processes[0]!, lines, receiver);
    receiver.secrets = [world.secret];
    const calls = { all: 0, failed: 0, repeated: 0 };
    const taken = new Map<string, { type: string; award: string }>();
    for (const line of lines.all) if (line.what === 'taken') taken.set(line.id, line);
    const random = seeded(42);
    receiver.answer = (event, _, reply) => {
      calls.all++;
      const chance = random();
      if (chance < options.failing) {
        calls.failed++;
        // Answers that say no, answers that lead elsewhere, and none at all.
        if (chance < options.failing / 3) return 500;
        if (chance < (options.failing * 2) / 3) {
          reply.setHeader('location', 'http://127.0.0.1:1/');
          return 302;
        }
        reply.destroy();
        return undefined;
      }
      const award = String(event.data.credentialId);
      if (taken.has(event.id)) calls.repeated++;
      else {
        taken.set(event.id, { type: event.type, award });
        lines.add({ what: 'taken', id: event.id, type: event.type, award });
      }
      return 204;
    };

    let kills = 0;
    let acting = true;
    let restarting = false;
    const killing = (async () => {
      for (; kills < options.kills; kills++) {
        // Spread over the events; the last ones fall on an endpoint that is still behind.
        const at = Math.floor(((kills + 1) * events) / (options.kills + 1));
        while (taken.size < at && (acting || taken.size < events)) await setTimeout(20);
        const victim = processes[kills % processes.length]!;
        restarting = true;
        await victim.kill();
        await victim.start();
        restarting = false;
        say(`killed ${kills + 1} times; ${taken.size} events taken`);
      }
    })();
    // What is done keeps ahead of what is told, but not by so much that nothing is left for the next kill.
    const room = async (done: number) => {
      while (restarting || done - taken.size > AHEAD) await setTimeout(20);
    };
    const awards = await act(processes, world, lines, { awards: Math.ceil(events / STEPS.length), room, say });
    acting = false;
    const deadline = performance.now() + PATIENCE_MS;
    const expected = awards.length * STEPS.length;
    const told = () => {
      const seen = new Set([...taken.values()].map(({ type, award }) => `${award} ${type}`));
      return awards.flatMap((award) => STEPS.map((type) => `${award} ${type}`)).filter((one) => seen.has(one)).length;
    };
    let count = told();
    while (count < expected && performance.now() < deadline) {
      await setTimeout(250);
      const now = told();
      if (Math.floor(now / 1_000) > Math.floor(count / 1_000)) say(`${now} of ${expected} taken`);
      count = now;
    }
    await killing;
    const findings = {
      ...{ events: expected, lost: expected - count, outOfOrder: outOfOrder(taken), forged: receiver.forged.length },
      ...{ calls: calls.all, failed: calls.failed, repeated: calls.repeated, kills },
      seconds: Math.round((performance.now() - began) / 1_000),
    };
    for (const process of processes) await process.kill();
    const place = {
      dataDirectory: join(directory, 'replica-0'),
      ...(databaseUrl === undefined ? {} : { databaseUrl }),
    };
    return { ...findings, invented: await invented(place, taken) };
  } finally {
    for (const process of processes) await process.kill();
    await server?.stop();
    await receiver.close();
  }
}

async function worldOf(process: ReplicaProcess, lines: Lines, receiver: Receiver): Promise<World> {
  const known = lines.all.find((line) => line.what === 'world');
  if (known) return known;
  const post = async <T>(path: string, key: string | undefined, body: object): Promise<T> => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    const answer = await process.ask(path, { method: 'POST', headers, body: JSON.stringify(body) });
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.text}`);
    return JSON.parse(answer.text) as T;
  };
  const slug = 'specimen-college';
  const operator = process.operatorKey;
  await post('/v1/institutions', operator, { slug, profile: { name: 'SPECIMEN College' } });
  const { secret: key } = await post<{ secret: string }>('/v1/api-keys', operator, {
    ...{ institution: slug, role: 'issuer', label: 'storm' },
  });
  const achievement = { name: 'SPECIMEN Course', description: 'D', criteria: { narrative: 'N' } };
  const { achievementId } = await post<{ achievementId: string }>('/v1/achievements', key, {
    ...{ achievement, extension: false, statusPurpose: 'suspension' },
  });
  const { secret } = await post<{ secret: string }>('/v1/webhooks', key, { url: receiver.url });
  const world: World = { what: 'world', key, achievementId, secret };
  lines.add(world);
  return world;
}

/** @returns ids of the awards whose whole life was acknowledged */
async function act(
  processes: readonly ReplicaProcess[],
  { key, achievementId }: World,
  lines: Lines,
  { awards, room, say }: { awards: number; room: (done: number) => Promise<void>; say: (text: string) => void },
): Promise<string[]> {
  const ids: string[] = [];
  let turn = 0;
  /** Repeats it until it is answered, with its key, as a client has to. */
  const insist = async (path: string, name: string, body: object): Promise<string> => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'idempotency-key': name };
    const deadline = performance.now() + PATIENCE_MS;
    for (;;) {
      const process = processes[turn++ % processes.length]!;
      const answer = await process
        .ask(path, { method: 'POST', headers, body: JSON.stringify(body) })
        .catch(() => undefined);
      if (answer && answer.status < 300) return answer.text;
      if (answer && answer.status < 500) throw new Error(`${path}: ${answer.status} ${answer.text}`);
      if (performance.now() > deadline) throw new Error(`${path} is not answered: ${answer?.text}`);
      await setTimeout(50);
    }
  };
  for (let number = 0; number * LIST < awards; number++) {
    await room(ids.length * STEPS.length);
    const made = lines.all.find((line) => line.what === 'batch' && line.number === number);
    const recipients = Array.from({ length: Math.min(LIST, awards - number * LIST) }, (_, at) => ({
      name: `SPECIMEN ${at}`,
    }));
    const batch =
      made?.what === 'batch'
        ? made.ids
        : (
            JSON.parse(await insist('/v1/credentials', `issue-${number}`, { achievementId, recipients })) as {
              credentials: { id: string }[];
            }
          ).credentials.map(({ id }) => id);
    if (!made) lines.add({ what: 'batch', number, ids: batch });
    for (const action of ['suspend', 'reinstate']) {
      if (lines.all.some((line) => line.what === 'changed' && line.number === number && line.action === action))
        continue;
      const body = { action, reason: 'A drill', credentials: batch };
      await insist('/v1/status-changes', `${action}-${number}`, body);
      lines.add({ what: 'changed', number, action });
    }
    ids.push(...batch);
    if (number % 40 === 39) say(`${ids.length} awards issued, suspended and reinstated`);
  }
  return ids;
}

/** Each event once, when it was first taken: a map keeps that order. */
function outOfOrder(taken: ReadonlyMap<string, { type: string; award: string }>): number {
  const reached = new Map<string, number>();
  let wrong = 0;
  for (const { type, award } of taken.values()) {
    const step = STEPS.indexOf(type);
    if (step < (reached.get(award) ?? 0)) wrong++;
    reached.set(award, step);
  }
  return wrong;
}

async function invented(
  place: { dataDirectory: string; databaseUrl?: string },
  taken: ReadonlyMap<string, { type: string; award: string }>,
): Promise<number> {
  const storage = await openStorage(place);
  try {
    const real = new Set<string>();
    for (let seq = 0; ; ) {
      const entries = await storage.reader.entriesAfter('specimen-college', seq, 1_000);
      for (const entry of entries) {
        const event = eventOf(entry);
        if (event) real.add(`${eventIdOf(entry)} ${event.type} ${event.id}`);
      }
      const last = entries.at(-1);
      if (!last) break;
      seq = last.seq;
    }
    return [...taken].filter(([id, { type, award }]) => !real.has(`${id} ${type} ${award}`)).length;
  } finally {
    await storage.close();
  }
}

/** The same sequence each time (mulberry32): a run that fails can be repeated. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Lines {
  all: readonly Line[];
  add(line: Line): void;
}

/** What a run was told and told itself, one line each. @param file absent: nothing is kept after the process */
function openLines(file: string | undefined): Lines {
  const all: Line[] = [];
  for (const text of file !== undefined && existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []) {
    // The last line of a run that was stopped may be half of one.
    try {
      if (text !== '') all.push(JSON.parse(text) as Line);
    } catch {}
  }
  return {
    all,
    add(line) {
      all.push(line);
      if (file !== undefined) appendFileSync(file, `${JSON.stringify(line)}\n`);
    },
  };
}
