import type { Measured } from '../figures.ts';

const ROWS = 100_000;

interface Batch {
  measureBatch(asked: { engine: string; rows: number; say: (line: string) => void }): Promise<{
    perSecond: number;
    peakMiB: number;
    cpuMicros: number;
  }>;
}

export async function batches(engine: 'sqlite' | 'postgres'): Promise<Measured> {
  const asked = process.argv.find((word) => word.startsWith('--rows='))?.split('=')[1];
  const rows = asked === undefined ? ROWS : Number(asked);
  const name: string = '../batch.ts';
  const { measureBatch } = (await import(name)) as Batch;
  const { perSecond, peakMiB, cpuMicros } = await measureBatch({ engine, rows, say: (line) => console.error(line) });
  if (engine === 'postgres') return { 'batch.postgres.perSecond': perSecond, 'batch.postgres.cpuUs': cpuMicros };
  return { 'batch.sqlite.perSecond': perSecond, 'batch.peakMiB': peakMiB, 'batch.sqlite.cpuUs': cpuMicros };
}
