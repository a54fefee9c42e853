import { randomBytes, randomInt } from 'node:crypto';
import { UniqueViolation } from '#kernel';
import { openPostgres, openSqlite, type Storage } from '#storage';
import { audit, credential } from './records.ts';

/**
 * A second process on the same store. Prints the id of every credential once its commit is acknowledged, one a line.
 * Arguments: engine (`sqlite` or `postgres`), its address, number of credentials (0: until killed), credentials per commit.
 */
const [engine, address, count, perCommit] = process.argv.slice(2);

function open(): Promise<Storage> {
  if (engine === 'sqlite') return openSqlite({ path: address! });
  if (engine === 'postgres') return openPostgres({ url: address! });
  throw new Error(`no engine is called ${engine}`);
}

/** Draws from small ranges, so that writers meet: an id or an index pair is often taken. */
function draw(): Parameters<typeof credential> {
  const scarce = Number(count) > 0;
  const id = scarce ? `c${randomInt(6_000)}` : randomBytes(16).toString('hex');
  return ['uno', id, scarce ? randomInt(40_000) : randomInt(131_072)];
}

const storage = await open();
const [wanted, size] = [Number(count), Number(perCommit)];
let done = 0;
let collisions = 0;
while (wanted === 0 || done < wanted) {
  const rows = Array.from({ length: size }, () => credential(...draw()));
  try {
    await storage.transactor.commit(
      rows.flatMap((row) => [
        { op: 'credential.prepare' as const, row },
        audit('uno', 'credential.prepare', row.credentialId),
      ]),
    );
    done += size;
    process.stdout.write(rows.map((row) => `${row.credentialId}\n`).join(''));
  } catch (error) {
    if (!(error instanceof UniqueViolation)) throw error;
    collisions++;
  }
}
await storage.close();
process.stderr.write(`${collisions}\n`);
