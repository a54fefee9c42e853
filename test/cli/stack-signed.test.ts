import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JsonObject } from '#kernel';
import type { Evaluation } from '#pathways';
import { run } from '../../src/cli/run.ts';
import { type ConferralWorld, conferralWorld, SUBJECT } from '../conferrals/world.ts';
import { holding } from '../pathways/support.ts';

let on: ConferralWorld;
let directory: string;
let badges: JsonObject[];
let documents: Record<string, JsonObject>;
let pathway: JsonObject;

const get = async (url: string) => {
  const { pathname, search } = new URL(url);
  return (await on.service.call<JsonObject>('GET', pathname + search)).body;
};

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'tatak-signed-'));
  on = await conferralWorld();
  const urls = await on.three(SUBJECT);
  badges = await Promise.all(urls.map(get));
  pathway = await get(on.pathway);
  documents = Object.fromEntries(await Promise.all((await referred()).map(async (url) => [url, await get(url)])));
});
afterAll(async () => {
  rmSync(directory, { recursive: true, force: true });
  await on.close();
});

/** What a verifier would fetch: keys of the issuers, status lists, definitions. */
async function referred(): Promise<string[]> {
  return badges.flatMap((badge) => {
    const { id: did } = badge.issuer as { id: string };
    const { statusListCredential } = badge.credentialStatus as { statusListCredential: string };
    const { achievement } = badge.credentialSubject as { achievement: { id: string; version?: string } };
    const host = decodeURIComponent(did.split(':')[2]!);
    const path = did.split(':').slice(3).join('/');
    return [
      ...[`https://${host}/${path}/did.json`, statusListCredential, achievement.id],
      `${achievement.id}?version=${achievement.version ?? '1'}`,
    ];
  });
}

async function stack(holdings: unknown, more: { documents?: unknown } = { documents }, ...args: string[]) {
  const file = (name: string, value: unknown) => {
    const path = join(directory, name);
    writeFileSync(path, JSON.stringify(value));
    return path;
  };
  let [out, err] = ['', ''];
  const code = await run(
    [
      ...['stack', '--pathway', file('p.json', pathway), '--holdings', file('h.json', holdings), '--json', ...args],
      ...(more.documents === undefined ? [] : ['--documents', file('d.json', more.documents)]),
    ],
    {
      out: (text) => {
        out += text;
      },
      err: (text) => {
        err += text;
      },
    },
  );
  return { code, err, evaluation: out === '' ? undefined : (JSON.parse(out) as Evaluation) };
}

describe('signed badges without the network', () => {
  it('are verified by the documents that are given, and stacked', async () => {
    const { code, evaluation, err } = await stack(badges);
    expect([code, evaluation?.state], err).toEqual([0, 'met']);
    expect(err).toContain('badge /0: Specimen: genuine');
  });

  it('are not holdings without the key of their issuer: unknown is never a pass', async () => {
    const { code, evaluation, err } = await stack(badges, {});
    expect([code, evaluation?.state]).toEqual([1, 'unmet']);
    expect(err).toContain('badge /0 (not a holding)');
  });

  it('leave the answer open when their status list is not there', async () => {
    const some = Object.fromEntries(Object.entries(documents).filter(([url]) => !url.includes('/status/')));
    const { code, evaluation } = await stack(badges, { documents: some });
    expect([code, evaluation?.state]).toEqual([1, 'pending']);
  });

  it('do not count when they were changed, and stand beside plain records', async () => {
    const changed = badges.map((badge, at) => (at === 1 ? { ...badge, name: 'Something else' } : badge));
    expect((await stack(changed)).evaluation?.state).toBe('unmet');
    const plain = holding('x', { achievement: on.parts[1]!.url, awarded: '2026-01-01' });
    expect((await stack([badges[0], plain, badges[2]])).evaluation?.state).toBe('met');
  });

  it('are refused when they are of different people, with the pointer', async () => {
    const other = structuredClone(badges[1]!) as { credentialSubject: { id: string } };
    other.credentialSubject.id = 'did:example:other';
    const { code, err } = await stack([badges[0], other]);
    expect([code, err]).toEqual([2, expect.stringContaining('/1/credentialSubject/id')]);
    expect((await stack(badges, { documents: [] })).code).toBe(2);
    expect((await stack(badges, { documents: { 'https://x.example/': 'x' } })).err).toContain('https:~1~1x.example~1');
  });
});
