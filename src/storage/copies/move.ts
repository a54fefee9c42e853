import { AUDIT_START } from '#observability';
import { disagreements } from '../agreement.ts';
import { openStorage, type StoragePlace } from '../open.ts';
import { auditReader } from '../readers/audit.ts';
import { fillStore, leaveStore } from './copies.ts';
import { proveAgreement, proveRows } from './fill.ts';
import { rowLine, type TableCount, Tally } from './format.ts';
import { type Settling, settlingOf } from './settle.ts';

export interface Move {
  /** For people, without a password: where it is afterwards. */
  to: string;
  /** Instant. */
  at: string;
  /** The last step in the new store; when it throws, the old one goes on. */
  settle(settling: Settling): Promise<void>;
}

/**
 * A store in another place, the other engine or the same: row for row, byte for byte, read again there. Nobody writes to the old
 * one meanwhile, and nobody does afterwards: two stores that go on from one would be a fork.
 * @returns what was moved, by table
 * @throws BackupFault when the new place is not empty
 */
export async function moveStore(from: StoragePlace, to: StoragePlace, move: Move): Promise<Record<string, TableCount>> {
  // Brought up to date first: only then can it say that it has moved.
  await (await openStorage(from)).close();
  return leaveStore(from, async (leaving) => {
    const counts: Record<string, TableCount> = {};
    const findings = await disagreements(leaving.db);
    await fillStore(to, leaving.migrations, async (filling) => {
      for (const table of leaving.tables) {
        const tally = new Tally();
        for await (const piece of leaving.rows(table)) {
          for (const row of piece) tally.add(rowLine(row));
          await filling.insert(table, piece);
        }
        counts[table.name] = tally.count();
      }
      await proveRows(filling, counts);
      await filling.upgrade();
      const last = (await auditReader(leaving.db).lastAudit()) ?? AUDIT_START;
      await proveAgreement(filling, { findings, audit: { seq: last.seq, hash: last.hash } });
      await move.settle(settlingOf(filling.trx));
    });
    await leaving.leave(move.to, move.at);
    return counts;
  });
}
