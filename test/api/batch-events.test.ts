import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventText, type ServerEvent } from '../../src/api/http/event-streams.ts';
import { openService, type TestService } from '../support/service.ts';

const event = (id: string, last = false): ServerEvent => ({
  id,
  event: last ? 'done' : 'progress',
  data: { id },
  last,
});
const textOf = (id: string, last = false) =>
  `event: ${last ? 'done' : 'progress'}\nid: ${id}\ndata: ${JSON.stringify({ id })}\n\n`;
const never = new AbortController().signal;

/** What is there to tell at each look; after the last, nothing. */
async function streamed(looks: (ServerEvent | undefined)[], seen?: string, longest = 1_000) {
  const left = looks.values();
  const look = async () => left.next().value ?? undefined;
  const pieces: string[] = [];
  for await (const piece of eventText(look, seen, never, { poll: 1, heartbeat: 3, longest })) pieces.push(piece);
  return pieces.slice(1);
}

describe('a stream of events', () => {
  it('tells each change once, in order, and ends with the last', async () => {
    const looks = [event('a'), event('a'), event('b'), event('c', true), event('d')];
    expect(await streamed(looks)).toEqual([textOf('a'), textOf('b'), textOf('c', true)]);
  });

  it('tells whoever comes back only what is new', async () => {
    expect(await streamed([event('a'), event('b'), event('c', true)], 'a')).toEqual([textOf('b'), textOf('c', true)]);
    expect(await streamed([event('c', true)], 'c')).toEqual([]);
  });

  it('says now and then that it is there, and ends after its time', async () => {
    const told = await streamed(
      Array.from({ length: 20 }, () => event('a')),
      undefined,
      7,
    );
    expect(told).toEqual([textOf('a'), ': still here\n\n', ': still here\n\n']);
  });

  it('ends when there is nothing to follow any more', async () => {
    expect(await streamed([event('a'), undefined, event('b')])).toEqual([textOf('a')]);
  });
});

describe('a batch', () => {
  const ROWS = 7;
  let service: TestService;
  let key: string;
  let path: string;
  beforeAll(async () => {
    service = await openService();
    key = (await service.institution('specimen-college')).issuer;
    const achievement = { name: 'SPECIMEN Course', description: 'D', criteria: { narrative: 'N' } };
    const made = await service.call<{ achievementId: string }>('POST', '/v1/achievements', {
      key,
      body: { achievement, extension: false },
    });
    const rows = Array.from({ length: ROWS }, (_, at) => ({ studentNumber: `S-${at}` }));
    const body = { achievementId: made.body.achievementId, rows };
    const batch = await service.call<{ batchId: string }>('POST', '/v1/batches', { key, body });
    path = `/v1/batches/${batch.body.batchId}`;
    expect((await service.call('POST', `${path}/start`, { key })).status).toBe(202);
  });
  afterAll(() => service.close());

  it('is followed to its end, from where one was', async () => {
    const { status, text } = await service.call('GET', `${path}/events`, { key });
    expect(status).toBe(200);
    const events = text.split('\n\n').filter((piece) => piece.startsWith('event:'));
    const told = events.map((piece) => {
      const [, name, id, data] = /^event: (\w+)\nid: (.+)\ndata: (.+)$/.exec(piece)!;
      return { name, id: id!, data: JSON.parse(data!) as { state: string; issuedRows: number } };
    });
    expect(new Set(told.map(({ id }) => id)).size).toBe(told.length);
    const counts = told.map(({ data }) => data.issuedRows);
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    expect(told.slice(0, -1).every(({ name }) => name === 'progress')).toBe(true);
    expect(told.at(-1)).toMatchObject({ name: 'done', data: { state: 'done', issuedRows: ROWS } });

    const again = (seen: string) => service.call('GET', `${path}/events`, { key, headers: { 'last-event-id': seen } });
    expect((await again(told.at(-1)!.id)).status).toBe(204);
    const late = await again('of-another-time');
    expect([late.status, late.text.split('\n\n').filter((piece) => piece.startsWith('event:'))]).toEqual([
      200,
      [events.at(-1)],
    ]);
  });

  it('gives its credentials as lines, as they are served, in the order of the rows', async () => {
    const file = await service.call('GET', `${path}/credentials`, { key });
    expect(file.status).toBe(200);
    const lines = file.text.trimEnd().split('\n');
    expect(file.text.endsWith('\n')).toBe(true);
    expect(lines).toHaveLength(ROWS);
    const rows = await service.call<{ items: { credentialUrl: string }[] }>('GET', `${path}/rows`, { key });
    expect(rows.body.items).toHaveLength(ROWS);
    for (const [at, { credentialUrl }] of rows.body.items.entries()) {
      const url = new URL(credentialUrl).pathname;
      const served = await service.call('GET', url, { headers: { accept: 'application/vc' } });
      expect(lines[at]).toBe(served.text);
    }
    const other = await service.institution('other-college');
    for (const ending of ['credentials', 'events']) {
      expect((await service.call('GET', `${path}/${ending}`, { key: other.issuer })).status).toBe(404);
    }
  });
});
