import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createGzip } from 'node:zlib';
import { formatInstant, systemClock } from '#kernel';
import { type BackupEnd, backupLines, readStore, type StoragePlace } from '#storage';
import { readDataFiles } from './data-files.ts';

export interface BackupReport extends BackupEnd {
  madeAt: string;
  files: string[];
}

/** Told now and then how many rows are written. */
export type OnRows = (rows: number) => void;

const TOLD_EVERY = 1_000;

/** While the service runs: what it commits meanwhile is not in it. */
export async function backupStore(place: StoragePlace, to: Writable, onRows?: OnRows): Promise<BackupReport> {
  const files = readDataFiles(place.dataDirectory);
  return readStore(place, async (reading) => {
    // The snapshot begins with the first thing that was read, which was before.
    const madeAt = formatInstant(systemClock.now());
    const lines = backupLines(reading, { madeAt, files });
    let end: BackupEnd | undefined;
    async function* chunks() {
      for (let rows = 1, next = await lines.next(); ; rows++, next = await lines.next()) {
        if (rows % TOLD_EVERY === 0) onRows?.(rows);
        if (next.done) {
          end = next.value;
          return;
        }
        yield Buffer.from(next.value, 'utf8');
      }
    }
    await pipeline(Readable.from(chunks(), { objectMode: false }), createGzip({ level: constants.Z_BEST_SPEED }), to);
    return { madeAt, files: files.map(({ name }) => name), ...end! };
  });
}

/** The same into a file, which is whole and on disk when it has its name. */
export async function backupToFile(place: StoragePlace, path: string, onRows?: OnRows): Promise<BackupReport> {
  const making = `${path}.unfinished`;
  try {
    const report = await backupStore(place, createWriteStream(making, { mode: 0o600, flags: 'wx' }), onRows);
    for (const flushed of [making]) {
      const file = await open(flushed, 'r');
      await file.sync().finally(() => file.close());
    }
    await rename(making, path);
    return report;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') await rm(making, { force: true });
    throw error;
  }
}
