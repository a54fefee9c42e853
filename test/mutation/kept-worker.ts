import type { ChildProcess } from 'node:child_process';
import { ForksPoolWorker, type PoolOptions, type PoolWorker } from 'vitest/node';

/** A new process after so many runs, so that what failed tests left open does not pile up. */
const RUNS = 40;

let kept: { child: ChildProcess; runs: number } | undefined;

type Listener = (message: unknown) => void;

/**
 * A test process that outlives a run: to start one and to load every module costs more than most tests do, and a room has
 * hundreds of mutants. A change in what runs once at loading needs a process of its own, before and after.
 */
class KeptWorker extends ForksPoolWorker {
  override readonly name = 'kept';
  #listeners: [event: string, listener: Listener][] = [];
  #keep = false;
  readonly #fresh: boolean;

  constructor(options: PoolOptions) {
    super(options);
    const { mode, mutantActivation } = options.project.getProvidedContext() as Record<string, unknown>;
    this.#fresh = mode !== 'mutant' || mutantActivation === 'static';
  }

  override async start(): Promise<void> {
    if (kept && (this.#fresh || !kept.child.connected)) {
      kept.child.kill();
      kept = undefined;
    }
    if (kept) Object.assign(this, { _fork: kept.child });
    else {
      await super.start();
      kept = { child: childOf(this), runs: 0 };
    }
    kept.runs += 1;
  }

  override on(event: string, listener: Listener): void {
    if (event !== 'error') this.#listeners.push([event, listener]);
    super.on(event, listener);
  }

  /** A worker that is asked to stop goes on with the next run; one that is stopped without being asked hangs. */
  override send(message: unknown): void {
    const stops = (message as { type?: unknown }).type === 'stop';
    this.#keep = stops && kept !== undefined && !this.#fresh && kept.runs < RUNS;
    if (!this.#keep) {
      if (stops) kept = undefined;
      super.send(message as never);
      return;
    }
    const stopped = { type: 'stopped', __vitest_worker_response__: true };
    for (const [event, listener] of this.#listeners) if (event === 'message') listener(stopped);
  }

  override async stop(): Promise<void> {
    for (const [event, listener] of this.#listeners) childOf(this).off(event, listener);
    if (this.#keep) return;
    if (kept?.child === childOf(this)) kept = undefined;
    await super.stop();
  }
}

const childOf = (worker: object): ChildProcess => (worker as { _fork: ChildProcess })._fork;

export const keptPool = {
  name: 'kept',
  createPoolWorker: (options: PoolOptions): PoolWorker => new KeptWorker(options),
};
