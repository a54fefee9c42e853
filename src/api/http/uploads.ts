import type { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LIMITS, Problem } from '#kernel';

/** What a slow client may take before and beside the time that its bytes need. */
export interface Pace {
  /** Milliseconds of waiting in all. */
  grace: number;
  /** And one second more for so many bytes. */
  bytesPerSecond: number;
}

const PACE: Pace = { grace: LIMITS.requestTimeout, bytesPerSecond: LIMITS.uploadBytesPerSecond };

/** Sockets with an upload that this file holds to its pace; the time limit of other requests is not theirs. */
const paced = new WeakSet<Socket>();

export const isUploading = (socket: Socket): boolean => paced.has(socket);

/** Uploads of this process that are read as they arrive. */
export interface Uploads {
  /**
   * Gives the body, or another stream that comes from it, to `read` piece by piece. When it is refused half-way the rest is still taken in, within bounds, so that the
   * client sees the answer.
   * @throws Problem `unavailable` when too many run, `request-timeout` for a client that is too slow; what `read` throws
   */
  read<T>(
    request: FastifyRequest,
    reply: FastifyReply,
    read: (body: AsyncIterable<Uint8Array>) => Promise<T>,
    body?: Readable,
  ): Promise<T>;
}

export function createUploads(most: number = LIMITS.uploadsAtOnce): Uploads {
  let running = 0;
  return {
    async read(request, reply, read, body = request.body as Readable) {
      const { socket } = request.raw;
      if (running >= most) {
        reply.header('retry-after', '5').header('connection', 'close');
        throw new Problem('unavailable', 'too many lists are being uploaded at this moment');
      }
      running++;
      paced.add(socket);
      try {
        return await read(atPace(body));
      } catch (error) {
        reply.header('connection', 'close');
        await drain(body);
        throw error;
      } finally {
        paced.delete(socket);
        running--;
      }
    },
  };
}

/** Only waiting for the client counts, not the time that its rows take here. @throws Problem `request-timeout` */
export async function* atPace(body: Readable, pace: Pace = PACE): AsyncGenerator<Uint8Array> {
  // The answer goes out on the same socket, so the end of reading must not end it.
  const pieces = body.iterator({ destroyOnReturn: false }) as AsyncIterator<Uint8Array>;
  let waited = 0;
  let bytes = 0;
  try {
    for (;;) {
      const began = performance.now();
      const left = pace.grace + (bytes / pace.bytesPerSecond) * 1_000 - waited;
      const next = await within(left, pieces.next());
      if (next.done) return;
      waited += performance.now() - began;
      bytes += next.value.byteLength;
      yield next.value;
    }
  } finally {
    await pieces.return?.();
  }
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const problem = () => reject(new Problem('request-timeout', 'the upload is slower than this service waits for'));
    timer = setTimeout(problem, Math.max(0, ms));
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Takes what still comes, at most one more buffer of a large file. */
async function drain(body: Readable): Promise<void> {
  let bytes = 0;
  await new Promise<void>((done) => {
    const timer = setTimeout(done, LIMITS.headersTimeout);
    const end = () => {
      clearTimeout(timer);
      done();
    };
    body.once('end', end).once('close', end).once('error', end);
    body.on('data', (piece: Uint8Array) => {
      bytes += piece.byteLength;
      if (bytes > LIMITS.uploadDrainBytes) end();
    });
    if (body.readableEnded || body.destroyed) end();
  });
  body.pause();
}
