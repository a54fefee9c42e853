/**
 * Asks a service one question after another on one connection, in a process of its own: what the one who measures has in memory
 * and throws away would be measured with it. Answers with the milliseconds from each question to the end of its answer.
 */
import { connect, type Socket } from 'node:net';
import { readAnswer } from '../answers.ts';
import { timesOf } from '../timing.ts';

export interface Questions {
  port: number;
  key: string;
  /** Asked with the key where they begin with `/v1/`. */
  paths: readonly string[];
}

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

let socket: Socket | undefined;
process.on('message', (questions: Questions) => {
  const { port, paths } = questions;
  const connection = socket ?? connect({ port, host: '127.0.0.1', noDelay: true });
  socket = connection;
  timesOf(paths.length, (n) => ask(connection, questions, paths[n]!)).then(
    (times) => process.send!(times),
    (error: Error) => {
      console.error(error.message);
      process.exit(1);
    },
  );
});
