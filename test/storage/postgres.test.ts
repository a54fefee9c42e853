import { openPostgres } from '#storage';
import { usePostgres } from '../support/postgres.ts';
import { storageContract } from './contract/contract.ts';

const server = usePostgres();
// As a role that owns nothing: what is declared of each reader and write (scope.ts) is enough for all of them.
storageContract('PostgreSQL', async () => openPostgres({ url: (await server().guarded()).service }));
