import { type AddressPolicy, publicAddressesOnly } from './address-policy.ts';
import { failed, openSocket, systemResolve } from './connect.ts';
import { request } from './http.ts';
import type { Target } from './target.ts';

export interface CollectorOptions {
  /** http or https; of the operator's settings, never from a request. */
  url: URL;
  /** It stands on a private network, as the operator says: no address is refused, and http will do. */
  private: boolean;
  /** Milliseconds for one sending. */
  timeoutMs: number;
}

const anyAddress: AddressPolicy = () => true;

/**
 * Sends bytes by POST to one address that the operator has set. It is the one exception of the rule that only public
 * addresses are reached, and knows no other address: it follows no redirect and reads no answer.
 * @returns sends; rejects when the answer is not 2xx, or none came in time
 * @throws TypeError for an address without TLS that is not said to be private
 */
export function createCollector(options: CollectorOptions): (body: Uint8Array, contentType: string) => Promise<void> {
  const { url, timeoutMs } = options;
  const secure = url.protocol === 'https:';
  if (!secure && !options.private) throw new TypeError('a collector on the public internet is reached by https only');
  const to: Target = {
    ...{ url, secure, host: url.hostname.replace(/^\[|\]$/g, '') },
    port: url.port === '' ? (secure ? 443 : 80) : Number(url.port),
    policy: options.private ? anyAddress : publicAddressesOnly,
  };
  return async (body, contentType) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const socket = await openSocket(to, { resolve: systemResolve, signal });
    try {
      const status = await new Promise<number>((done, reject) => {
        const headers = {
          ...{ host: url.host, 'user-agent': 'tatak', connection: 'close' },
          ...{ 'content-type': contentType, 'content-length': String(body.byteLength) },
        };
        const path = url.pathname + url.search;
        const outgoing = request({ createConnection: () => socket, method: 'POST', path, headers, signal });
        outgoing.once('response', (answer) => {
          answer.destroy();
          done(answer.statusCode ?? 0);
        });
        outgoing.on('error', reject);
        outgoing.end(body);
      });
      if (status < 200 || status > 299) throw failed('connect', `the collector answered ${status}`);
    } finally {
      socket.destroy();
    }
  };
}
