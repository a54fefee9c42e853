export { openSqlite } from './engines/sqlite/open.ts';
export * from './storage.ts';
