import { randomBytes } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { sha256Hex } from '#kernel';
import type { HttpAnswer } from '../../support/ask.ts';
import type { ReplicaProcess } from '../../support/processes.ts';
import type { Entry, Journal } from './journal.ts';

export interface World {
  operatorKey: string;
  issuerKey: string;
  achievementId: string;
}

export interface LoadOptions {
  processes: readonly ReplicaProcess[];
  world: World;
  journal: Journal;
  /** Callers at once. */
  width: number;
  /** Class lists too: one whose worker was killed waits a minute for the next. */
  lists: boolean;
}

/** How requests ended, besides well: cut by a kill, refused for now (503, 429), repeated for an answer already had. */
export interface Troubles {
  cut: number;
  later: number;
  repeated: number;
}

export interface RunningLoad {
  troubles: Troubles;
  /** Answers that say something else than an earlier one for the same request. */
  contradictions: string[];
  /** Requests answered well. */
  answered(): number;
  /** @throws what a caller gave up for: killing on without it would show nothing */
  assertRunning(): void;
  /** Each caller finishes what it began: repeats it until it is answered. */
  stop(): Promise<void>;
}

const ROWS = 25;
/** A service that is killed again and again answers hardly ever, the less the busier the machine is. */
const PATIENCE_MS = 600_000;
const json = { 'content-type': 'application/json' };

/**
 * Callers that issue, revoke, send class lists and read, without rest. A request that is cut or refused for now is repeated
 * with its Idempotency-Key until it is answered, as a client has to; every fifth answer is asked for once more.
 */
export function startLoad({ processes, world, journal, width, lists }: LoadOptions): RunningLoad {
  const troubles: Troubles = { cut: 0, later: 0, repeated: 0 };
  const contradictions: string[] = [];
  const revocable: string[] = [];
  let [stopping, answered] = [false, 0];
  const authorization = `Bearer ${world.issuerKey}`;

  async function insist(path: string, body?: object, key?: string): Promise<HttpAnswer> {
    const deadline = performance.now() + PATIENCE_MS;
    const headers: Record<string, string> = {
      authorization,
      ...(body === undefined ? {} : json),
      ...(key === undefined ? {} : { 'idempotency-key': key }),
    };
    for (;;) {
      const process = processes[Math.floor(Math.random() * processes.length)]!;
      const asking = {
        method: 'POST',
        headers,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      } as const;
      const answer = await process.ask(path, asking).catch(() => undefined);
      if (answer && answer.status < 429) {
        answered++;
        return answer;
      }
      if (answer && answer.status !== 503 && answer.status !== 429) {
        throw new Error(`${path}: ${answer.status} ${answer.text}`);
      }
      if (performance.now() > deadline) throw new Error(`${path} was not answered: ${answer?.text ?? 'cut'}`);
      troubles[answer ? 'later' : 'cut']++;
      await setTimeout(20 + Math.random() * 100);
    }
  }

  async function issue(): Promise<void> {
    const key = `kills-${randomBytes(12).toString('hex')}`;
    const recipients = 1 + Math.floor(Math.random() * 3);
    const body = { achievementId: world.achievementId, recipients: Array.from({ length: recipients }, () => ({})) };
    const told = readIssued(await insist('/v1/credentials', body, key));
    journal.add({ what: 'issued', key, recipients, ...told });
    revocable.push(...told.ids);
    if (Math.random() > 0.2) return;
    troubles.repeated++;
    const again = readIssued(await insist('/v1/credentials', body, key));
    if (JSON.stringify(again) !== JSON.stringify(told)) contradictions.push(`${key}: two answers for one request`);
  }

  async function revoke(): Promise<void> {
    const [id] = revocable.splice(Math.floor(Math.random() * revocable.length), 1);
    if (id === undefined) return;
    const answer = await insist(`/v1/credentials/${id}/status`, { action: 'revoke', reason: 'SPECIMEN: by mistake' });
    // Repeated after a cut: it was done the first time.
    if (answer.status !== 200 && answer.status !== 409) throw new Error(`revoking: ${answer.status} ${answer.text}`);
    journal.add({ what: 'revoked', id });
  }

  async function sendList(): Promise<void> {
    const key = `kills-${randomBytes(12).toString('hex')}`;
    const rows = Array.from({ length: ROWS }, (_, at) => ({ studentNumber: `S-${at}` }));
    const made = await insist('/v1/batches', { achievementId: world.achievementId, rows }, key);
    if (made.status !== 201) throw new Error(`a class list: ${made.status} ${made.text}`);
    const { batchId } = JSON.parse(made.text) as { batchId: string };
    const started = await insist(`/v1/batches/${batchId}/start`);
    if (started.status !== 202) throw new Error(`starting: ${started.status} ${started.text}`);
    journal.add({ what: 'batch', batchId, rows: ROWS });
  }

  const act = (): Promise<void> => {
    const draw = Math.random();
    if (draw < 0.84) return issue();
    return draw < 0.98 || !lists ? revoke() : sendList();
  };
  const callers = Array.from({ length: width }, async () => {
    while (!stopping) await act();
  });
  const all = Promise.all(callers);
  let fault: { error: unknown } | undefined;
  all.catch((error: unknown) => {
    stopping = true;
    fault = { error };
  });
  return {
    ...{ troubles, contradictions, answered: () => answered },
    assertRunning() {
      if (fault) throw fault.error;
    },
    async stop() {
      stopping = true;
      await all;
    },
  };
}

function readIssued({ status, text }: HttpAnswer): { ids: string[]; digests: string[] } {
  if (status !== 201) throw new Error(`issuing: ${status} ${text}`);
  const { credentials } = JSON.parse(text) as { credentials: { id: string; credential: unknown }[] };
  return {
    ids: credentials.map(({ id }) => id),
    // The document as text: what JSON writes again is the text that was read, for documents of this service.
    digests: credentials.map(({ credential }) => sha256Hex(JSON.stringify(credential))),
  };
}

/** An institution that issues, made by the first process that is asked. */
export async function makeWorld(process: ReplicaProcess, journal: Journal): Promise<World> {
  const known = journal.entries.find((entry): entry is Extract<Entry, { what: 'world' }> => entry.what === 'world');
  if (known) return known;
  const operatorKey = process.operatorKey!;
  const post = async <T>(path: string, key: string, body: object): Promise<T> => {
    const headers = { authorization: `Bearer ${key}`, ...json };
    const made = await process.ask(path, { method: 'POST', headers, body: JSON.stringify(body) });
    if (made.status !== 201) throw new Error(`${path}: ${made.status} ${made.text}`);
    return JSON.parse(made.text) as T;
  };
  await post('/v1/institutions', operatorKey, { slug: SLUG, profile: { name: 'SPECIMEN College' } });
  const key = { institution: SLUG, role: 'issuer', label: 'kills' };
  const { secret: issuerKey } = await post<{ secret: string }>('/v1/api-keys', operatorKey, key);
  const achievement = {
    ...{ name: 'SPECIMEN Steadiness', description: 'Goes on where it was stopped.' },
    ...{ criteria: { narrative: 'Shown.' }, achievementType: 'MicroCredential' },
  };
  const made = await post<{ achievementId: string }>('/v1/achievements', issuerKey, { achievement });
  const world = { operatorKey, issuerKey, achievementId: made.achievementId };
  journal.add({ what: 'world', ...world });
  return world;
}

export const SLUG = 'specimen-kills';
