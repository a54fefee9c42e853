export { openSqlite, type SqliteOptions } from './engines/sqlite/open.ts';
export * from './storage.ts';
