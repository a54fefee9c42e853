import {
  type BinaryOperationNode,
  type Compilable,
  type CompiledQuery,
  type DialectAdapter,
  type Kysely,
  type KyselyPlugin,
  OperationNodeTransformer,
  type QueryId,
  type QueryResult,
  RawNode,
  ValueNode,
} from 'kysely';
import type { Tables } from './tables.ts';

/** Stands in the text for a value that comes with each run. */
class Parameter {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** One text with its values for each run; `undefined` and absent members are bound as null. */
type Statement<P, R> = (db: Kysely<Tables>, values: P) => Promise<QueryResult<R>>;

/** Of an engine that works in this thread. */
export interface PromptAdapter extends DialectAdapter {
  /**
   * Runs a statement of `statement` at once, without the queue for the connection.
   * @returns undefined where it has to wait for its turn
   */
  prompt(sql: string, parameters: readonly unknown[], inTransaction: boolean): QueryResult<unknown> | undefined;
}

const isPrompt = (adapter: DialectAdapter): adapter is PromptAdapter => 'prompt' in adapter;

/** Whether the engine works in this thread, so that a statement costs no way to anywhere. */
export const isHere = (db: Kysely<Tables>): boolean => isPrompt(db.getExecutor().adapter);

/**
 * A statement whose plan no value decides: SQLite, which otherwise makes a new one at every run (sqlite.org/c3ref/prepare.html, of
 * sqlite3_prepare_v2), sees constants in the text and nothing of the values that are compared, whose `+` changes nothing else.
 */
class PlannedOnce extends OperationNodeTransformer {
  protected override transformValue(node: ValueNode): ValueNode {
    const { value } = node;
    return typeof value === 'string' || typeof value === 'number' ? ValueNode.createImmediate(value) : node;
  }

  protected override transformBinaryOperation(node: BinaryOperationNode, queryId?: QueryId): BinaryOperationNode {
    const made = super.transformBinaryOperation(node, queryId);
    const { rightOperand: right } = made;
    const isOpen = ValueNode.is(right) && right.value instanceof Parameter;
    return isOpen ? { ...made, rightOperand: RawNode.create(['+', ''], [right]) } : made;
  }
}

const transformer = new PlannedOnce();
const plannedOnce: KyselyPlugin = {
  transformQuery: ({ node, queryId }) => transformer.transformNode(node, queryId),
  transformResult: async ({ result }) => result,
};

/**
 * A statement that is written out once for each engine; a run only binds values. Building the text costs more than running
 * it, so the statements of every request are made here. Not for one whose text depends on a value: `is null`, `in`.
 * @param build gets placeholders in place of values; it may hand them on, and must not look at them
 */
export function statement<P extends object, R = unknown>(
  build: (db: Kysely<Tables>, values: P) => Compilable<R>,
): Statement<P, R> {
  const written = new WeakMap<DialectAdapter, CompiledQuery<R>>();
  const placeholders = new Proxy({} as P, { get: (_, name) => new Parameter(String(name)) });
  return async (db, values) => {
    const executor = db.getExecutor();
    const { adapter } = executor;
    let query = written.get(adapter);
    if (!query) {
      query = build(isPrompt(adapter) ? db.withPlugin(plannedOnce) : db, placeholders).compile();
      written.set(adapter, query);
    }
    const given = values as Record<string, unknown>;
    const parameters = query.parameters.map((one) => (one instanceof Parameter ? (given[one.name] ?? null) : one));
    const answer = isPrompt(adapter) && adapter.prompt(query.sql, parameters, db.isTransaction);
    return (answer as QueryResult<R> | undefined | false) || executor.executeQuery<R>({ ...query, parameters });
  };
}

/** An insert that names these columns, whatever a row leaves out. */
export function insertion<T extends keyof Tables & string>(
  table: T,
  columns: readonly (keyof Tables[T] & string)[],
): Statement<Partial<Tables[T]>, unknown> {
  return statement<Partial<Tables[T]>>((db, values) => {
    const row = Object.fromEntries(columns.map((column) => [column, values[column]]));
    return db.insertInto(table).values(row as never);
  });
}
