import { describe, expect, it } from 'vitest';
import { answer, type Behaviour, type MailServer, mailServer, rudeServer } from './support/mail-server.ts';
import { type MailWorld, openMailWorld, postTo } from './support/world.ts';

type Post = Parameters<typeof postTo>[1];

/** One server, one outbox, one message; closed afterwards. */
async function sending(
  behaviour: Behaviour,
  more: Post,
  body: (world: MailWorld, server: MailServer, mailId: string) => Promise<void>,
): Promise<void> {
  const server = await mailServer(behaviour);
  const world = await openMailWorld(postTo(server, more));
  try {
    await body(world, server, await world.put({}));
  } finally {
    await world.close();
    await server.close();
  }
}

const stateOf = (world: MailWorld, mailId: string) => world.storage.reader.mail(mailId);

describe('a mail server', () => {
  it('is spoken to over TLS from the first byte, with a user', () =>
    sending(
      { secure: true, users: { tatak: 'p w' } },
      { tls: 'implicit', auth: { user: 'tatak', pass: 'p w' } },
      async (world, server, mailId) => {
        await world.drain();
        expect(server.received).toMatchObject([{ to: 'learner1@example.org', secure: true, user: 'tatak' }]);
        expect(await stateOf(world, mailId)).toMatchObject({ state: 'sent', attempts: 1 });
      },
    ));

  it('or after STARTTLS', () =>
    sending(
      { users: { tatak: 'p w' } },
      { tls: 'starttls', auth: { user: 'tatak', pass: 'p w' } },
      async (world, server) => {
        await world.drain();
        expect(server.received).toMatchObject([{ secure: true, user: 'tatak' }]);
      },
    ));

  it('gets neither password nor message when it has no STARTTLS, or somebody took it out', () =>
    sending(
      { hideSTARTTLS: true, authMethods: ['PLAIN'] },
      { tls: 'starttls', auth: { user: 'tatak', pass: 'p' } },
      async (world, server, mailId) => {
        await world.drain();
        expect(server.asked).toEqual([]);
        expect(await stateOf(world, mailId)).toMatchObject({ state: 'queued', attempts: 1 });
        expect(world.told).toMatchObject([{ result: 'unreachable' }]);
      },
    ));

  it('nor when nobody vouches for its certificate', () =>
    sending({ secure: true }, { tls: 'implicit', ca: '' }, async (world, server, mailId) => {
      await world.drain();
      expect(server.asked).toEqual([]);
      expect(await stateOf(world, mailId)).toMatchObject({ state: 'queued', attempts: 1 });
    }));

  it('a wrong password is for the operator to mend: the message waits', () =>
    sending(
      { users: { tatak: 'right' } },
      { tls: 'starttls', auth: { user: 'tatak', pass: 'wrong' } },
      async (world, server, mailId) => {
        await world.drain();
        const row = await stateOf(world, mailId);
        expect(row).toMatchObject({ state: 'queued', attempts: 1, lastAnswer: expect.stringMatching(/^535 5\.7\.8/) });
        expect(server.received).toEqual([]);
      },
    ));

  it('says later, and gets it later', () =>
    sending(
      { onRcpt: (_, nth) => (nth < 3 ? answer(450, '4.2.1 mailbox busy') : undefined) },
      {},
      async (world, server, mailId) => {
        await world.drain();
        expect(await stateOf(world, mailId)).toMatchObject({
          state: 'queued',
          attempts: 1,
          lastAnswer: '450 4.2.1 mailbox busy',
        });
        await world.drain();
        expect(server.asked).toHaveLength(1);
        world.clock.move(20);
        await world.drain();
        expect(server.received).toEqual([]);
        world.clock.move(80);
        await world.drain();
        expect(server.received).toHaveLength(1);
        expect(await stateOf(world, mailId)).toMatchObject({ state: 'sent', attempts: 3 });
      },
    ));

  it.each([
    ['the recipient', { onRcpt: () => answer(550, '5.1.1 <learner1@example.org>: user learner1 unknown') }],
    ['the message', { onMessage: () => answer(554, '5.7.1 looks like spam to LEARNER1@example.org') }],
  ] satisfies [string, Behaviour][])('refuses %s for good; the reason is kept without the address', (_, behaviour) =>
    sending(behaviour, {}, async (world, server, mailId) => {
      await world.drain();
      const row = (await stateOf(world, mailId))!;
      expect(row).toMatchObject({ state: 'failed', attempts: 1 });
      expect(row.lastAnswer).toMatch(/^55\d 5\.\d\.1 /);
      expect(JSON.stringify([row, world.told])).not.toMatch(/learner1|SECRET/i);
      world.clock.move(400_000);
      await world.drain();
      expect(server.asked).toHaveLength(1);
    }),
  );

  it.each([
    ['at the greeting', { onConnect: () => answer(554, 'no service') }],
    ['with "closing"', { onRcpt: () => answer(421, '4.3.2 shutting down') }],
    ['the sender', { onMailFrom: () => answer(553, '5.7.1 not your address') }],
  ] satisfies [string, Behaviour][])('refuses %s: nothing is wrong with the message', (_, behaviour) =>
    sending(behaviour, {}, async (world, server, mailId) => {
      await world.drain();
      expect(await stateOf(world, mailId)).toMatchObject({ state: 'queued', attempts: 1 });
      expect(world.told).toMatchObject([{ result: 'unreachable' }]);
      expect(server.received).toEqual([]);
    }),
  );

  it('without SMTPUTF8 has no letters beyond ASCII before the @; domains are sent in ASCII', async () => {
    const server = await mailServer({
      hideSMTPUTF8: true,
      onRcpt: (to) => (/[^\x21-\x7e].*@/.test(to) ? answer(553, 'no') : undefined),
    });
    const world = await openMailWorld(postTo(server));
    const refused = await world.put({ to: 'señorita@example.org' });
    const sent = await world.put({ to: 'amihan@bahaghari-ñ.example' });
    await world.drain();
    expect((await world.storage.reader.mail(refused))?.state).toBe('failed');
    expect((await world.storage.reader.mail(sent))?.state).toBe('sent');
    expect(server.received).toHaveLength(1);
    expect(server.received[0]!.raw).toMatch(/^To: amihan@xn--bahaghari--[a-z0-9]+\.example\r$/m);
    await world.close();
    await server.close();
  });

  it('with SMTPUTF8 gets such an address as it is written', async () => {
    const server = await mailServer({});
    const world = await openMailWorld(postTo(server));
    await world.put({ to: 'señorita@example.org' });
    await world.drain();
    expect(server.received.map(({ to }) => to)).toEqual(['señorita@example.org']);
    await world.close();
    await server.close();
  });
});

