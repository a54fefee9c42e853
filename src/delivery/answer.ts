import { oneLine } from './line.ts';
import type { Outcome } from './ports.ts';

/** An error of the SMTP client: `command` is what the server was answering, `responseCode` how. */
interface SmtpError {
  code?: string;
  command?: string;
  response?: string;
  responseCode?: number;
}

const ANSWER_CHARS = 200;
/** Replies about this one message (RFC 5321 4.2.1): what another recipient or text might not get. */
const OF_MESSAGE = new Set(['RCPT TO', 'DATA']);
/** What the client itself refuses to send. */
const UNSENDABLE = new Set(['EENVELOPE', 'EMESSAGE']);
/** "Service not available, closing transmission channel". */
const CLOSING = 421;

/**
 * What an attempt that failed means. Only a permanent answer about the message itself is the end of it: a password that is
 * wrong or a certificate that is not trusted is for the operator to mend, and the messages wait.
 */
export function outcomeOf(error: unknown, to: string): Outcome {
  const { code = 'EUNKNOWN', command, response, responseCode } = (error ?? {}) as SmtpError;
  const answer = withoutAddress(response ?? `no answer of the mail server (${code})`, to);
  if (responseCode === undefined) {
    const ours = UNSENDABLE.has(code) && command === 'API';
    return ours ? { result: 'refused', answer: `cannot be sent (${code})` } : { result: 'unreachable', answer };
  }
  if (command === undefined || !OF_MESSAGE.has(command) || responseCode === CLOSING) {
    return { result: 'unreachable', answer };
  }
  return { result: responseCode >= 500 ? 'refused' : 'later', answer };
}

/** A reply in one line. Servers like to repeat the address: whoever reads this may not know it. */
export function withoutAddress(reply: string, to: string): string {
  let text = reply;
  for (const known of [to, to.slice(0, to.lastIndexOf('@'))]) {
    // Of a short name only whole words, or every "a" would be gone.
    const word = known.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    text = text.replace(new RegExp(`(?<![\\p{L}\\p{N}])${word}(?![\\p{L}\\p{N}])`, 'giu'), '…');
  }
  return oneLine(text.replace(/(?<!\S)\S+@\S+/g, '…'), ANSWER_CHARS);
}
