export { DATABASE_FILE, openSqlite } from './engines/sqlite/open.ts';
export * from './storage.ts';
