import { type Agent, type IncomingHttpHeaders, type RequestOptions, request } from 'node:http';

export interface HttpAnswer {
  status: number;
  text: string;
  headers: IncomingHttpHeaders;
}

export interface Asking {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  agent?: Agent;
  /** Address of this machine to ask from. */
  from?: string;
}

/**
 * Asks a listener of this machine over a real connection, by the name `localhost` whatever its address is.
 * @throws Error when nobody is there, or dies before it has answered
 */
export function ask(
  to: Required<Pick<RequestOptions, 'host' | 'port'>>,
  path: string,
  { method = 'GET', headers = {}, body, agent, from }: Asking = {},
): Promise<HttpAnswer> {
  return new Promise((done, reject) => {
    const asked = request(
      {
        ...{ ...to, path, method },
        ...(agent ? { agent } : {}),
        ...(from === undefined ? {} : { localAddress: from }),
        headers: {
          ...{ host: `localhost:${to.port}`, accept: 'application/json' },
          ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
          ...headers,
        },
      },
      (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.once('error', reject);
        answer.once('end', () => {
          done({ status: answer.statusCode!, text: Buffer.concat(chunks).toString('utf8'), headers: answer.headers });
        });
      },
    );
    asked.once('error', reject);
    asked.end(body);
  });
}
