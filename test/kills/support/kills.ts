import { join } from 'node:path';
import Database from 'better-sqlite3';
import { openStorage } from '#storage';
import { type PostgresServer, startPostgres } from '../../support/postgres.ts';
import { type ReplicaProcess, replicaProcess, replicaProcesses } from '../../support/processes.ts';
import { examine, type Findings, type Query } from './examine.ts';
import type { Journal } from './journal.ts';

/** A service that may be killed: one process on SQLite, two on PostgreSQL. Started. */
export interface Kills {
  processes: readonly ReplicaProcess[];
  server?: PostgresServer;
  place: { dataDirectory: string; databaseUrl?: string };
  query: Query;
  close(): Promise<void>;
}

const PROGRAM = join(import.meta.dirname, '..', '..', 'support', 'unlimited.ts');
const CONNECTIONS = 16;

/** @param kept whether the server's data stays from one run to the next */
export async function openKills(options: {
  engine: 'sqlite' | 'postgres';
  directory: string;
  port: number;
  kept?: boolean;
}): Promise<Kills> {
  const { engine, directory, port, kept = true } = options;
  const common = { directory, port, tlsPort: port + 3, connections: CONNECTIONS, program: PROGRAM };
  const server =
    engine === 'postgres' ? await startPostgres(kept ? join(directory, 'postgres') : undefined, true) : undefined;
  const databaseUrl = await server?.database();
  const processes = databaseUrl === undefined ? [replicaProcess(common)] : replicaProcesses({ ...common, databaseUrl });
  for (const process of processes) await process.start();
  const dataDirectory = join(directory, 'replica-0');
  return {
    processes,
    ...(server ? { server } : {}),
    place: { dataDirectory, ...(databaseUrl === undefined ? {} : { databaseUrl }) },
    query: server ? (sql) => server.run(databaseUrl!, sql) : (sql) => ask(join(dataDirectory, 'tatak.sqlite'), sql),
    async close() {
      await Promise.all(processes.map((process) => process.kill()));
      await server?.stop();
    },
  };
}

export async function examineKills(kills: Kills, journal: Journal): Promise<Findings> {
  const storage = await openStorage(kills.place);
  try {
    return await examine(journal, { storage, query: kills.query, process: kills.processes[0]! });
  } finally {
    await storage.close();
  }
}

async function ask(file: string, sql: string): Promise<Record<string, unknown>[]> {
  const database = new Database(file, { readonly: true });
  try {
    return database.prepare(sql).all() as Record<string, unknown>[];
  } finally {
    database.close();
  }
}
