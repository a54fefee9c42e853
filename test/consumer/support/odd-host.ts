import { mkdtempSync, rmSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '#kernel';
import type { LoopbackOrigin } from '#net';
import { loadOrCreateLoopbackCertificate } from '../../../src/app/loopback-tls.ts';

const SCOPE = 'https://purl.imsglobal.org/spec/ob/v3p0/scope/';
export const READ = `${SCOPE}credential.readonly`;
export const UPSERT = `${SCOPE}credential.upsert`;

export interface Asked {
  method: string;
  path: string;
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
}

export type Behaviour = (response: ServerResponse, asked: Asked) => unknown;

/** A host of which a test says how it behaves, over TLS on this machine. */
export interface OddHost {
  url: string;
  origin: LoopbackOrigin;
  /** What it was asked, in order. */
  asked: Asked[];
  /** By method and path. Takes the place of the usual. */
  on: Map<string, Behaviour>;
  /** The usual service description. */
  // biome-ignore lint/suspicious/noExplicitAny: an OpenAPI document
  description(): any;
  close(): Promise<void>;
}

export const json = (response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) =>
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));

export async function oddHost(port: number): Promise<OddHost> {
  const directory = mkdtempSync(join(tmpdir(), 'tatak-odd-host-'));
  const { key, cert } = await loadOrCreateLoopbackCertificate({ directory, clock: systemClock });
  const url = `https://localhost:${port}`;
  const api = `${url}/ims/ob/v3p0`;
  const asked: Asked[] = [];
  const on: OddHost['on'] = new Map();
  let tokens = 0;
  const description = () => ({
    openapi: '3.0.1',
    info: { title: 'SPECIMEN Odd Host', version: '3.0', termsOfService: `${url}/terms` },
    servers: [{ url: api }],
    components: {
      securitySchemes: {
        OAuth2ACG: {
          ...{ type: 'oauth2', 'x-imssf-registrationUrl': `${url}/register`, 'x-revocationUrl': `${url}/revoke` },
          flows: {
            authorizationCode: {
              ...{ authorizationUrl: `${url}/authorize`, tokenUrl: `${url}/token`, refreshUrl: `${url}/token` },
              scopes: { [READ]: 'read', [UPSERT]: 'upsert' },
            },
          },
        },
      },
    },
  });
  const usual: Record<string, Behaviour> = {
    'GET /ims/ob/v3p0/discovery': (response) => json(response, 200, description()),
    'POST /register': (response, { body }) =>
      json(response, 201, {
        ...JSON.parse(body),
        client_id: 'client 1',
        client_secret: 's:1%',
        client_secret_expires_at: 0,
      }),
    'POST /token': (response) => {
      const more = { access_token: `access-${++tokens}`, refresh_token: `refresh-${tokens}` };
      json(response, 200, { ...more, token_type: 'Bearer', expires_in: 3600, scope: `${READ} ${UPSERT}` });
    },
    'POST /revoke': (response) => response.writeHead(200).end(),
    'GET /ims/ob/v3p0/credentials': (response) => json(response, 200, { credential: [], compactJwsString: [] }),
    'POST /ims/ob/v3p0/credentials': (response, { body }) => json(response, 201, JSON.parse(body)),
  };
  const server = createServer({ key, cert }, (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const [path = ''] = (request.url ?? '').split('?');
      const { method = '', headers } = request;
      const one = { method, path, url: request.url ?? '', headers, body: Buffer.concat(chunks).toString() };
      asked.push(one);
      const name = `${method} ${path}`;
      const behave = on.get(name) ?? usual[name];
      if (behave) behave(response, one);
      else response.writeHead(404).end();
    });
  });
  await new Promise<void>((done) => server.listen(port, 'localhost', done));
  return {
    ...{ url, origin: { origin: url, ca: cert }, asked, on, description },
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
      rmSync(directory, { recursive: true });
    },
  };
}
