import { openPostgres } from '#storage';
import { usePostgres } from '../support/postgres.ts';
import { storageContract } from './contract/contract.ts';
import { rowsIn } from './support/rows.ts';

const server = usePostgres();
// As a role that owns nothing: what is declared of each reader and write (scope.ts) is enough for all of them.
storageContract('PostgreSQL', async () => {
  const { service, superuser } = await server().guarded();
  const [storage, all] = [await openPostgres({ url: service }), rowsIn(superuser)];
  return {
    ...storage,
    rows: all.rows,
    async close() {
      await all.close();
      await storage.close();
    },
  };
});
