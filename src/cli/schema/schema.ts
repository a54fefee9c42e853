import { parseArgs } from 'node:util';
import { readDatabaseUrl, readEnv } from '#app';
import { Problem } from '#kernel';
import { openPostgres } from '#storage';
import { type Command, UsageError } from '../command.ts';

/** A name that needs no quotes, so that what is written in a set-up is what the server has. */
const ROLE = /^[a-z_][a-z0-9_]{0,62}$/;

export const schema: Command = {
  usage: '[--role NAME]',
  summary:
    'Brings the tables of the PostgreSQL database of the settings up to date, as their owner, and lets the role NAME be the service: it owns nothing, so row-level security holds for it. Before each new version.',

  async run(args, io) {
    const { values } = parseArgs({ args, options: { role: { type: 'string' } } as const });
    const { role } = values;
    if (role !== undefined && !ROLE.test(role)) {
      throw new UsageError('--role: a name of lower-case letters, digits and underscores');
    }
    const problems: string[] = [];
    const url = readDatabaseUrl(readEnv(), problems);
    if (problems.length > 0) throw new UsageError(problems.join('\n'));
    if (url === undefined) throw new UsageError('TATAK_DATABASE_URL_FILE: missing');
    try {
      const storage = await openPostgres({ url, ...(role === undefined ? {} : { grantTo: role }) });
      await storage.close();
    } catch (error) {
      io.err(`${error instanceof Problem ? 'the store cannot be reached' : (error as Error).message}\n`);
      return 1;
    }
    io.out(`the tables are up to date${role === undefined ? '' : `, and ${role} may be the service`}\n`);
    return 0;
  },
};
