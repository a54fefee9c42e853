/**
 * `npm run long:withdraw [COUNT]`: a key was stolen (BK-3). How long until all that it signed (10,000) is revoked and published,
 * through the command line and with the ordinary limits of the service. Prints as it goes; the figures go to `data/long`.
 */
import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CredentialRecord, decodeBitstring, getBit } from '#credentials';
import { LIMITS, randomId, randomUuid, systemRandom } from '#kernel';
import { openService } from '../support/service.ts';

const WANTED = Number(process.argv[2] ?? 10_000);
const ALLOWED_MS = 10 * 60_000;
const ROOT = join(import.meta.dirname, '..', '..');
const TATAK = join(ROOT, 'src', 'cli', 'tatak.ts');

const service = await openService({ rateLimits: {} });
const { issuer } = await service.institution('specimen-college');
const made = await service.call<{ achievementId: string }>('POST', '/v1/achievements', {
  key: issuer,
  body: { achievement: { name: 'SPECIMEN Badge', description: 'D', criteria: { narrative: 'C' } } },
});
const { reader, transactor } = service.app.storage;
/** Of the service: on a busy machine the time says more about the others. */
const cpuSeconds = () => (process.cpuUsage(cpu).user + process.cpuUsage(cpu).system) / 1e6;
const seconds = (since: number) => Number(((performance.now() - since) / 1_000).toFixed(1));

const recipients = Array.from({ length: Math.min(LIMITS.issueList, WANTED) }, () => ({}));
const body = { achievementId: made.body.achievementId, recipients };
const {
  status,
  body: issued,
  text,
} = await service.call<{ credentials: { id: string }[] }>('POST', '/v1/credentials', { key: issuer, body });
if (status !== 201) throw new Error(text);
const credentials: CredentialRecord[] = [];
for (const { id } of issued.credentials) credentials.push((await reader.credential(id))!);
// The others are rows of the same size with an entry of their own: revoking does not read what was signed.
const [first] = credentials;
const free = await freeIndexes(first!.statusListId, WANTED - credentials.length);
for (let at = 0; at < free.length; at += 100) {
  const rows = free.slice(at, at + 100).map((statusListIndex): CredentialRecord => {
    const { issuedAt, ...row } = credentials[statusListIndex % recipients.length]!;
    const ids = { credentialId: randomId(systemRandom), awardId: `urn:uuid:${randomUuid(systemRandom)}` };
    return { ...row, ...ids, statusListIndex };
  });
  await transactor.commit(
    rows.flatMap(({ signed, sha256, ...row }) => [
      { op: 'credential.prepare' as const, row: { ...row, phase: 'prepared' as const } },
      {
        op: 'credential.issue' as const,
        ...{ tenant: row.tenant, credentialId: row.credentialId, issuedAt: row.preparedAt },
        ...{ signed: signed!, sha256: sha256! },
      },
    ]),
  );
  credentials.push(...rows);
}
console.log(`${credentials.length} stored, ${recipients.length} of them issued`);

const file = join(service.directory, 'issuer.key');
writeFileSync(file, issuer, { mode: 0o600 });
const since = performance.now();
const cpu = process.cpuUsage();
const args = [
  'keys',
  'withdraw',
  'specimen-college',
  'key-1-assertion',
  '--url',
  service.publicUrl,
  '--key-file',
  file,
];
const child = spawn(
  process.execPath,
  ['--disable-proto=delete', TATAK, ...args, '--revoke', '--reason', 'The key was stolen'],
  { stdio: 'inherit' },
);
const progress = setInterval(async () => {
  // Each takes the mirrored entry with it.
  const set = await reader.setStatusIndexes(first!.statusListId);
  console.log(
    `${set.length / 2} revoked after ${seconds(since)} s, ${cpuSeconds().toFixed(1)} s of them the service worked`,
  );
}, 10_000);
const code = await new Promise((resolve) => child.once('exit', resolve));
clearInterval(progress);
const ended = performance.now() - since;
let published = 0;
for (const listId of new Set(credentials.map((one) => one.statusListId))) {
  const list = await service.call<{ credentialSubject: { encodedList: string } }>('GET', `/status/${listId}`);
  const bits = decodeBitstring(list.body.credentialSubject.encodedList, { bits: LIMITS.statusListEntries });
  published += credentials.filter((one) => one.statusListId === listId && getBit(bits, one.statusListIndex)).length;
}
const figures = { credentials: WANTED, exitCode: code, published, seconds: ended / 1_000, cpuSeconds: cpuSeconds() };
console.log(JSON.stringify(figures));
mkdirSync(join(ROOT, 'data', 'long'), { recursive: true });
writeFileSync(join(ROOT, 'data', 'long', 'withdraw.json'), `${JSON.stringify(figures)}\n`);
await service.close();
process.exit(code === 0 && published === WANTED && ended <= ALLOWED_MS ? 0 : 1);

async function freeIndexes(listId: string, count: number): Promise<number[]> {
  const list = (await reader.statusList(listId))!;
  const wanted = Array.from({ length: Math.floor(list.length / 8) }, (_, n) => n * 8);
  const free: number[] = [];
  for (let at = 0; free.length < count; at += 500) {
    const some = wanted.slice(at, at + 500);
    if (some.length === 0) throw new Error('the list is too short');
    const taken = new Set(await reader.takenStatusIndexes(listId, some));
    free.push(...some.filter((index) => !taken.has(index)));
  }
  return free.slice(0, count);
}