describe('a mail server that misbehaves', () => {
  const polite = (line: string): string | undefined => {
    if (/^EHLO/.test(line)) return '250 rude';
    if (/^(MAIL|RCPT|RSET)/.test(line)) return '250 ok';
    return /^DATA/.test(line) ? '354 go on' : undefined;
  };

  it.each([
    ['never greets', undefined, () => {}],
    ['greets with nonsense', 'HTTP/1.1 400 Bad Request', () => {}],
    ['hangs after the greeting', '220 rude', () => {}],
    [
      'drops the connection in the middle of the message',
      '220 rude',
      (line, socket) => {
        const said = polite(line);
        if (said) socket.write(`${said}\r\n`);
        else socket.destroy();
      },
    ],
    [
      'takes the message and says nothing',
      '220 rude',
      (line, socket) => {
        const said = polite(line);
        if (said) socket.write(`${said}\r\n`);
      },
    ],
    [
      'answers without end',
      '220 rude',
      (_, socket) => {
        socket.write(`250-${'x'.repeat(1_000)}\r\n`.repeat(100));
      },
    ],
  ] satisfies [string, string | undefined, Parameters<typeof rudeServer>[0]][])(
    '%s: the message waits',
    async (_, greeting, speak) => {
      const server = await rudeServer(speak, greeting);
      const world = await openMailWorld(postTo(server));
      const first = await world.put({});
      const second = await world.put({ object: 'offer-2' });
      await world.drain();
      const rows = await Promise.all([first, second].map((id) => world.storage.reader.mail(id)));
      expect(rows.map((row) => row?.state)).toEqual(['queued', 'queued']);
      expect(world.told.every(({ result }) => result === 'unreachable')).toBe(true);
      expect(JSON.stringify(world.told)).not.toMatch(/learner1|SECRET/);
      await world.close();
      await server.close();
    },
  );

  it('is not there at all', async () => {
    const server = await mailServer();
    await server.close();
    const world = await openMailWorld(postTo(server));
    const mailId = await world.put({});
    expect(await world.mail.sendOnce()).toBe(false);
    expect(await world.storage.reader.mail(mailId)).toMatchObject({ state: 'queued', attempts: 1 });
    await world.close();
  });
});
