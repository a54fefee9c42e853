import { createWriteStream, existsSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
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
import { type Command, UsageError } from '../command.ts';
import { storeOf } from '../store.ts';

const CHUNK = 1_000;

export const auditExport: Command = {
  usage: '[--data DIR] [--out FILE]',
  summary: 'Writes the log up to its latest checkpoint as JSON Lines, to be verified anywhere.',

  async run(args, io) {
    const { values } = parseArgs({ args, options: { data: { type: 'string' }, out: { type: 'string' } } });
    const place = storeOf(values.data);
    if (values.out !== undefined && existsSync(values.out)) throw new UsageError(`${values.out} exists`);
    const storage = await openStorage(place);
    try {
      const { reader } = storage;
      const latest = await reader.latestCheckpoint();
      const last = await reader.lastAudit();
      if (!latest) {
        io.err('the log has no checkpoint yet: it is signed when the service starts\n');
        return 1;
      }
      const text = Readable.from(lines(reader, latest));
      if (values.out === undefined) for await (const line of text) io.out(line);
      else await pipeline(text, createWriteStream(values.out, { mode: 0o600, flags: 'wx' }));
      io.err(`${latest.size} entries; ${(last?.seq ?? 0) - latest.size} newer ones are not in a checkpoint yet\n`);
      return 0;
    } finally {
      await storage.close();
    }
  },
};

/** Each checkpoint right after the last entry it covers. */
async function* lines(reader: LogReader, latest: CheckpointRecord): AsyncGenerator<string> {
  const key = noteKeyOf((await reader.logKey())!);
  yield `${headerLine(key.name, verifierKey(key), latest.size)}\n`;
  let checkpoints = await reader.checkpoints(0, CHUNK);
  for (let seq = 0; seq < latest.size; ) {
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
