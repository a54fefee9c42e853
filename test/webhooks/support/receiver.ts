import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { newPort } from '../../support/service.ts';

export interface ReceivedEvent {
  version: string;
  id: string;
  type: string;
  createdAt: string;
  institution: string;
  data: Record<string, string | number>;
}

export interface Received {
  event: ReceivedEvent;
  text: string;
  headers: IncomingHttpHeaders;
  /** What was answered. */
  status: number;
}

/** Answers a request: a status, or does it itself. */
type Answer = (event: ReceivedEvent, nth: number, reply: ServerResponse) => number | undefined;

/** A system of an institution: takes events and keeps them, and checks each signature with a library of others. */
export interface Receiver {
  url: string;
  port: number;
  received: Received[];
  /** Bodies whose signature did not hold for any secret that was trusted at that moment. */
  forged: string[];
  /** Secrets that are trusted; empty: nothing is checked. */
  secrets: string[];
  /** How it answers from now on; 204 when nothing is said. */
  answer: Answer;
  /** Events that were taken (2xx), each the first time, in that order. */
  taken(): ReceivedEvent[];
  /** Resolves when what was received fits. */
  until(fits: (all: readonly Received[]) => boolean): Promise<void>;
  close(): Promise<void>;
}

export async function openReceiver(port = newPort()): Promise<Receiver> {
  const waiting = new Set<() => void>();
  const received: Received[] = [];
  const times = new Map<string, number>();
  const server = createServer((request, reply) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString('utf8');
      if (receiver.secrets.length > 0 && !verified(receiver.secrets, text, request.headers)) receiver.forged.push(text);
      const event = JSON.parse(text) as ReceivedEvent;
      const nth = (times.get(event.id) ?? 0) + 1;
      times.set(event.id, nth);
      const status = receiver.answer(event, nth, reply);
      received.push({ event, text, headers: request.headers, status: status ?? 0 });
      if (status !== undefined) reply.writeHead(status).end();
      for (const look of waiting) look();
    });
  });
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  const receiver: Receiver = {
    ...{ url: `http://127.0.0.1:${port}/hooks`, port, received, forged: [], secrets: [], answer: () => 204 },
    taken() {
      const first = new Map<string, ReceivedEvent>();
      for (const { event, status } of received) {
        if (status >= 200 && status <= 299 && !first.has(event.id)) first.set(event.id, event);
      }
      return [...first.values()];
    },
    until: (fits) =>
      new Promise((done) => {
        const look = () => {
          if (!fits(received)) return;
          waiting.delete(look);
          done();
        };
        waiting.add(look);
        look();
      }),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
  return receiver;
}

function verified(secrets: readonly string[], text: string, headers: IncomingHttpHeaders): boolean {
  return secrets.some((secret) => {
    try {
      new Webhook(secret).verify(text, headers as Record<string, string>);
      return true;
    } catch {
      return false;
    }
  });
}
