import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { actorOf } from '#auth';
import { LIMITS, Problem } from '#kernel';
import { principalOf } from './operation.ts';

/** One thing to tell. `id` is what a client that comes back has seen. */
export interface ServerEvent {
  id: string;
  event: string;
  data: object;
  /** Nothing comes after it. */
  last: boolean;
}

/** What there is to tell now; undefined when there is nothing any more. */
export type Look = () => Promise<ServerEvent | undefined>;

interface Timing {
  /** Milliseconds. */
  poll: number;
  heartbeat: number;
  longest: number;
}

const TIMING: Timing = { poll: LIMITS.eventPollMs, heartbeat: LIMITS.eventHeartbeatMs, longest: LIMITS.eventStreamMs };

/** Streams of server-sent events (WHATWG HTML 9.2), with a limit for all and for each key. */
export interface EventStreams {
  /** @throws Problem `rate-limited` when too many are open */
  open(request: FastifyRequest, reply: FastifyReply, look: Look): unknown;
}

/** @param closing aborted when the service stops: streams would hold it up for ever */
export function createEventStreams(closing: AbortSignal | undefined, timing: Timing = TIMING): EventStreams {
  const open = new Map<string, number>();
  let all = 0;
  return {
    open(request, reply, look) {
      const actor = actorOf(principalOf(request));
      const mine = open.get(actor) ?? 0;
      if (all >= LIMITS.eventStreams || mine >= LIMITS.eventStreamsPerKey) {
        reply.header('retry-after', '5');
        throw new Problem(
          'rate-limited',
          'too many streams of events are open: close one, or ask for the batch instead',
        );
      }
      all++;
      open.set(actor, mine + 1);
      const gone = new AbortController();
      const end = () => gone.abort();
      closing?.addEventListener('abort', end, { once: true });
      reply.raw.once('close', () => {
        end();
        closing?.removeEventListener('abort', end);
        all--;
        const left = open.get(actor)! - 1;
        if (left === 0) open.delete(actor);
        else open.set(actor, left);
      });
      if (closing?.aborted) end();
      const { 'last-event-id': seen } = request.headers as { 'last-event-id'?: string };
      reply.type('text/event-stream; charset=utf-8').header('cache-control', 'no-store');
      // A proxy that collects answers would make events late.
      reply.header('x-accel-buffering', 'no');
      // One piece at a time: a client that does not read is not written to, and learns the newest when it does.
      return reply.send(Readable.from(eventText(look, seen, gone.signal, timing), { highWaterMark: 1 }));
    },
  };
}

/** The text of a stream. It looks at the store, not at this process: whichever replica does the work. */
export async function* eventText(
  look: Look,
  seen: string | undefined,
  signal: AbortSignal,
  { poll, heartbeat, longest }: Timing,
): AsyncGenerator<string> {
  yield `retry: ${poll}\n\n`;
  let told = seen;
  let quiet = 0;
  // After a while the client comes back, and shows again that it may.
  for (let lasted = 0; lasted < longest && !signal.aborted; lasted += poll) {
    const now = await look();
    if (!now) return;
    if (now.id !== told) {
      yield `event: ${now.event}\nid: ${now.id}\ndata: ${JSON.stringify(now.data)}\n\n`;
      told = now.id;
      quiet = 0;
    }
    if (now.last) return;
    await sleep(poll, undefined, { signal, ref: false }).catch(() => undefined);
    quiet += poll;
    if (quiet >= heartbeat) {
      yield ': still here\n\n';
      quiet = 0;
    }
  }
}
