import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Letter, Outcome, Post } from '#delivery';
import { runChild } from '../credentials/support/spawn.ts';
import { answer, type Behaviour, type MailServer, mailServer } from './support/mail-server.ts';
import { type MailWorld, offer, openMailWorld, PUBLIC, postTo } from './support/world.ts';

const CHILD = join(import.meta.dirname, 'support', 'sending-child.ts');
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

async function withServer(behaviour: Behaviour = {}, more: Parameters<typeof openMailWorld>[1] = {}) {
  const server = await mailServer(behaviour);
  const world = await openMailWorld(postTo(server), more);
  open.push(server, world);
  return { server, world };
}

/** Everything the store has on disk, deleted rows and the write-ahead log included. */
const bytesOf = ({ path }: MailWorld): string =>
  readdirSync(dirname(path))
    .map((name) => readFileSync(join(dirname(path), name), 'latin1'))
    .join('');

const ids = (server: MailServer) => server.received.map(({ mail }) => mail.messageId);

const another = (world: MailWorld, server: MailServer, dies: 'claimed' | 'sent' | 'never') =>
  runChild([world.path, String(server.port), world.clock.now().toISOString(), dies], CHILD);

async function queue(world: MailWorld, count: number): Promise<void> {
  const writes = Array.from({ length: count }, (_, n) => world.mail.queued(offer(n)));
  await world.storage.transactor.commit(writes);
}

describe('the outbox', () => {
  it('leaves with what it tells of, or not at all', async () => {
    const { server, world } = await withServer();
    const write = world.mail.queued(offer());
    const poison = { op: 'mail.claim' as const, mailId: 'none', attempts: 0, at: PUBLIC, until: PUBLIC };
    await expect(world.storage.transactor.commit([write, poison])).rejects.toThrow();
    await world.drain();
    expect(server.received).toEqual([]);
    await world.storage.transactor.commit([write]);
    await world.drain();
    expect(server.received).toHaveLength(1);
  });

  it('keeps neither address nor link once a message is sent or given up', async () => {
    const { server, world } = await withServer({
      onRcpt: (to) => (to.includes('learner2') ? answer(550, 'no') : undefined),
    });
    await world.put(offer(1));
    await world.put(offer(2));
    await world.put({ ...offer(3), expiresAt: '2026-06-01T07:00:00Z' });
    await world.put({ ...offer(4), object: 'replaced' });
    await world.put({ ...offer(5), object: 'withdrawn' });
    const content = { link: `${PUBLIC}/sign-in/SECRET-6` };
    await world.put({ kind: 'signIn', to: 'learner6@example.org', object: 'account', content });
    const callBack = { op: 'mail.callBack' as const, tenant: 'specimen-college', object: 'replaced' };
    await world.storage.transactor.commit([{ ...callBack, at: '2026-06-01T08:00:00Z', answer: 'replaced' }]);
    expect(/SECRET-\d/.exec(bytesOf(world))?.[0], 'the link of an offer is stored nowhere').toBe('SECRET-6');
    await world.drain();
    expect(server.received.map(({ mail }) => /SECRET-\d/.exec(mail.text!)?.[0]).sort()).toEqual([
      'SECRET-1',
      'SECRET-6',
    ]);
    const page = await world.storage.reader.mailAbout({ tenant: 'specimen-college' }, { limit: 9 });
    expect(page.items.map(({ object, state }) => [object, state]).sort()).toEqual([
      ['account', 'sent'],
      ['offer-1', 'sent'],
      ['offer-2', 'failed'],
      ['offer-3', 'failed'],
      ['replaced', 'failed'],
      ['withdrawn', 'failed'],
    ]);
    expect(JSON.stringify(page)).not.toMatch(/SECRET|learner/);
    // Closing folds the write-ahead log into the file.
    await world.storage.close();
    expect(/SECRET-\d|learner\d@/.exec(bytesOf(world))?.[0]).toBeUndefined();
  });

  it('does not send what is over', async () => {
    const { server, world } = await withServer();
    const mailId = await world.put({ expiresAt: '2026-06-01T08:00:00Z' });
    await world.drain();
    expect(server.asked).toEqual([]);
    const row = await world.storage.reader.mail(mailId);
    expect(row).toMatchObject({ state: 'failed', lastAnswer: 'was over before it could be sent' });
  });

  it('gives up after three days of trying, each wait longer than the one before', async () => {
    const { server, world } = await withServer({ onRcpt: () => answer(451, '4.3.0 later') });
    const mailId = await world.put({});
    const start = world.clock.now().getTime();
    const tries: number[] = [];
    for (let minute = 0; minute < 6 * 24 * 60; minute++) {
      const before = server.asked.length;
      await world.drain();
      if (server.asked.length > before) tries.push((world.clock.now().getTime() - start) / 3_600_000);
      if ((await world.storage.reader.mail(mailId))?.state !== 'queued') break;
      world.clock.move(60);
    }
    expect(tries).toHaveLength(11);
    expect(tries.at(-1)).toBeGreaterThan(2.5 * 24);
    expect(tries.at(-1)).toBeLessThan(4.5 * 24);
    expect(await world.storage.reader.mail(mailId)).toMatchObject({ state: 'failed', lastAnswer: '451 4.3.0 later' });
  });

  it('a code overtakes the offers of a class', async () => {
    const { server, world } = await withServer();
    await queue(world, 90);
    await world.mail.sendOnce();
    const write = world.mail.queued({
      ...{ tenant: 'system', kind: 'mailCode', to: 'amihan@example.org', lang: 'fil', object: 'session' },
      content: { code: '123456' },
    });
    await world.storage.transactor.commit([write]);
    await world.drain();
    expect(server.received).toHaveLength(91);
    expect(server.received.findIndex(({ to }) => to === 'amihan@example.org')).toBeLessThan(45);
  });

  it('goes on with others when one server answer was a fault of ours', async () => {
    const seen: string[] = [];
    const post: Post = {
      async send({ to }: Letter): Promise<Outcome> {
        seen.push(to);
        if (to.startsWith('learner3')) throw new Error('a defect');
        return { result: 'sent', answer: '250' };
      },
      rest() {},
    };
    const world = await openMailWorld(post);
    open.push(world);
    await queue(world, 6);
    await expect(world.mail.sendOnce()).rejects.toThrow('a defect');
    await world.drain();
    expect(new Set(seen).size).toBe(6);
    const left = await world.storage.reader.mailAbout({ tenant: 'specimen-college', state: 'queued' }, { limit: 9 });
    expect(left.items.map(({ object, attempts }) => [object, attempts])).toEqual([['offer-3', 1]]);
  });

  it('without a mail server refuses in plain words', async () => {
    const world = await openMailWorld(undefined);
    open.push(world);
    expect(world.mail.available).toBe(false);
    expect(() => world.mail.queued(offer())).toThrow(expect.objectContaining({ kind: 'unavailable' }));
    expect(await world.mail.sendOnce()).toBe(false);
  });

  it('takes no link that leads elsewhere', async () => {
    const { world } = await withServer();
    for (const link of ['https://evil.example/claim/x', `${PUBLIC}.evil.example/claim/x`, 'javascript:alert(1)', '']) {
      const message = { ...offer(), kind: 'signIn', content: { link } } as ReturnType<typeof offer>;
      expect(() => world.mail.queued(message), link).toThrow('leads elsewhere');
    }
  });
});

