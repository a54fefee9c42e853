import { fieldProblem, formatInstant, LIMITS, Problem, UniqueViolation } from '#kernel';
import { createClockGuard } from '../clock-guard.ts';
import type { AuditEntry } from '../ports.ts';
import { checkpointText, openCheckpoint } from './checkpoint.ts';
import { growTree } from './grow.ts';
import { type KeyDeps, logSigner, noteKeyOf, openKey } from './key.ts';
import type { Range } from './merkle.ts';
import type { CheckpointRecord, LogKeyRecord } from './ports.ts';
import { consistencyRanges, inclusionRanges, verifyConsistency, verifyInclusion } from './proofs.ts';
import { signNote, verifierKey } from './signed-note.ts';
import { entryLeaf, ForkError, hexOf, rootsOf } from './tree.ts';

export interface LogDeps extends KeyDeps {
  /** Told once when the log turns out not to continue what was signed. */
  onFork?: (detail: string) => void;
}

/** An entry, and the proof that a checkpoint covers it. Hashes are hex. */
export interface Receipt {
  entry: AuditEntry;
  /** Of the leaf, from 0: one less than `seq`. */
  index: number;
  size: number;
  /** RFC 9162 2.1.3, from the leaf upwards. */
  proof: string[];
  /** The signed note. */
  checkpoint: string;
}

export interface Log {
  /** Makes the key at the first start. @returns it as verifiers are told of it (c2sp.org/signed-note) */
  verifierKey(): Promise<string>;
  latest(): Promise<CheckpointRecord | undefined>;
  /**
   * Signs the log as it is now, unless nothing was added since the last time; or gives the one that is being signed.
   * @throws Problem `signing-stopped` (for good) when the log does not continue what was signed, `clock-unsafe`
   */
  checkpoint(): Promise<CheckpointRecord>;
  /** RFC 9162 2.1.4; `to` is the latest checkpoint when absent. @throws Problem `invalid-request` beyond it, `not-found` */
  consistency(from: number, to?: number): Promise<{ from: number; to: number; proof: string[] }>;
  /**
   * Of the first entry with this operation and object; signs a checkpoint when it needs one and the last is old enough.
   * @throws Problem `not-found`; with the extension `retryAfter` (seconds) when the entry is there but not yet covered
   */
  receipt(operation: string, object: string): Promise<Receipt>;
  /** False once the log was found not to continue what was signed. */
  ready(): boolean;
}

export function createLog(deps: LogDeps): Log {
  const { reader, transactor, keystore, clock } = deps;
  const assertClock = createClockGuard(() => reader.lastAuditAt(), clock);
  let stopped: string | undefined;
  let key: Promise<LogKeyRecord> | undefined;
  const keyRecord = () => {
    key ??= openKey(deps).catch((error: unknown) => {
      key = undefined;
      throw error;
    });
    return key;
  };

  /** Latches: a log that was found forked is not believed again because it looks whole later. */
  function stop(detail: string, cause?: unknown): never {
    if (stopped === undefined) deps.onFork?.(detail);
    stopped ??= detail;
    throw new Problem('signing-stopped', detail, { cause });
  }

  const whole = <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      if (error instanceof ForkError) stop(error.message, error);
      throw error;
    });

  /** One irreversible act: what is signed here is signed for ever. */
  async function sign(): Promise<CheckpointRecord> {
    // 1. Nothing was found wrong, and the clock is believed.
    if (stopped !== undefined) stop(stopped);
    await assertClock();
    const record = await keyRecord();
    // 2. The log continues the last checkpoint.
    const last = await reader.latestCheckpoint();
    const grown = await whole(growTree(reader, last));
    if (last?.size === grown.size) return last;
    // 3. Sign, and open it as a stranger would.
    const text = checkpointText({ origin: record.origin, ...grown });
    const noteKey = noteKeyOf(record);
    const note = await signNote(text, noteKey, (data) => logSigner(keystore, record).sign(data));
    if (openCheckpoint(note, noteKey)?.size !== grown.size) stop('a checkpoint did not pass its own check');
    // 4. Store; of two signers at once the unique size lets one be first, and both trees were the same.
    const row = {
      ...{ size: grown.size, root: hexOf(grown.root), note },
      ...{ keyId: record.keyId, signedAt: formatInstant(clock.now()) },
    };
    try {
      await transactor.commit([
        { op: 'log.blocks', rows: grown.blocks },
        { op: 'log.checkpoint', row },
      ]);
      return row;
    } catch (error) {
      const other = error instanceof UniqueViolation ? await reader.latestCheckpoint() : undefined;
      if (!other) throw error;
      // A smaller one came first, with the same blocks: go on from there.
      return other.size >= grown.size ? other : sign();
    }
  }

  let signing: Promise<CheckpointRecord> | undefined;
  /** One at a time in this process; who comes meanwhile gets the one that is being made. */
  const checkpoint = () => {
    signing ??= sign().finally(() => {
      signing = undefined;
    });
    return signing;
  };

  /** Covers `seq`, made now when the last is old enough. */
  async function covering(seq: number): Promise<CheckpointRecord> {
    const latest = await reader.latestCheckpoint();
    if (latest && latest.size >= seq) return latest;
    const wait = latest ? Date.parse(latest.signedAt) + LIMITS.checkpointGap - clock.now().getTime() : 0;
    if (wait > 0) {
      const retryAfter = Math.ceil(wait / 1_000);
      const detail = `it is in the log but not yet in a signed checkpoint: ask again in ${retryAfter} seconds`;
      throw new Problem('not-found', detail, { extensions: { retryAfter } });
    }
    const made = await checkpoint();
    // It was begun before the entry was there; now the last one is new.
    return made.size >= seq ? made : covering(seq);
  }

  return {
    verifierKey: async () => verifierKey(noteKeyOf(await keyRecord())),
    latest: () => reader.latestCheckpoint(),
    checkpoint,
    ready: () => stopped === undefined,

    async consistency(from, to) {
      const latest = await reader.latestCheckpoint();
      if (!latest) throw new Problem('not-found', 'there is no checkpoint yet');
      const end = to ?? latest.size;
      if (end > latest.size)
        throw fieldProblem('invalid-request', '/query/to', `the log is signed up to ${latest.size}`);
      if (from > end) throw fieldProblem('invalid-request', '/query/from', `must not be above ${end}`);
      const ranges: Range[] = [...consistencyRanges(from, end), [0, from], [0, end]];
      const roots = await whole(rootsOf(reader, end, ranges));
      const [proof, [fromRoot, toRoot]] = [roots.slice(0, -2), roots.slice(-2) as [Uint8Array, Uint8Array]];
      const claim = { from, to: end, fromRoot, toRoot };
      const signed = end < latest.size || hexOf(claim.toRoot) === latest.root;
      if (!signed || !verifyConsistency(claim, proof)) stop('a consistency proof did not pass its own check');
      return { from, to: end, proof: proof.map(hexOf) };
    },

    async receipt(operation, object) {
      const entry = await reader.auditOf(operation, object);
      if (!entry) throw new Problem('not-found', 'the log has no such entry');
      const { size, root, note } = await covering(entry.seq);
      const index = entry.seq - 1;
      const proof = await whole(rootsOf(reader, size, inclusionRanges(index, size)));
      const claim = { index, size, leaf: entryLeaf(entry.hash), root: Buffer.from(root, 'hex') };
      if (!verifyInclusion(claim, proof)) stop('an inclusion proof did not pass its own check');
      return { entry, index, size, proof: proof.map(hexOf), checkpoint: note };
    },
  };
}
