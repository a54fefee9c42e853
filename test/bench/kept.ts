/** What was measured so far, under `data/bench`: whoever is stopped goes on where it was. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import type { Measured } from './figures.ts';

const directory = join(import.meta.dirname, '..', '..', 'data', 'bench');
const FILES = { figures: join(directory, 'figures.json'), curves: join(directory, 'curves.json') };

/** One point of a curve. */
export interface Point {
  n: number;
  /** By the name of its line. */
  values: Record<string, number>;
}

export interface Run {
  machine: string;
  /** Last change, and processes that wanted a core in the minute before: figures of a busy machine are no good ones. */
  measuredAt: string;
  load: number;
}

export type Curves = Record<string, Point[]>;

export const readFigures = (): { figures: Measured } & Partial<Run> => read(FILES.figures, { figures: {} });
export const readCurves = (): { curves: Curves } & Partial<Run> => read(FILES.curves, { curves: {} });

export function keepFigures(more: Measured): void {
  write(FILES.figures, { ...run(), figures: { ...readFigures().figures, ...more } });
}

export function keepPoint(curve: string, point: Point): void {
  const { curves } = readCurves();
  const points = (curves[curve] ?? []).filter(({ n }) => n !== point.n);
  write(FILES.curves, { ...run(), curves: { ...curves, [curve]: [...points, point].sort((a, b) => a.n - b.n) } });
}

export const forgetCurves = (): void => rmSync(FILES.curves, { force: true });

function run(): Run {
  const [first] = cpus();
  const gib = Math.round(totalmem() / 2 ** 30);
  return {
    machine: `${first?.model.trim() ?? process.arch}, ${cpus().length} cores, ${gib} GiB, Node ${process.versions.node}`,
    measuredAt: `${new Date().toISOString().slice(0, 16)}Z`,
    load: Number(loadavg()[0]!.toFixed(1)),
  };
}

function read<T>(file: string, none: T): T {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : none;
}

function write(file: string, value: object): void {
  mkdirSync(directory, { recursive: true });
  writeFileSync(`${file}.part`, JSON.stringify(value, undefined, 1));
  renameSync(`${file}.part`, file);
}
