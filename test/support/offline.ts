import dns from 'node:dns';
import net from 'node:net';

/** Tests may talk to this machine only: any other connect throws and names the address. */
const connect = net.Socket.prototype.connect;
function guarded(this: net.Socket, ...args: unknown[]) {
  const first = Array.isArray(args[0]) ? args[0][0] : args[0];
  if (typeof first === 'object' && first !== null && 'host' in first) {
    const host = String((first as { host?: unknown }).host ?? 'localhost');
    if (!/^(localhost|127(\.\d+){3}|::1|)$/.test(host)) throw new Error(`offline test tried to connect to ${host}`);
  }
  return (connect as (...rest: unknown[]) => net.Socket).apply(this, args);
}

// Once in a process: it may run many files of tests, and this is read again for each.
if (connect.name !== guarded.name) {
  net.Socket.prototype.connect = guarded as typeof connect;
  const lookup = dns.lookup;
  (dns as { lookup: unknown }).lookup = (host: string, ...rest: unknown[]) => {
    if (host !== 'localhost' && net.isIP(host) === 0) throw new Error(`offline test tried to resolve ${host}`);
    return (lookup as (...all: unknown[]) => unknown)(host, ...rest);
  };
}
