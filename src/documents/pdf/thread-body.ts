import { parentPort } from 'node:worker_threads';
import { answerCalls } from '#kernel';
import { certificatePdf } from './certificate.ts';
import type { PaperAnswer, PaperQuestion } from './papers.ts';
import { transcriptPdf } from './transcript.ts';

const port = parentPort!;
answerCalls<PaperQuestion, PaperAnswer>(port, async (question) => {
  try {
    return {
      bytes: await (question.kind === 'certificate' ? certificatePdf(question.input) : transcriptPdf(question.input)),
    };
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
});
port.postMessage('ready');
