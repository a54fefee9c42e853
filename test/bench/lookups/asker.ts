/**
 * Asks a service one question after another on one connection, in a process of its own: what the one who measures has in memory
 * and throws away would be measured with it.
 */
import { connect, type Socket } from 'node:net';
import { readAnswer } from '../answers.ts';

export interface Questions {
  port: number;
  key: string;
  /** Asked with the key where they begin with `/v1/`. */
  paths: readonly string[];
}

/** Milliseconds from the question to the whole answer, of each. */
export type Times = number[];

const EMPTY = '"items":[]';

function ask(socket: Socket, { port, key }: Questions, path: string): Promise<void> {
  const authorization = path.startsWith('/v1/') ? `Authorization: Bearer ${key}\r\n` : '';
  return new Promise((done, failed) => {
    readAnswer(socket, (status, body) => {
      // Most documents of this store are cut off: only lists are read.
      const isEmpty = path.includes('?') && body().includes(EMPTY);
      if (status === 200 && !isEmpty) done();
      else failed(new Error(`${path}: ${status} ${body().slice(0, 500)}`));
    });
    socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost:${port}\r\n${authorization}\r\n`);
  });
}

async function timesOf(socket: Socket, questions: Questions): Promise<Times> {
  const times: Times = [];
  for (const path of questions.paths) {
    const began = performance.now();
    await ask(socket, questions, path);
    times.push(performance.now() - began);
  }
  return times;
}

let socket: Socket | undefined;
process.on('message', (questions: Questions) => {
  socket ??= connect({ port: questions.port, host: '127.0.0.1', noDelay: true });
  timesOf(socket, questions).then(
    (times) => process.send!(times),
    (error: Error) => {
      console.error(error.message);
      process.exit(1);
    },
  );
});