describe('several processes with one outbox', () => {
  it('send 1,000 messages once each, four of them at a time', async () => {
    const { server, world } = await withServer();
    await queue(world, 1_000);
    const others = Array.from({ length: 2 }, () => another(world, server, 'never'));
    await world.drain();
    for (const { code, err } of await Promise.all(others)) expect(code, err).toBe(0);
    await world.drain();
    expect(server.received).toHaveLength(1_000);
    expect(new Set(ids(server)).size).toBe(1_000);
    expect(new Set(server.received.map(({ to }) => to)).size).toBe(1_000);
    expect(await world.storage.reader.dueMail('2027-01-01T00:00:00Z', 9)).toEqual([]);
  }, 120_000);

  it('one that is killed before sending: it is sent once, when its lease is over', async () => {
    const { server, world } = await withServer();
    const mailId = await world.put({});
    const child = await another(world, server, 'claimed');
    expect(child.signal, child.err).toBe('SIGKILL');
    expect(server.received).toEqual([]);
    await world.drain();
    expect(server.received).toEqual([]);
    const { dueAt } = (await world.storage.reader.mail(mailId))!;
    world.clock.move((Date.parse(dueAt) - world.clock.now().getTime()) / 1_000);
    await world.drain();
    expect(ids(server)).toEqual([`<${mailId}@example.edu>`]);
    expect(await world.storage.reader.mail(mailId)).toMatchObject({ state: 'sent', attempts: 2 });
  });

  it('one that is killed between sending and storing: it comes twice, under one Message-ID and date', async () => {
    const { server, world } = await withServer();
    const mailId = await world.put({});
    const child = await another(world, server, 'sent');
    expect(child.signal, child.err).toBe('SIGKILL');
    expect(server.received).toHaveLength(1);
    expect(await world.storage.reader.mail(mailId)).toMatchObject({ state: 'queued', attempts: 1 });
    const { dueAt } = (await world.storage.reader.mail(mailId))!;
    world.clock.move((Date.parse(dueAt) - world.clock.now().getTime()) / 1_000);
    await world.drain();
    await world.drain();
    const [first, second, ...more] = server.received;
    expect(more).toEqual([]);
    for (const part of ['messageId', 'date', 'subject', 'text'] as const) {
      expect(second!.mail[part]).toEqual(first!.mail[part]);
    }
  });

  it('one that sleeps past its lease overwrites nothing', async () => {
    const { server, world } = await withServer();
    const mailId = await world.put({});
    let slept = false;
    const sleepy = world.other(postTo(server), {
      async onStep(step) {
        if (step !== 'sent' || slept) return;
        slept = true;
        world.clock.move(400);
        await world.drain();
      },
    });
    await sleepy.sendOnce();
    await sleepy.close();
    expect(ids(server)).toEqual([`<${mailId}@example.edu>`, `<${mailId}@example.edu>`]);
    expect(await world.storage.reader.mail(mailId)).toMatchObject({ state: 'sent', attempts: 2 });
  });

  it('stops within its grace while a server hangs; nothing is lost', async () => {
    let sending = () => {};
    const begun = new Promise<void>((resolve) => {
      sending = resolve;
    });
    const hanging: Post = {
      send: (_, signal) =>
        new Promise((resolve) => {
          sending();
          signal.addEventListener('abort', () => resolve({ result: 'unreachable', answer: 'cut off' }));
        }),
      rest() {},
    };
    const world = await openMailWorld(hanging);
    open.push(world);
    const mailId = await world.put({});
    const working = world.mail.sendOnce();
    await begun;
    await world.mail.close();
    expect(await working).toBe(false);
    expect(await world.storage.reader.mail(mailId)).toMatchObject({
      state: 'queued',
      attempts: 1,
      lastAnswer: 'cut off',
    });
    expect(await world.mail.sendOnce()).toBe(false);
  }, 20_000);
});
