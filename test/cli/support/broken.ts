import { join } from 'node:path';
import Database from 'better-sqlite3';
import { randomId, systemRandom } from '#kernel';
import { tatak } from './tatak.ts';
import type { CliWorld } from './world.ts';

/** As when a self-check failed. */
export async function stopKey(w: CliWorld): Promise<void> {
  const at = new Date().toISOString().replace(/\.\d+/, '');
  const of = { tenant: 'specimen-college', keyId: 'key-1-assertion', credentialId: w.credential.id };
  const stop = {
    stopId: randomId(systemRandom),
    ...of,
    stoppedAt: at,
    reason: 'specimen',
    suspects: [],
    evidence: '{}',
  };
  await w.service.app.storage.transactor.commit([{ op: 'signingKey.stop', row: stop }]);
}

/** A store in which a badge was changed. */
export async function wrongStore(w: CliWorld): Promise<string> {
  const data = w.file('wrong');
  await tatak(['restore', '--from', w.file('store.tatak'), '--data', data, '--accept-lost-revocations']);
  const database = new Database(join(data, 'tatak.sqlite'));
  const triggers = database.prepare(`select name from sqlite_master where type = 'trigger'`).all() as {
    name: string;
  }[];
  for (const { name } of triggers) database.exec(`drop trigger "${name}"`);
  database.exec(`update credentials set signed = replace(signed, 'SPECIMEN', 'SPECIMEX') where batch_row = 1`);
  database.exec('update status_lists set reserved = reserved + 1');
  database.close();
  return data;
}
