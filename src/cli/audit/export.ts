import { createWriteStream, existsSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  type CheckpointRecord,
  checkpointLine,
  entryLine,
  headerLine,
  type LogReader,
  noteKeyOf,
  verifierKey,
} from '#observability';
import { openStorage } from '#storage';
import { command, UsageError } from '../command.ts';
import { EXIT } from '../exit-codes.ts';
import { openProgress, PROGRESS } from '../progress.ts';
import { DATA, storeOf } from '../store.ts';

const CHUNK = 1_000;

export const auditExport = command({
  operands: {},
  options: {
    ...DATA,
    out: { value: 'FILE', says: 'Where to put it; must not exist. Default standard output' },
    ...PROGRESS,
  },
  summary: 'Writes the log up to its latest checkpoint, to be verified anywhere',
  about: 'JSON Lines. The service may be running.',
  examples: ['audit export --data data --out log.jsonl'],
  exits: { 1: 'the log has no checkpoint yet' },
  wholeOutput: true,

  async run({ values: { data, out, progress: asked }, json }, io) {
    const place = storeOf(data);
    if (out !== undefined && existsSync(out)) throw new UsageError(`${out} exists`);
    const storage = await openStorage(place);
    try {
      const { reader } = storage;
      const latest = await reader.latestCheckpoint();
      const last = await reader.lastAudit();
      if (!latest) {
        io.err('the log has no checkpoint yet: it is signed when the service starts\n');
        return EXIT.fails;
      }
      const progress = openProgress(io, asked);
      const text = Readable.from(lines(reader, latest, (seq) => progress.show(`${seq} of ${latest.size} entries`)));
      if (out === undefined) for await (const line of text) io.out(line);
      else await pipeline(text, createWriteStream(out, { mode: 0o600, flags: 'wx' }));
      progress.end();
      const newer = (last?.seq ?? 0) - latest.size;
      if (json && out !== undefined) io.out(`${JSON.stringify({ file: out, entries: latest.size, newer })}\n`);
      io.err(`${latest.size} entries; ${newer} newer ones are not in a checkpoint yet\n`);
      return EXIT.done;
    } finally {
      await storage.close();
    }
  },
});

/** Each checkpoint right after the last entry it covers. */
async function* lines(reader: LogReader, latest: CheckpointRecord, at: (seq: number) => void): AsyncGenerator<string> {
  const key = noteKeyOf((await reader.logKey())!);
  yield `${headerLine(key.name, verifierKey(key), latest.size)}\n`;
  let checkpoints = await reader.checkpoints(0, CHUNK);
  for (let seq = 0; seq < latest.size; ) {
    at(seq);
    const entries = await reader.auditAfter(seq, Math.min(CHUNK, latest.size - seq));
    if (entries.length === 0) throw new Error(`entries after ${seq} are missing`);
    for (const entry of entries) {
      seq = entry.seq;
      yield `${entryLine(entry)}\n`;
      while (checkpoints[0] && checkpoints[0].size <= seq) yield `${checkpointLine(checkpoints.shift()!.note)}\n`;
      if (checkpoints.length === 0) checkpoints = await reader.checkpoints(seq, CHUNK);
    }
  }
}
