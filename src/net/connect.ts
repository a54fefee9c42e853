import { lookup } from 'node:dns/promises';
import { isIP, type Socket, connect as tcpConnect } from 'node:net';
import { connect as tlsConnect } from 'node:tls';
import { Problem } from '#kernel';
import { refused, type Target } from './target.ts';

/** All addresses of a host. Injected in tests to alternate between answers. */
export type Resolve = (host: string) => Promise<string[]>;

/** Told of every address a socket was opened to, after the check and before a byte is sent. */
export type OnConnect = (connection: { host: string; address: string; port: number }) => void;

export const systemResolve: Resolve = async (host) => (await lookup(host, { all: true })).map((row) => row.address);

/** A host with a dead first address (often IPv6) is tried at the next one; so many, and each but the last so long. */
const ADDRESSES_TRIED = 3;
const PATIENCE_MS = 700;

export function failed(code: string, detail: string, cause?: unknown): Problem {
  return new Problem('fetch-failed', detail, { cause, extensions: { code } });
}

/**
 * A socket to an address that was checked, not to a name: what is resolved is checked, what is connected is checked
 * again before a byte is written, so a name that changes its mind in between gains nothing.
 */
export async function openSocket(
  to: Target,
  options: { resolve: Resolve; signal: AbortSignal; onConnect?: OnConnect | undefined },
): Promise<Socket> {
  const { resolve, signal, onConnect } = options;
  const addresses = isIP(to.host) ? [to.host] : await resolveHost(to.host, resolve, signal);
  // One private answer among public ones is an attack or a mistake; either way nothing is fetched.
  if (addresses.length === 0 || !addresses.every(to.policy)) throw refused('the host has a refused address');
  const socket = await connectFirst(addresses.slice(0, ADDRESSES_TRIED), to.port, signal);
  const { remoteAddress } = socket;
  if (!remoteAddress || !to.policy(remoteAddress)) {
    socket.destroy();
    if (!remoteAddress) throw failed('connect', 'the connection was closed at once');
    throw refused('the connected address is refused');
  }
  onConnect?.({ host: to.host, address: remoteAddress, port: to.port });
  return to.secure ? startTls(socket, to, signal) : socket;
}

async function connectFirst(addresses: readonly string[], port: number, signal: AbortSignal): Promise<Socket> {
  for (const [index, host] of addresses.entries()) {
    const last = index === addresses.length - 1;
    const patience = last ? signal : AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
    const socket = tcpConnect({ host, port });
    try {
      await ready(socket, 'connect', 'connect', patience);
      return socket;
    } catch (error) {
      if (last || signal.aborted) throw error;
    }
  }
  throw failed('connect', 'no connection');
}

async function startTls(socket: Socket, to: Target, signal: AbortSignal): Promise<Socket> {
  const secure = tlsConnect({
    socket,
    // With a socket given, `host` is only the name the certificate must carry when there is no server name.
    host: to.host,
    ...(isIP(to.host) ? {} : { servername: to.host }),
    ...(to.ca ? { ca: to.ca } : {}),
    minVersion: 'TLSv1.2',
    rejectUnauthorized: true,
    ALPNProtocols: ['http/1.1'],
  });
  try {
    await ready(secure, 'secureConnect', 'tls', signal);
  } catch (error) {
    socket.destroy();
    throw error;
  }
  return secure;
}

/** The platform's resolver cannot be cancelled, but nobody has to wait for it. */
async function resolveHost(host: string, resolve: Resolve, signal: AbortSignal): Promise<string[]> {
  try {
    return await Promise.race([resolve(host), aborted(signal)]);
  } catch (cause) {
    throw failed('dns', 'the host name does not resolve', cause);
  }
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
}

/** @throws Problem `fetch-failed` with `code` on error, on a close before the event, and when the signal comes first */
function ready(socket: Socket, name: 'connect' | 'secureConnect', code: string, signal: AbortSignal): Promise<void> {
  return new Promise((done, reject) => {
    const settle = (end: () => void) => {
      signal.removeEventListener('abort', onAbort);
      socket.off(name, onReady).off('error', onFailure).off('close', onFailure);
      // Errors after this point belong to the request; a socket without a listener would end the process.
      socket.on('error', () => {});
      end();
    };
    const onReady = () => settle(done);
    const onFailure = (cause: unknown) =>
      settle(() => {
        socket.destroy();
        reject(failed(code, code === 'tls' ? 'no trusted TLS connection' : 'no connection', cause));
      });
    const onAbort = () => onFailure(signal.reason);
    socket.on(name, onReady).on('error', onFailure).on('close', onFailure);
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort);
  });
}
