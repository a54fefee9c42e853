/**
 * `npm run bench:status`: what a hostile and what an honest status list cost, measured in a process of its own.
 * ST-3: refused within 10 ms and at most 5 MiB more; ST-10: at most 25 KB, signed within 50 ms.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { BitstringError, createBitstring, decodeBitstring, encodeBitstring, setBit } from '#credentials';
import { LIMITS } from '#kernel';
import { openWorld, seed, TENANT } from '../credentials/support/world.ts';

const [mode, file] = process.argv.slice(2);
const THREAD = () => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
};
if (mode === 'refuse') refuse(readFileSync(file!, 'utf8'));
else await all();

/** The child: only this is in its memory. */
function refuse(bomb: string): void {
  const small = encodeBitstring(createBitstring(LIMITS.statusListEntries));
  for (let warm = 0; warm < 50; warm++) decodeBitstring(small);
  const before = process.resourceUsage().maxRSS;
  const [started, cpu] = [performance.now(), THREAD()];
  let code = 'read';
  try {
    decodeBitstring(bomb);
  } catch (error) {
    code = error instanceof BitstringError ? error.code : String(error);
  }
  const [first, worked] = [performance.now() - started, THREAD() - cpu];
  console.log(JSON.stringify({ code, ms: first, cpu: worked, mib: (process.resourceUsage().maxRSS - before) / 1024 }));
}

async function all(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'tatak-bench-'));
  const path = join(directory, 'bomb');
  const bomb = gzipSync(Buffer.alloc(256 * 1024 * 1024));
  // The same, saying of itself that it is as small as a list: it has to be inflated up to the cap.
  const lying = Buffer.from(bomb);
  lying.writeUInt32LE(LIMITS.statusListEntries / 8, lying.length - 4);
  for (const [name, gzip] of [
    ['bomb of 256 MiB ', bomb],
    ['one that lies   ', lying],
  ] as const) {
    writeFileSync(path, `u${gzip.toString('base64url')}`);
    const rounds = Array.from({ length: 11 }, () => {
      const child = spawnSync(process.execPath, [import.meta.filename, 'refuse', path], { encoding: 'utf8' });
      return JSON.parse(child.stdout) as { code: string; ms: number; cpu: number; mib: number };
    });
    const of = (member: 'ms' | 'cpu' | 'mib') => {
      const sorted = rounds.map((one) => one[member]).sort((one, other) => one - other);
      return `${sorted[5]!.toFixed(1)} (${sorted[0]!.toFixed(1)} to ${sorted[10]!.toFixed(1)})`;
    };
    console.log(
      `${name} ${rounds[0]!.code}: ${of('ms')} ms by the clock, ${of('cpu')} ms of CPU, ${of('mib')} MiB more (11 processes)`,
    );
  }
  rmSync(directory, { recursive: true });
  for (const share of [0, 0.01, 0.5]) console.log(`list, ${share * 100} % set  ${sizeOf(share)} bytes of text`);
  const world = await openWorld();
  await seed(world);
  const { listId } = await world.status.ensureList(TENANT, 'revocation');
  const times = [];
  for (let round = 0; round < 21; round++) {
    const started = performance.now();
    await world.status.publish(listId);
    times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  console.log(
    `publishing       ${times[10]!.toFixed(1)} ms in the median, ${times[20]!.toFixed(1)} at most (made, signed, checked, stored)`,
  );
  await world.close();
}

function sizeOf(share: number): number {
  const bits = createBitstring(LIMITS.statusListEntries);
  for (let index = 0; index < LIMITS.statusListEntries; index++) if (Math.random() < share) setBit(bits, index);
  return encodeBitstring(bits).length;
}
