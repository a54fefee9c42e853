import { Problem, UniqueViolation } from '#kernel';

/** Constraints that deserve a name of their own: not a collision of random draws, but work done twice. */
const NAMED: Record<string, string> = { credentials_batch: 'credential.batchRow' };

/** PostgreSQL error codes (appendix A of its manual) after which nothing of the transaction was kept. */
const ROLLED_BACK = new Set(['40001', '40P01']);
/** Waited too long for a lock, a statement or the rest of a transaction; no connection or memory left; going down; not let in. */
const UNAVAILABLE = /^(?:40|08|53|55P03|57|25P0[34]|28|3D000|55000)/;
/** Of the socket, and of the driver, which has no codes for its own. */
const SOCKET = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH']);
const DRIVER = /^(?:Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection)/;

interface ServerError {
  code?: unknown;
  constraint?: unknown;
  table?: unknown;
}

const codeOf = (error: unknown): string => {
  const code = error instanceof Error ? (error as ServerError).code : undefined;
  return typeof code === 'string' ? code : '';
};

/** The server ended the transaction by itself, so that others could go on: the same writes may be tried again. */
export const wasRolledBack = (error: unknown): boolean => ROLLED_BACK.has(codeOf(error));

/** The tables were changed under a statement that was planned before; the next one of the same text is planned anew. */
export const isPlanStale = (error: unknown): boolean =>
  codeOf(error) === '0A000' && /cached plan/.test((error as Error).message);

/** The connection is gone. What was sent last may have been done or not. */
export function isConnectionLost(error: unknown): boolean {
  const code = codeOf(error);
  if (SOCKET.has(code) || /^(?:08|57P0[123])/.test(code)) return true;
  return error instanceof Error && code === '' && DRIVER.test(error.message);
}

/** The server repeats the row it refuses, with the names of people in it: no log may have that. */
function forgetRows(error: unknown): void {
  if (codeOf(error) !== '') Object.assign(error as object, { detail: undefined, where: undefined });
}

/** An error of the engine as the ports name it; anything else stays what it is. Tells nothing of the address. */
export function translateError(error: unknown): unknown {
  forgetRows(error);
  const code = codeOf(error);
  if (code === '23505') {
    const { constraint, table } = error as ServerError;
    return new UniqueViolation(NAMED[String(constraint)] ?? String(table ?? 'unknown'), error);
  }
  if (isConnectionLost(error)) return new Problem('unavailable', 'the store cannot be reached', { cause: error });
  if (UNAVAILABLE.test(code)) {
    return new Problem('unavailable', 'the store is busy, or does not let the service in', { cause: error });
  }
  return error;
}
