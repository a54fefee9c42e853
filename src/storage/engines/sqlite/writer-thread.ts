import { parentPort, workerData } from 'node:worker_threads';
import { nextTurn } from '#kernel';
import { createSqliteTransactor } from './commit.ts';
import { connectWriter } from './connection.ts';
import { type Answer, crossed, type Question } from './crossing.ts';
import { writeKysely } from './dialect.ts';
import { translateError } from './errors.ts';

const port = parentPort;
if (!port) throw new Error('this file is the body of a worker thread');
const database = connectWriter((workerData as { path: string }).path);
const transactor = createSqliteTransactor(writeKysely(database), database);

/** Answers of one transaction go back together. */
let answers: Answer[] = [];
function answer(one: Answer): void {
  if (answers.length === 0) {
    queueMicrotask(() => {
      port!.postMessage(answers);
      answers = [];
    });
  }
  answers.push(one);
}

port.on('message', (questions: Question[]) => {
  for (const question of questions) {
    if (question === 'close') {
      // The last answers are sent in the turn in which they become known.
      void transactor
        .idle()
        .then(nextTurn)
        .then(() => {
          database.close();
          port.close();
        });
      return;
    }
    const { id, writes } = question;
    transactor.commit(writes).then(
      () => answer({ id }),
      (error: unknown) => answer({ id, error: crossed(translateError(error)) }),
    );
  }
});

port.postMessage('ready');
