import {
  type DataTypeNode,
  type KyselyPlugin,
  type OperationNode,
  OperationNodeTransformer,
  type QueryId,
  type RawNode,
  sql,
} from 'kysely';
import type { AnySchema, MigrationEngine } from '../../migrations/engine.ts';
import { openIntents } from './open-intents.ts';

/** Triggers make a table append-only; `truncate` passes by those of rows, so it has one of its own. */
export const postgresSchema: MigrationEngine = {
  bytes: 'bytea',
  table: (db: AnySchema, name: string) => db.schema.createTable(name),
  async appendOnly(db: AnySchema, name: string) {
    const refuse = sql.ref(`${name}_refuse`);
    const message = sql.lit(`${name} is append-only`);
    await sql`create or replace function ${refuse}() returns trigger language plpgsql
      as $$ begin raise exception ${message}; end $$`.execute(db);
    await sql`create trigger ${sql.ref(`${name}_append_only`)} before update or delete or truncate on ${sql.table(name)}
      for each statement execute function ${refuse}()`.execute(db);
  },
  async releaseAppendOnly(db: AnySchema, name: string) {
    await sql`drop trigger ${sql.ref(`${name}_append_only`)} on ${sql.table(name)}`.execute(db);
  },
  openIntents,
};

/** Sorted and compared byte by byte as in the other engine, whatever the language of the database is. */
const TYPES: Record<string, string> = { text: 'text collate "C"', integer: 'bigint' };

/** Gives the columns of migrations the types that hold here what they hold in the other engine. */
export const columnTypes: KyselyPlugin = {
  transformQuery: ({ node, queryId }) => new ColumnTypes().transformNode(node, queryId),
  transformResult: async ({ result }) => result,
};

class ColumnTypes extends OperationNodeTransformer {
  protected override transformColumnDefinition(
    ...args: Parameters<OperationNodeTransformer['transformColumnDefinition']>
  ) {
    const [node, queryId] = args;
    return super.transformColumnDefinition({ ...node, dataType: typed(node.dataType) }, queryId as QueryId);
  }
}

function typed(node: OperationNode): OperationNode {
  const name = node.kind === 'DataTypeNode' ? (node as DataTypeNode).dataType : '';
  const own = TYPES[name];
  if (own === undefined) return node;
  return { kind: 'RawNode', sqlFragments: [own], parameters: [] } satisfies RawNode as RawNode;
}
