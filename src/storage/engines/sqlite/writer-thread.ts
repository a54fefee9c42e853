import { parentPort, workerData } from 'node:worker_threads';
import { answerCalls, nextTurn } from '#kernel';
import { createSqliteTransactor } from './commit.ts';
import { connectWriter } from './connection.ts';
import { type Answer, crossed, type Question } from './crossing.ts';
import { writeKysely } from './dialect.ts';
import { translateError } from './errors.ts';

const port = parentPort;
if (!port) throw new Error('this file is the body of a worker thread');
const database = connectWriter((workerData as { path: string }).path);
const transactor = createSqliteTransactor(writeKysely(database), database);

answerCalls<Question, Answer>(port, (question) => {
  if (question !== 'close') {
    return transactor.commit(question).then(
      () => ({}),
      (error: unknown) => ({ error: crossed(translateError(error)) }),
    );
  }
  // The last answers are told in the turn in which they become known.
  void transactor
    .idle()
    .then(nextTurn)
    .then(() => {
      database.close();
      port.close();
    });
  return undefined;
});

port.postMessage('ready');
