import { readDatabaseUrl } from '#app';
import { Problem } from '#kernel';
import { openPostgres } from '#storage';
import { command, UsageError } from '../command.ts';
import { environment } from '../environment.ts';
import { EXIT } from '../exit-codes.ts';

/** A name that needs no quotes, so that what is written in a set-up is what the server has. */
const ROLE = /^[a-z_][a-z0-9_]{0,62}$/;

export const schema = command({
  operands: {},
  options: { role: { value: 'NAME', says: 'Role of the database that may be the service' } },
  summary: 'Brings the tables of the PostgreSQL database up to date, as their owner',
  about:
    'The database is that of the settings (TATAK_DATABASE_URL_FILE). A role that may be the service owns nothing, so row-level security holds for it. To be run before each new version.',
  examples: ['schema --role tatak_service'],
  exits: { 1: 'the database said no', 4: 'the database does not answer' },

  async run({ values: { role }, json }, io) {
    if (role !== undefined && !ROLE.test(role)) {
      throw new UsageError('--role: a name of lower-case letters, digits and underscores');
    }
    const problems: string[] = [];
    const url = readDatabaseUrl(environment(), problems);
    if (problems.length > 0) throw new UsageError(problems.join('\n'));
    if (url === undefined) throw new UsageError('TATAK_DATABASE_URL_FILE: missing');
    try {
      const storage = await openPostgres({ url, ...(role === undefined ? {} : { grantTo: role }) });
      await storage.close();
    } catch (error) {
      if (error instanceof Problem) throw new Problem('unavailable', 'the store cannot be reached', { cause: error });
      io.err(`${(error as Error).message}\n`);
      return EXIT.fails;
    }
    if (json) io.out(`${JSON.stringify({ ok: true, ...(role === undefined ? {} : { role }) })}\n`);
    else io.out(`the tables are up to date${role === undefined ? '' : `, and ${role} may be the service`}\n`);
    return EXIT.done;
  },
});
