import type { Database } from 'better-sqlite3';

/** What SQLite finds wrong with its own file and with the foreign keys. */
export function sqliteIntegrity(database: Database): string[] {
  const pages = database.pragma('integrity_check') as { integrity_check: string }[];
  const keys = database.pragma('foreign_key_check') as { table: string; rowid: number; parent: string }[];
  return [
    ...pages.filter((row) => row.integrity_check !== 'ok').map((row) => `integrity_check: ${row.integrity_check}`),
    ...keys.map((row) => `foreign key: ${row.table} row ${row.rowid} has no ${row.parent}`),
  ];
}
