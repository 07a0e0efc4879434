/**
 * A worse build: the feed is numbered by a sequence, at the beginning of a transaction, as serial ids are. All else is the real one.
 */
import {
  type KyselyPlugin,
  OperationNodeTransformer,
  type PluginTransformQueryArgs,
  type PluginTransformResultArgs,
  type QueryId,
  type RootOperationNode,
  sql,
  type UpdateQueryNode,
} from 'kysely';
import type { Store } from '../../server/db/store.ts';

/** Where the counter would be taken, the number that the transaction has from its beginning is used. */
class NumberTakenFirst extends OperationNodeTransformer implements KyselyPlugin {
  readonly #number: number;
  #counter: QueryId | undefined;
  constructor(number: number) {
    super();
    this.#number = number;
  }
  transformQuery({ node, queryId }: PluginTransformQueryArgs): RootOperationNode {
    if (node.kind !== 'UpdateQueryNode' || !JSON.stringify(node.table).includes('"position"')) return node;
    this.#counter = queryId;
    const update = node as UpdateQueryNode;
    const updates = (update.updates ?? []).map((one) =>
      JSON.stringify(one.column).includes('"seq"')
        ? { ...one, value: sql`greatest(seq, ${sql.lit(this.#number)})`.toOperationNode() }
        : one,
    );
    return { ...update, updates };
  }
  async transformResult({ result, queryId }: PluginTransformResultArgs) {
    if (queryId !== this.#counter) return result;
    return { ...result, rows: result.rows.map((row) => ({ ...row, seq: this.#number })) };
  }
}

export function withSerialIds(store: Store): Store {
  return {
    ...store,
    write: (work) =>
      store.write(async (raw) => {
        await sql`create sequence if not exists serial`.execute(raw);
        const { rows } = await sql<{ number: number }>`select nextval('serial') as number`.execute(raw);
        return work(raw.withPlugin(new NumberTakenFirst(rows[0]?.number ?? 0)));
      }),
  };
}
