import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { DATABASE_FILE, openStorage } from '#storage';
import { issuingWorld, startProcess } from '../support/service-process.ts';

const PRLIMIT = '/usr/bin/prlimit';
const folder = mkdtempSync(join(tmpdir(), 'tatak-disk-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Of a running process: no file of its gets larger. Its writes fail then, as on a full disk. */
const filesUpTo = (pid: number, bytes: number | 'unlimited') =>
  execFileSync(PRLIMIT, ['--pid', String(pid), `--fsize=${bytes}:unlimited`]);

// Only Linux has it; where it is missing that is said.
const able = existsSync(PRLIMIT);
if (!able) console.warn('not run: FT-2 needs prlimit to make the writes of a process fail');

describe.skipIf(!able)('FT-2: a disk that is full, or not to be written', () => {
  it('stops issuing and says so, loses nothing, and goes on when there is room again', async () => {
    const service = await startProcess({ TATAK_DATA: folder });
    try {
      const { key, achievementId } = await issuingWorld(service);
      const acknowledged: string[] = [];
      const issue = async (idempotencyKey: string) => {
        const answer = await service.ask('/v1/credentials', {
          method: 'POST',
          headers: { authorization: `Bearer ${key}`, 'idempotency-key': idempotencyKey },
          body: JSON.stringify({ achievementId, recipients: [{}] }),
        });
        if (answer.status === 201)
          acknowledged.push((JSON.parse(answer.text) as { credentials: { id: string }[] }).credentials[0]!.id);
        return answer.status;
      };
      for (let n = 0; n < 5; n++) expect(await issue(`before-${n}`)).toBe(201);
      const log = statSync(join(folder, `${DATABASE_FILE}-wal`)).size;
      // No room for more; then no writing at all, not even where something is already.
      for (const [name, room] of [
        ['full', log],
        ['read-only', 1],
      ] as const) {
        filesUpTo(service.child.pid!, room);
        for (let n = 0; n < 3; n++) expect(await issue(`${name}-${n}`)).toBeGreaterThanOrEqual(500);
        const ready = await service.ask('/health/ready');
        expect(ready.status).toBe(503);
        expect(JSON.parse(ready.text).checks).toMatchObject({ writable: 'failing' });
        expect((await service.ask('/health/live')).status).toBe(200);
        // What is there is still read.
        expect((await service.ask(`/credentials/${acknowledged[0]}`)).status).toBe(200);
      }
      filesUpTo(service.child.pid!, 'unlimited');
      // Whoever was refused asks again, and gets one.
      for (const name of ['full', 'read-only', 'full', 'read-only']) {
        for (let n = 0; n < 3; n++) expect(await issue(`${name}-${n}`)).toBe(201);
      }
      expect(new Set(acknowledged).size).toBe(11);
      service.child.kill('SIGKILL');
      await service.ended;
      const storage = await openStorage({ dataDirectory: folder });
      expect(await storage.integrity()).toEqual([]);
      for (const id of acknowledged) expect((await storage.reader.credential(id))?.phase).toBe('issued');
      const all = await storage.reader.credentials({ tenant: 'specimen-college' }, { limit: 100 });
      expect(all.items.filter(({ phase }) => phase === 'issued')).toHaveLength(11);
      // No intent is left that nobody knows of.
      expect(all.items.filter(({ phase }) => phase === 'prepared')).toEqual([]);
      await storage.close();
    } finally {
      await service.remove();
    }
  }, 60_000);
});
