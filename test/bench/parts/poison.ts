/**
 * Poison graphs (JL-7): CPU time that each takes, and how long other requests wait meanwhile. The requests come from
 * another process over loopback, so that they feel what a person would.
 */
import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Json, JsonObject } from '#kernel';
import { CanonicalizationError, createContextLoader, createVerifyingCanonicalizer } from '#proofs';
import { TEST_PH_CONTEXT, TEST_PH_URL } from '../../support/golden-badge.ts';
import type { Measured } from '../figures.ts';

const P = 'urn:example:p';
const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const node = (index: number, to: readonly number[]): JsonObject => ({
  '@id': `_:n${index}`,
  [P]: to.map((other) => ({ '@id': `_:n${other}` })),
});
const clique = (count: number): Json =>
  range(count).map((one) =>
    node(
      one,
      range(count).filter((other) => other !== one),
    ),
  );
const ring = (count: number): Json => range(count).map((one) => node(one, [(one + 1) % count]));
const tree = (depth: number, fan: number): JsonObject =>
  depth === 0 ? { 'urn:example:leaf': 'x' } : { [P]: range(fan).map(() => tree(depth - 1, fan)) };
const graphs = (count: number): Json =>
  range(count).map((one) => ({ '@id': `_:g${one}`, '@graph': [node(0, [1]), node(1, [one % 3])] }));

/** The cases of the hazard list, each with its name; equal trees only as far as the budget of members lets them be read. */
export const POISON: readonly [string, Json][] = [
  ...range(26).map((at): [string, Json] => [`complete graph ${at + 5}`, clique(at + 5)]),
  ...[50, 100, 150, 200, 400, 1_000].map((count): [string, Json] => [`ring ${count}`, ring(count)]),
  ...range(6).map((at): [string, Json] => [`equal tree, depth ${at + 2}`, tree(at + 2, 2)]),
  ...range(9).map((at): [string, Json] => [`equal tree, fan-out ${at + 2}`, tree(3, at + 2)]),
  ...[4, 16, 60, 120].map((count): [string, Json] => [`dataset of ${count} graphs`, graphs(count)]),
];

export interface PoisonFigures {
  documents: number;
  /** Milliseconds of CPU of the slowest, all threads together, with what is still done after its answer. */
  cpuMs: number;
  /** The slowest of each round, sorted. */
  rounds: number[];
  slowest: string;
  /** Milliseconds of other requests. */
  p99: number;
  requests: number;
  outcomes: Record<string, number>;
}

/** A thread that was killed is started anew within this time; its start is part of what a document costs. */
const AFTER_MS = 400;
const AFTER_FROM_MS = 20;
const later = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** @param rounds how often each graph is sent; @param afterMs how long to wait for what follows an answer */
export async function measurePoison(rounds = 1, afterMs = AFTER_MS): Promise<PoisonFigures> {
  const canonicalizer = createVerifyingCanonicalizer(
    createContextLoader({ phContext: TEST_PH_CONTEXT, phContextUrl: TEST_PH_URL }),
  );
  // Threads are started and code is warm before anything is measured.
  for (const document of [clique(6), ring(100), tree(1, 2)]) await outcomeOf(document);
  const server = createServer((_, response) => response.end('{}'));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const client = spawn(
    process.execPath,
    [join(import.meta.dirname, 'poison-process.ts'), String((server.address() as AddressInfo).port)],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  let answer = '';
  client.stdout.setEncoding('utf8').on('data', (text: string) => (answer += text));
  await later(300);
  const outcomes: Record<string, number> = {};
  let [cpuMs, slowest] = [0, ''];
  const worst: number[] = [];
  for (let round = 0; round < rounds; round++) {
    worst.push(0);
    for (const [name, document] of POISON) {
      const start = process.cpuUsage();
      const outcome = await outcomeOf(document);
      // Only those that may have cost a thread are waited for.
      if (outcome === 'work_limit' && took(start) > AFTER_FROM_MS) await later(afterMs);
      const cost = took(start);
      worst[round] = Math.max(worst[round]!, cost);
      if (cost > cpuMs) [cpuMs, slowest] = [cost, name];
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    }
  }
  const ended = new Promise((done) => client.once('close', done));
  client.stdin.end();
  await ended;
  server.close();
  await canonicalizer.close();
  const times = (JSON.parse(answer) as number[]).sort((a, b) => a - b);
  const p99 = times[Math.max(0, Math.ceil(times.length * 0.99) - 1)] ?? Number.NaN;
  return {
    documents: POISON.length,
    cpuMs,
    rounds: worst.sort((a, b) => a - b),
    slowest,
    p99,
    requests: times.length,
    outcomes,
  };

  function took(since: NodeJS.CpuUsage): number {
    const { user, system } = process.cpuUsage(since);
    return (user + system) / 1_000;
  }

  async function outcomeOf(document: Json): Promise<string> {
    try {
      await canonicalizer.canonicalize(document);
      return 'done';
    } catch (error) {
      if (error instanceof CanonicalizationError) return error.code;
      throw error;
    }
  }
}

export async function poison(): Promise<Measured> {
  const { documents, slowest, cpuMs, p99 } = await measurePoison(3);
  console.error(`the slowest of ${documents} poison graphs: ${slowest}`);
  return { 'poison.cpu.ms': cpuMs, 'poison.others.p99.ms': p99 };
}
