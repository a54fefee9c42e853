import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createIdentifiers } from '#identifiers';
import { systemClock } from '#kernel';
import { createGuardedFetch } from '#net';
import { loadOrCreateLoopbackCertificate } from '../../src/app/loopback-tls.ts';

it('did:web of this machine is read over TLS where its origin is listed, and nowhere else', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'tatak-did-'));
  const certificate = await loadOrCreateLoopbackCertificate({ directory, clock: systemClock });
  let did = '';
  const server = createServer(certificate, (request, response) => {
    if (request.url !== '/institutions/specimen/did.json') return response.writeHead(404).end();
    const key = `${did}#key-1-assertion`;
    const publicKeyMultibase = 'z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2';
    const method = { id: key, type: 'Multikey', controller: did, publicKeyMultibase };
    response.end(JSON.stringify({ id: did, verificationMethod: [method], assertionMethod: [key] }));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  did = `did:web:localhost%3A${port}:institutions:specimen`;
  const resolving = (listed: number) => {
    const loopbackOrigins = [{ origin: `https://localhost:${listed}`, ca: certificate.cert }];
    const fetch = createGuardedFetch({ clock: systemClock, loopbackOrigins });
    return createIdentifiers({ fetch, clock: systemClock });
  };

  const found = await resolving(port).resolveMethod(`${did}#key-1-assertion`, 'assertionMethod');
  expect(found).toMatchObject({ outcome: 'ok', method: { controller: did }, fetchedAt: expect.any(String) });
  expect(await resolving(port).resolve(`${did}-2`)).toMatchObject({ outcome: 'unknown', code: 'did_unreachable' });
  expect(await resolving(1).resolve(did)).toMatchObject({ outcome: 'unknown', code: 'did_unreachable' });
  const byAddress = did.replace('localhost', '127.0.0.1');
  expect(await resolving(port).resolve(byAddress)).toMatchObject({ outcome: 'refused', code: 'did_malformed' });

  server.closeAllConnections();
  server.close();
  rmSync(directory, { recursive: true });
});
