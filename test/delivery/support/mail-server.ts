import { mkdtempSync } from 'node:fs';
import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { systemClock } from '#kernel';
import { loadOrCreateLoopbackCertificate } from '../../../src/app/loopback-tls.ts';

export interface Received {
  to: string;
  from: string;
  raw: string;
  mail: ParsedMail;
  /** Whether it came over TLS. */
  secure: boolean;
  user?: string;
}

export interface MailServer {
  port: number;
  ca: string;
  received: Received[];
  /** Envelope recipients it was asked for, taken or not. */
  asked: string[];
  close(): Promise<void>;
}

/** An answer of the server in place of taking it. */
export const answer = (responseCode: number, message: string): Error =>
  Object.assign(new Error(message), { responseCode });

type Judge = (to: string, nth: number) => Error | undefined;

export interface Behaviour extends Pick<SMTPServerOptions, 'secure' | 'hideSTARTTLS' | 'hideSMTPUTF8' | 'authMethods'> {
  users?: Record<string, string>;
  onRcpt?: Judge;
  /** After the whole message was read. */
  onMessage?: Judge;
  onMailFrom?: () => Error | undefined;
  onConnect?: () => Error | undefined;
}

/** A real SMTP server on this machine. */
export async function mailServer(behaviour: Behaviour = {}): Promise<MailServer> {
  const { users, onRcpt, onMessage, onMailFrom, onConnect, ...options } = behaviour;
  const certificate = await loadOrCreateLoopbackCertificate({
    directory: mkdtempSync(join(tmpdir(), 'tatak-smtp-')),
    clock: systemClock,
  });
  const received: Received[] = [];
  const asked: string[] = [];
  const seen = new Map<string, number>();
  const nth = (what: string) => {
    seen.set(what, (seen.get(what) ?? 0) + 1);
    return seen.get(what)!;
  };
  const server = new SMTPServer({
    ...options,
    ...{ key: certificate.key, cert: certificate.cert, logger: false, authOptional: users === undefined },
    closeTimeout: 100,
    onAuth({ username, password }, _, done) {
      if (users && username !== undefined && users[username] === password) done(null, { user: username });
      else done(answer(535, `5.7.8 no such user ${username}`));
    },
    onConnect: (_, done) => done(onConnect?.()),
    onMailFrom: (_, __, done) => done(onMailFrom?.()),
    onRcptTo({ address }, _, done) {
      asked.push(address);
      done(onRcpt?.(address, nth(`rcpt ${address}`)));
    },
    async onData(stream, session, done) {
      const chunks: Buffer[] = [];
      for await (const chunk of stream) chunks.push(chunk as Buffer);
      const to = session.envelope.rcptTo[0]!.address;
      const refused = onMessage?.(to, nth(`data ${to}`));
      if (refused) return done(refused);
      const raw = Buffer.concat(chunks);
      const { mailFrom } = session.envelope;
      received.push({
        ...{ to, from: mailFrom ? mailFrom.address : '', raw: raw.toString('utf8'), secure: session.secure },
        mail: await simpleParser(raw),
        ...(session.user === undefined ? {} : { user: String(session.user) }),
      });
      done(null, `Ok: queued for ${to}`);
    },
  });
  server.on('error', () => {});
  await new Promise<void>((ready) => {
    server.listen(0, '127.0.0.1', ready);
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    ca: certificate.cert,
    received,
    asked,
    close: () => new Promise((done) => server.close(() => done())),
  };
}

/** A server by hand, for what no library would do. `speak` gets each line the client sends. */
export async function rudeServer(
  speak: (line: string, socket: Socket) => void,
  greeting: string | undefined,
): Promise<{ port: number; connections: number; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const told = { connections: 0 };
  const server = createServer((socket) => {
    told.connections++;
    sockets.add(socket);
    socket.on('error', () => {});
    if (greeting !== undefined) socket.write(`${greeting}\r\n`);
    let rest = '';
    socket.setEncoding('utf8').on('data', (text) => {
      const lines = `${rest}${text}`.split('\r\n');
      rest = lines.pop()!;
      for (const line of lines) speak(line, socket);
    });
  });
  await new Promise<void>((ready) => {
    server.listen(0, '127.0.0.1', ready);
  });
  return {
    port: (server.address() as AddressInfo).port,
    get connections() {
      return told.connections;
    },
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((done) => server.close(() => done()));
    },
  };
}
