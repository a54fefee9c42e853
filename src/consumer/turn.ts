import { type Clock, formatInstant, Problem, type Random, type Transactor } from '#kernel';
import type { FetchedDocument, GuardedFetch } from '#net';
import { type Call, callHost } from './client.ts';
import type { ConsumerReader, ConsumerWrite, HostConnection, KnownHost, Transfer, TransferProblem } from './ports.ts';
import { nextTry } from './retries.ts';
import type { Seal } from './seal.ts';
import { problemOf } from './status-info.ts';
import { readTokens, type Tokens, tokensPlace, writeTokens } from './tokens.ts';

export interface TurnDeps {
  fetch: GuardedFetch;
  reader: ConsumerReader;
  transactor: Transactor<ConsumerWrite>;
  tokens: Tokens;
  seal: Seal;
  clock: Clock;
  random: Random;
}

/** Of a worker on one connection: longer than anything that is done between two writes. Milliseconds. */
const LEASE_MS = 120_000;
/** A token that is over so soon is renewed first. Milliseconds. */
const SOON_MS = 30_000;

/** Ends the step: the transfer fails, or waits, with this. */
export class Stopped extends Error {
  readonly problem: TransferProblem;
  readonly retryAfter: string | undefined;
  /** Milliseconds to wait without counting it as a try: the trouble is ours. */
  readonly rest: number | undefined;

  constructor(problem: TransferProblem, more: { retryAfter?: string | undefined; rest?: number } = {}) {
    super(problem.code);
    this.problem = problem;
    this.retryAfter = more.retryAfter;
    this.rest = more.rest;
  }
}

/** Tried again later; everything else is said to the learner at once. */
const PASSING = new Set(['busy', 'no_answer']);

/** One step of one transfer by the one worker that has its connection: every write carries the number of its lease. */
export class Turn {
  readonly #deps: TurnDeps;
  readonly signal: AbortSignal;
  readonly host: KnownHost;
  connection: HostConnection;
  #heldAt: number;

  private constructor(deps: TurnDeps, host: KnownHost, connection: HostConnection, signal: AbortSignal) {
    this.#deps = deps;
    this.host = host;
    this.connection = connection;
    this.signal = signal;
    this.#heldAt = deps.clock.now().getTime();
  }

  /** @returns undefined when the connection is gone. @throws UniqueViolation when another worker has it */
  static async take(deps: TurnDeps, connectionId: string, signal: AbortSignal): Promise<Turn | undefined> {
    const connection = await deps.reader.hostConnection(connectionId);
    const host = connection && (await deps.reader.knownHostById(connection.hostId));
    if (!connection || !host) return undefined;
    const turn = new Turn(deps, host, connection, signal);
    await turn.#commit({ op: 'hostConnection.lease', ...turn.#held(), at: turn.#at(), until: turn.#until() });
    return turn;
  }

