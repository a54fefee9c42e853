export { openPostgres } from './engines/postgres/open.ts';
export { DATABASE_FILE, openSqlite } from './engines/sqlite/open.ts';
export { openStorage, type StoragePlace } from './open.ts';
export * from './storage.ts';
