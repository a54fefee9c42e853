import { lookup } from 'node:dns/promises';
import { isIP, type Socket, connect as tcpConnect } from 'node:net';
import { connect as tlsConnect } from 'node:tls';
import { Problem } from '#kernel';
import { refused, type Target } from './target.ts';

/** All addresses of a host. Injected in tests to alternate between answers. */
export type Resolve = (host: string) => Promise<string[]>;

export const systemResolve: Resolve = async (host) => (await lookup(host, { all: true })).map((row) => row.address);

export function failed(code: string, detail: string, cause?: unknown): Problem {
  return new Problem('fetch-failed', detail, { cause, extensions: { code } });
}

/**
 * A socket to an address that was checked, not to a name: what is resolved is checked, what is connected is checked
 * again before a byte is written, so a name that changes its mind in between gains nothing.
 */
export async function openSocket(to: Target, resolve: Resolve, signal: AbortSignal): Promise<Socket> {
  const addresses = isIP(to.host) ? [to.host] : await resolveHost(to.host, resolve);
  // One private answer among public ones is an attack or a mistake; either way nothing is fetched.
  if (addresses.length === 0 || !addresses.every(to.policy)) throw refused('the host has a refused address');
  const socket = tcpConnect({ host: addresses[0]!, port: to.port, signal });
  await event(socket, 'connect', 'connect');
  if (!socket.remoteAddress || !to.policy(socket.remoteAddress)) {
    socket.destroy();
    throw refused('the connected address is refused');
  }
  if (!to.secure) return socket;
  const secure = tlsConnect({
    socket,
    ...(isIP(to.host) ? {} : { servername: to.host }),
    ...(to.ca ? { ca: to.ca } : {}),
    ALPNProtocols: ['http/1.1'],
  });
  await event(secure, 'secureConnect', 'tls');
  return secure;
}

async function resolveHost(host: string, resolve: Resolve): Promise<string[]> {
  try {
    return await resolve(host);
  } catch (cause) {
    throw failed('dns', 'the host name does not resolve', cause);
  }
}

function event(socket: Socket, name: string, code: string): Promise<void> {
  return new Promise((done, reject) => {
    socket.once(name, () => {
      socket.removeAllListeners('error');
      // Errors after this point belong to the request; a socket without a listener would end the process.
      socket.on('error', () => {});
      done();
    });
    socket.once('error', (cause) => {
      socket.destroy();
      reject(failed(code, code === 'tls' ? 'no trusted TLS connection' : 'no connection', cause));
    });
  });
}