  /** Between two badges, so that no other worker takes over what only takes long. */
  async hold(): Promise<void> {
    const now = this.#deps.clock.now().getTime();
    if (now - this.#heldAt < LEASE_MS / 4) return;
    await this.#commit({ op: 'hostConnection.hold', ...this.#held(), until: this.#until() });
    this.#heldAt = now;
  }

  /** An answer of the API that is none of these ends the step. @throws Stopped */
  async call(url: string, call: Call, wanted: readonly number[]): Promise<FetchedDocument> {
    let answer = await this.#withToken(url, call);
    // A host may end a token before its time: a new one is tried once.
    if (answer.status === 401 && (await this.#renew())) answer = await this.#withToken(url, call);
    if (wanted.includes(answer.status)) return answer;
    throw new Stopped(problemOf(answer), { retryAfter: answer.retryAfter });
  }

  async #withToken(url: string, call: Call): Promise<FetchedDocument> {
    const soon = formatInstant(new Date(this.#deps.clock.now().getTime() + SOON_MS));
    if (this.connection.accessExpiresAt <= soon) await this.#renew();
    const { access } = await this.#open();
    const headers = { ...call.headers, authorization: `Bearer ${access}` };
    return this.#reached(callHost(this.#deps.fetch, url, { ...call, headers, signal: this.signal }));
  }

  /** @returns whether there is a new token. @throws Stopped */
  async #renew(): Promise<boolean> {
    const { refresh } = await this.#open();
    if (refresh === undefined) return false;
    const { scope } = this.connection;
    const answer = await this.#reached(this.#deps.tokens.renew(this.host, refresh, scope, this.signal));
    if ('granted' in answer) {
      const { granted } = answer;
      const next = writeTokens({ access: granted.access, refresh: granted.refresh ?? refresh });
      const tokens = await this.#deps.seal.seal(tokensPlace(this.connection), next);
      const { accessExpiresAt } = granted;
      await this.#commit({ op: 'hostConnection.tokens', ...this.#held(), tokens, accessExpiresAt });
      this.connection = { ...this.connection, tokens, accessExpiresAt };
      return true;
    }
    if (answer.failed === 'busy') throw new Stopped(problemOf(answer.answer), { retryAfter: answer.answer.retryAfter });
    if (answer.failed === 'refused') throw new Stopped({ code: 'connect_again', said: answer.said });
    throw new Stopped({ code: answer.failed === 'grown' ? 'connect_again' : 'not_understood' });
  }

  async #open() {
    return readTokens(await this.#deps.seal.open(tokensPlace(this.connection), this.connection.tokens));
  }

  async #reached<T>(made: Promise<T>): Promise<T> {
    try {
      return await made;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      // What was cut off by the end of the service says nothing about the host.
      if (this.signal.aborted) throw new Stopped({ code: 'no_answer' }, { rest: 0 });
      const { code } = error.extensions;
      if (error.kind === 'fetch-failed' && code === 'too-large') throw new Stopped({ code: 'too_large' });
      if (error.kind === 'fetch-refused' || code === 'redirect' || code === 'encoding')
        throw new Stopped({ code: 'not_understood', said: error.message });
      throw new Stopped({ code: 'no_answer' });
    }
  }

  /** There is nothing to do. */
  release(): Promise<void> {
    return this.#commit({ op: 'hostConnection.release', ...this.#held() });
  }

  /** The step is over: done, or another follows. */
  async settle(row: Transfer, more: { pulledAt?: string } = {}): Promise<void> {
    const over = row.state === 'waiting' ? [] : [this.#logged(row)];
    const release = { op: 'hostConnection.release', ...this.#held(), ...more } as const;
    await this.#deps.transactor.commit([release, { op: 'hostTransfer.update', row }, ...over]);
  }

  async stop(row: Transfer, { problem, retryAfter, rest }: Stopped): Promise<void> {
    const now = this.#deps.clock.now();
    if (rest !== undefined) {
      const dueAt = formatInstant(new Date(now.getTime() + rest));
      return this.settle({ ...row, dueAt, ...(rest > 0 ? { problem } : {}) });
    }
    const again = PASSING.has(problem.code) ? nextTry(row, retryAfter, now) : undefined;
    if (again) {
      const { attempts, tries, due } = again;
      return this.settle({ ...row, attempts, tries, dueAt: formatInstant(due), problem });
    }
    const over: Transfer = { ...row, state: 'failed', problem, settledAt: formatInstant(now) };
    const endedAt = problem.code === 'connect_again' ? { endedAt: formatInstant(now) } : {};
    const release = { op: 'hostConnection.release', ...this.#held(), ...endedAt } as const;
    await this.#deps.transactor.commit([release, { op: 'hostTransfer.update', row: over }, this.#logged(over)]);
  }

  #logged(row: Transfer) {
    const { transferId: object, kind, state, problem, outcome } = row;
    const entry = { at: this.#at(), tenant: 'system', actor: 'system', operation: `host.${kind}`, object };
    const detail = {
      state,
      ...(outcome && { outcome }),
      ...(state === 'failed' && problem ? { code: problem.code } : {}),
    };
    return { op: 'audit.append', ...entry, detail } as const;
  }

  #held = () => ({ connectionId: this.connection.connectionId, fence: this.connection.fence });
  #at = (): string => formatInstant(this.#deps.clock.now());
  #until = (): string => formatInstant(new Date(this.#deps.clock.now().getTime() + LEASE_MS));

  async #commit(...writes: ConsumerWrite[]): Promise<void> {
    await this.#deps.transactor.commit(writes);
    this.connection = { ...this.connection, fence: this.connection.fence + 1 };
  }
}
