import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { moveTo, readDatabaseUrl, readEnv } from '#app';
import { BackupFault, DATABASE_FILE, type StoragePlace, StoreRefused } from '#storage';
import { type Command, UsageError } from '../command.ts';

type Engine = 'sqlite' | 'postgres';
const isEngine = (text: string | undefined): text is Engine => text === 'sqlite' || text === 'postgres';

export const migrate: Command = {
  usage: '--from sqlite|postgres --to sqlite|postgres --data DIR [--json]',
  summary:
    'Moves a store between the database in DIR and the PostgreSQL database of the settings, row for row, and reads it again there. Stop the service first: from then on the old store refuses to be opened or written.',

  async run(args, io) {
    const options = {
      from: { type: 'string' },
      to: { type: 'string' },
      data: { type: 'string' },
      json: { type: 'boolean', default: false },
    } as const;
    const { values } = parseArgs({ args, options });
    const { from, to, data } = values;
    if (!isEngine(from) || !isEngine(to) || from === to)
      throw new UsageError('--from sqlite --to postgres, or the other way');
    if (data === undefined) throw new UsageError('--data is missing');
    const places = placesOf(resolve(data));
    if (from === 'sqlite' && !existsSync(join(data, DATABASE_FILE)))
      throw new UsageError(`there is no database in ${data}`);
    try {
      const report = await moveTo(places[from], places[to]);
      const rows = Object.values(report.tables).reduce((sum, one) => sum + one.rows, 0);
      io.out(
        values.json
          ? `${JSON.stringify({ ok: true, ...report })}\n`
          : `${rows} rows of ${Object.keys(report.tables).length} tables moved from ${from} to ${to} and read again there; the old store is closed\n`,
      );
      return 0;
    } catch (error) {
      if (!(error instanceof BackupFault || error instanceof StoreRefused)) throw error;
      if (values.json) io.out(`${JSON.stringify({ ok: false, detail: error.message })}\n`);
      else io.err(`nothing was moved: ${error.message}\n`);
      return 1;
    }
  },
};

function placesOf(dataDirectory: string): Record<Engine, StoragePlace> {
  const problems: string[] = [];
  const databaseUrl = readDatabaseUrl(readEnv(), problems);
  if (problems.length > 0) throw new UsageError(problems.join('\n'));
  if (databaseUrl === undefined) throw new UsageError('TATAK_DATABASE_URL_FILE or TATAK_DATABASE_URL: missing');
  return { sqlite: { dataDirectory }, postgres: { dataDirectory, databaseUrl } };
}
