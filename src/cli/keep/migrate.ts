import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { moveTo, readDatabaseUrl } from '#app';
import { BackupFault, DATABASE_FILE, type StoragePlace, StoreRefused } from '#storage';
import { command, UsageError } from '../command.ts';
import { environment } from '../environment.ts';
import { EXIT } from '../exit-codes.ts';

const ENGINES = ['sqlite', 'postgres'] as const;
type Engine = (typeof ENGINES)[number];

export const migrate = command({
  operands: {},
  options: {
    from: { value: 'ENGINE', required: true, choices: ENGINES, says: 'Where the store is' },
    to: { value: 'ENGINE', required: true, choices: ENGINES, says: 'Where it shall be; empty' },
    data: { value: 'DIR', required: true, says: 'Data directory of the service' },
  },
  summary: 'Moves a store between the database in DIR and PostgreSQL, row for row',
  about:
    'Every row is read again where it went. The PostgreSQL database is that of the settings. Stop the service first: from then on the old store refuses to be opened or written.',
  examples: ['migrate --from sqlite --to postgres --data data'],
  exits: { 1: 'nothing was moved' },

  async run({ values: { from, to, data }, json }, io) {
    if (from === to) throw new UsageError('--from sqlite --to postgres, or the other way');
    const places = placesOf(resolve(data));
    if (from === 'sqlite' && !existsSync(join(data, DATABASE_FILE)))
      throw new UsageError(`there is no database in ${data}`);
    try {
      const report = await moveTo(places[from], places[to]);
      const rows = Object.values(report.tables).reduce((sum, one) => sum + one.rows, 0);
      io.out(
        json
          ? `${JSON.stringify({ ok: true, ...report })}\n`
          : `${rows} rows of ${Object.keys(report.tables).length} tables moved from ${from} to ${to} and read again there; the old store is closed\n`,
      );
      return EXIT.done;
    } catch (error) {
      if (!(error instanceof BackupFault || error instanceof StoreRefused)) throw error;
      if (json) io.out(`${JSON.stringify({ ok: false, detail: error.message })}\n`);
      else io.err(`nothing was moved: ${error.message}\n`);
      return EXIT.fails;
    }
  },
});

function placesOf(dataDirectory: string): Record<Engine, StoragePlace> {
  const problems: string[] = [];
  const databaseUrl = readDatabaseUrl(environment(), problems);
  if (problems.length > 0) throw new UsageError(problems.join('\n'));
  if (databaseUrl === undefined) throw new UsageError('TATAK_DATABASE_URL_FILE or TATAK_DATABASE_URL: missing');
  return { sqlite: { dataDirectory }, postgres: { dataDirectory, databaseUrl } };
}
