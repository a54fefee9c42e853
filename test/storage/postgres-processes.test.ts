import { openPostgres } from '#storage';
import { usePostgres } from '../support/postgres.ts';
import { processContract } from './contract/processes.ts';

const server = usePostgres();
processContract('PostgreSQL', async () => {
  const url = await server().database();
  return { open: () => openPostgres({ url }), child: ['postgres', url] };
});
