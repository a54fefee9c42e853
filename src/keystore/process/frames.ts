import type { Socket } from 'node:net';
import { isObject, type JsonObject, parseStrictJsonBytes } from '#kernel';

/** A JWT over a document of 256 KiB in base64url, twice over; nothing that is signed is larger. */
export const MAX_FRAME = 1_048_576;
const HEAD = 4;

/** Four bytes of length, big end first, then that many bytes of JSON. @throws RangeError above `MAX_FRAME` */
export function frame(message: JsonObject): Buffer {
  const body = Buffer.from(JSON.stringify(message));
  if (body.length > MAX_FRAME) throw new RangeError('a message between the service and its signer is too large');
  const head = Buffer.alloc(HEAD);
  head.writeUInt32BE(body.length);
  return Buffer.concat([head, body]);
}

/**
 * Calls `take` for each message. What is not a message ends the connection: after it nothing can be understood.
 * @param take must not throw
 */
export function readFrames(socket: Socket, take: (message: JsonObject) => void): void {
  let rest: Buffer = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    while (rest.length >= HEAD) {
      const length = rest.readUInt32BE(0);
      if (length > MAX_FRAME) return void socket.destroy(new RangeError('a message is too large'));
      if (rest.length < HEAD + length) return;
      const message = parsed(rest.subarray(HEAD, HEAD + length));
      rest = rest.subarray(HEAD + length);
      if (!message) return void socket.destroy(new RangeError('not a message'));
      take(message);
    }
  });
}

function parsed(bytes: Uint8Array): JsonObject | undefined {
  try {
    const value = parseStrictJsonBytes(bytes, { bytes: MAX_FRAME });
    return isObject(value) ? (value as JsonObject) : undefined;
  } catch {
    return undefined;
  }
}
