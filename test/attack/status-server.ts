import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type JsonObject, systemClock } from '#kernel';
import { createGuardedFetch } from '#net';
import type { Check } from '../../src/verifier/report.ts';
import { actor, badge, statusEntry, statusList, world } from '../verifier/world.ts';

/** What the server does for one address. */
export type Answer = (response: ServerResponse) => unknown;

const school = actor('school');
export const stranger = actor('stranger');

/** One way in which a list cannot be relied on. */
export interface Fault {
  /** Bytes or behaviour instead of the list. */
  answer?: (url: string) => Answer;
  /** Changes the list before it is signed. */
  list?: JsonObject;
  subject?: JsonObject;
  by?: typeof school;
  /** Changes the list after it was signed. */
  after?: (signed: JsonObject) => void;
  entry?: (url: string, dead: string) => JsonObject;
}

export const json =
  (body: unknown, type = 'application/vc'): Answer =>
  (response) =>
    response.setHeader('content-type', type).end(typeof body === 'string' ? body : JSON.stringify(body));

/** A server of status lists on this machine, and a verifier that reaches it by its guarded fetch. */
export async function statusServer() {
  const answers = new Map<string, Answer>();
  const server = createServer((request, response) => {
    const answer = answers.get(request.url ?? '/');
    if (answer) answer(response);
    else response.writeHead(404).end('no');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  // A port that was open a moment ago, and is not now.
  const other = createServer();
  await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
  const dead = `http://localhost:${(other.address() as AddressInfo).port}`;
  await new Promise((done) => other.close(done));
  const fetch = createGuardedFetch({
    clock: systemClock,
    loopbackOrigins: [{ origin }, { origin: dead }],
    resolve: async () => ['127.0.0.1'],
  });
  const on = world([actor('anchor')], { fetch });
  on.join(school);
  on.join(stranger);
  let serial = 0;
  return {
    close() {
      server.closeAllConnections();
      server.close();
    },
    /** A badge with its list at an address of its own, broken in this way. */
    async verify(fault: Fault): Promise<{ status: Check; verdict: string }> {
      const url = `${origin}/list-${++serial}`;
      const list = statusList(school, [], { id: url, ...fault.list }, fault.subject);
      const signed = await on.sign(fault.by ?? school, list, '2026-11-24T00:00:00Z');
      fault.after?.(signed);
      answers.set(new URL(url).pathname, fault.answer?.(url) ?? json(signed));
      const entry = statusEntry(3, { id: `${url}#3`, statusListCredential: url, ...fault.entry?.(url, dead) });
      const report = await on.verifier.verify({ document: await on.sign(school, badge(school, entry)) });
      return { status: report.checks.find((one) => one.check === 'status')!, verdict: report.verdict };
    },
  };
}
