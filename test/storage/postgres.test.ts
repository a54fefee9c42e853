import { openPostgres } from '#storage';
import { usePostgres } from '../support/postgres.ts';
import { storageContract } from './contract/contract.ts';

const server = usePostgres();
storageContract('PostgreSQL', async () => openPostgres({ url: await server().database() }));
