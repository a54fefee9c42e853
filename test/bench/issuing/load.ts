/**
 * Callers of one service, in a process of their own: each has one connection that is kept, sends one request, reads the
 * whole answer and sends the next. On plain sockets: a client library costs more than the service may.
 */
import { connect, type Socket } from 'node:net';
import { readAnswer } from '../answers.ts';

export interface Load {
  port: number;
  connections: number;
  /** Answered before the clock starts. */
  warm: number;
  requests: number;
  key: string;
  achievementId: string;
}

export interface LoadResult {
  /** Of the measured requests. */
  seconds: number;
  /** Milliseconds of each, ascending. */
  times: number[];
  /** CPU milliseconds of this process. */
  cpuMs: number;
  /** Answered 503 by a service that sheds load, and asked again a second later; the waiting is in `times`. */
  shed: number;
}

function run(load: Load, measuring: () => void): Promise<LoadResult> {
  const times: number[] = [];
  let [sent, answered, shed, began, cpu] = [0, 0, 0, 0, process.cpuUsage()];
  const all = load.warm + load.requests;
  return new Promise((resolve, reject) => {
    const done = () => {
      const seconds = (performance.now() - began) / 1_000;
      const { user, system } = process.cpuUsage(cpu);
      resolve({ seconds, times: times.sort((a, b) => a - b), cpuMs: (user + system) / 1_000, shed });
    };
    const ask = (socket: Socket): void => {
      if (sent === all) return;
      if (sent === load.warm) {
        measuring();
        began = performance.now();
        cpu = process.cpuUsage();
      }
      const number = sent++;
      const asked = performance.now();
      const send = () => {
        readAnswer(socket, (status, body) => {
          if (status === 503) {
            shed++;
            return void setTimeout(send, 1_000);
          }
          if (status !== 201) return reject(new Error(`request ${number}: ${status} ${body().slice(0, 500)}`));
          if (number >= load.warm) times.push(performance.now() - asked);
          if (++answered === all) return done();
          ask(socket);
        });
        socket.write(requestOf(load, number));
      };
      send();
    };
    for (let n = 0; n < load.connections; n++) {
      const socket = connect({ port: load.port, host: '127.0.0.1', noDelay: true });
      socket
        .once('connect', () => ask(socket))
        .once('error', reject)
        .once('close', () => reject(new Error('closed')));
    }
  });
}

function requestOf({ achievementId, key }: Load, number: number): string {
  const recipients = [{ name: `Specimen Learner ${number}`, email: `learner-${number}@school.example` }];
  const body = JSON.stringify({ achievementId, recipients });
  return (
    `POST /v1/credentials HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${key}\r\nContent-Type: application/json\r\n` +
    `Idempotency-Key: bench-${number}\r\nContent-Length: ${body.length}\r\n\r\n${body}`
  );
}

process.once('message', (load: Load) => {
  run(load, () => process.send!('measuring')).then(
    (result) => process.send!(result, () => process.exit(0)),
    (error: Error) => {
      console.error(error.message);
      process.exit(1);
    },
  );
});
