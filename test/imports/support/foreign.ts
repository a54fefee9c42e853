import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PdfDocument from 'pdfkit';
import { type JsonObject, systemClock } from '#kernel';
import { publicKeyOf, type Signer } from '#keystore';
import { loadOrCreateLoopbackCertificate } from '../../../src/app/loopback-tls.ts';
import { throwawaySigner } from '../../api/vc-api/throwaway.ts';
import { EXTENSIONS, foreignBadge, foreignMaker } from '../../conformance/support.ts';
import { itxt, picture, svg } from '../../documents/samples.ts';

export interface ForeignIssuer {
  did: string;
  signer: Signer;
}

/** Issuers that have nothing to do with the service: half with a did:key, half with a did:web, on servers of this machine. */
export interface ForeignWorld {
  issuers: ForeignIssuer[];
  /** To be listed as origins that may be fetched. */
  origins: { origin: string; ca?: string }[];
  /** Ids that the one revocation list names. */
  revoked: Set<string>;
  /** The list does not answer meanwhile. */
  silent: boolean;
  statusOf(): JsonObject;
  /** Puts bytes at an address. */
  serve(path: string, type: string, bytes: Uint8Array): string;
  close(): void;
}

export async function foreignWorld(count: number): Promise<ForeignWorld> {
  const directory = mkdtempSync(join(tmpdir(), 'tatak-foreign-'));
  const certificate = await loadOrCreateLoopbackCertificate({ directory, clock: systemClock });
  const files = new Map<string, { type: string; bytes: Uint8Array }>();
  const documents = new Map<string, JsonObject>();
  const tls = createTlsServer(certificate, (request, response) => {
    const document = documents.get(request.url ?? '');
    return document ? response.end(JSON.stringify(document)) : response.writeHead(404).end();
  });
  const plain = createServer((request, response) => {
    const { url = '' } = request;
    if (url === '/revocations') {
      if (world.silent) return response.writeHead(503).end();
      const revokedCredential = [...world.revoked].map((id) => ({ id, revoked: true }));
      return response
        .setHeader('content-type', 'application/json')
        .end(JSON.stringify({ id: list, revokedCredential }));
    }
    const file = files.get(url);
    return file ? response.setHeader('content-type', file.type).end(file.bytes) : response.writeHead(404).end();
  });
  for (const server of [tls, plain]) await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const secure = (tls.address() as AddressInfo).port;
  const origin = `http://localhost:${(plain.address() as AddressInfo).port}`;
  const list = `${origin}/revocations`;

  const webIssuer = (n: number): ForeignIssuer => {
    const did = `did:web:localhost%3A${secure}:issuers:${n}`;
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const { multibase: publicKeyMultibase } = publicKeyOf(publicKey);
    const id = `${did}#key-1`;
    documents.set(`/issuers/${n}/did.json`, {
      id: did,
      verificationMethod: [{ id, type: 'Multikey', controller: did, publicKeyMultibase }],
      assertionMethod: [id],
    });
    const signer = { verificationMethod: id, publicKeyMultibase };
    return { did, signer: { ...signer, sign: async (data) => new Uint8Array(sign(null, data, privateKey)) } };
  };

  const world: ForeignWorld = {
    issuers: Array.from({ length: count }, (_, n) => (n % 2 === 0 ? throwawaySigner() : webIssuer(n))),
    origins: [{ origin }, { origin: `https://localhost:${secure}`, ca: certificate.cert }],
    revoked: new Set(),
    silent: false,
    statusOf: () => ({ credentialStatus: { id: list, type: '1EdTechRevocationList' } }),
    serve(path, type, bytes) {
      files.set(path, { type, bytes });
      return `${origin}${path}`;
    },
    close() {
      for (const server of [tls, plain]) {
        server.closeAllConnections();
        server.close();
      }
      rmSync(directory, { recursive: true });
    },
  };
  return world;
}

/** Unsigned: of an achievement of its own, naming an address by a salted hash or in plain text. */
export function unsignedBadge(by: ForeignIssuer, email: string, n: number, more: JsonObject = {}): JsonObject {
  const badge = foreignBadge(by.did);
  const subject = badge.credentialSubject as JsonObject;
  const hashed = n % 2 === 0;
  const identityHash = hashed
    ? `sha256$${createHash('sha256').update(`${email}salt-${n}`).digest('hex')}`
    : email.toUpperCase();
  return {
    ...badge,
    '@context': [...(badge['@context'] as string[]), EXTENSIONS],
    name: `SPECIMEN Unit ${n}`,
    credentialSubject: {
      ...subject,
      id: `urn:uuid:5a0f1b7e-1d5a-4bb2-8d1f-${String(n).padStart(12, '0')}`,
      identifier: [
        {
          ...{ type: 'IdentityObject', hashed, identityHash, identityType: 'emailAddress' },
          ...(hashed ? { salt: `salt-${n}` } : {}),
        },
      ],
      achievement: {
        ...(subject.achievement as JsonObject),
        id: `urn:uuid:0b7f6c3e-6a0f-4f7e-9a44-${String(n).padStart(12, '0')}`,
        name: `SPECIMEN Unit ${n}`,
      },
    },
    ...more,
  };
}

const part = (value: JsonObject) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** VC-JWT of Open Badges 3.0, signed with the same key. */
export async function tokenOf({ did, signer }: ForeignIssuer, badge: JsonObject): Promise<string> {
  const claims = {
    ...badge,
    ...{ iss: did, jti: badge.id!, nbf: Date.parse(String(badge.validFrom)) / 1_000 },
    ...{ sub: (badge.credentialSubject as JsonObject).id! },
    ...(badge.validUntil ? { exp: Date.parse(String(badge.validUntil)) / 1_000 } : {}),
  };
  const input = `${part({ alg: 'EdDSA', typ: 'JWT', kid: signer.verificationMethod })}.${part(claims)}`;
  return `${input}.${Buffer.from(await signer.sign(Buffer.from(input))).toString('base64url')}`;
}

export const signBadge = ({ signer }: ForeignIssuer, badge: JsonObject): Promise<JsonObject> =>
  foreignMaker.sign(badge, signer, '2026-06-15T02:00:00Z');

/** In turn; a PDF is read in a process of its own, so there are fewer. */
export const FORMS = [
  ...(['json', 'pretty', 'jwt', 'png', 'svg', 'pdf', 'url', 'jwt', 'png', 'pretty', 'svg', 'url'] as const),
];
export type Form = (typeof FORMS)[number];

/** What carries the text of a badge. */
export const PACKED: Record<
  Exclude<Form, 'jwt' | 'url'>,
  (document: JsonObject) => Promise<Uint8Array> | Uint8Array
> = {
  json: (document) => Buffer.from(JSON.stringify(document)),
  // As no program of ours writes it: tabs, carriage returns, spaces before and after.
  pretty: (document) => Buffer.from(`\r\n \t${JSON.stringify(document, null, '\t ').replaceAll('\n', '\r\n')}  \r\n\n`),
  png: (document) => picture(itxt('openbadgecredential', JSON.stringify(document))),
  svg: (document) => svg(JSON.stringify(document)),
  pdf: (document) =>
    new Promise((done, failed) => {
      const pdf = new PdfDocument({ size: [200, 100] });
      const pieces: Buffer[] = [];
      pdf.on('data', (piece: Buffer) => pieces.push(piece));
      pdf.on('end', () => done(Buffer.concat(pieces)));
      pdf.on('error', failed);
      pdf.file(Buffer.from(JSON.stringify(document)), { name: 'badge.json', type: 'application/json' });
      pdf.text('SPECIMEN');
      pdf.end();
    }),
};
