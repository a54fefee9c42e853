import dns from 'node:dns';
import { readFileSync } from 'node:fs';
import net from 'node:net';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { createIdentifiers } from '#identifiers';
import type { JsonObject } from '#kernel';
import { systemClock } from '#kernel';
import { createGuardedFetch } from '#net';
import { contextProblems, createContextLoader, createProofChecker, createProofMaker, profileOf } from '#proofs';
import { createVerifier } from '#verifier';
import { testKey } from '../support/golden-badge.ts';
import { badge, onlyFetching, PH } from '../verifier/world.ts';

// Bounded by what it does, not by how busy the machine is.
vi.setConfig({ testTimeout: 120_000 });

const HOSTS = [
  ...[
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0177.0.0.1',
    '0.0.0.0',
    '10.0.0.1',
    '172.16.0.1',
    '192.168.1.1',
  ],
  ...[
    '169.254.169.254',
    '2852039166',
    '100.64.0.1',
    '198.18.0.1',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:a9fe:a9fe]',
  ],
  ...[
    '[64:ff9b::7f00:1]',
    '[2002:7f00:1::]',
    '[fe80::1]',
    '[fd00::1]',
    'localhost',
    'localhost.',
    'metadata',
    '①②⑦.⓪.⓪.①',
  ],
  ...['good.example@127.0.0.1', '127.0.0.1:22', 'example.org:8443'],
];

const loader = createContextLoader({
  phContext: readFileSync(new URL('../../contexts/ph-v1-draft.json', import.meta.url), 'utf8'),
  phContextUrl: PH,
});
const checker = createProofChecker({ loader });
afterAll(() => checker.close());

// A stranger with a key of his own: everything in his badge is signed, and every address in it is his choice.
const { signer: own } = testKey(9);
const did = `did:key:${own.publicKeyMultibase}`;
const signer = { ...own, verificationMethod: `${did}#${own.publicKeyMultibase}` };
const maker = createProofMaker({ loader });

const touched: string[] = [];
const fetch = createGuardedFetch({
  clock: systemClock,
  resolve: async (host) => {
    touched.push(`resolved ${host}`);
    return ['127.0.0.1'];
  },
  onConnect: ({ host }) => touched.push(`connected ${host}`),
});
const verifier = createVerifier({
  proofs: checker,
  identifiers: createIdentifiers({ fetch, clock: systemClock }),
  fetch,
  clock: systemClock,
  contextProblems: (document) => contextProblems(document, profileOf(document), loader),
  phErrors: () => [],
  accreditation: onlyFetching(['did:web:anchor.example']),
});

/** Sockets opened and names looked up while something runs, whoever does it. */
async function reached(run: () => Promise<unknown>): Promise<number> {
  const [connect, lookup] = [net.Socket.prototype.connect, dns.lookup];
  let count = 0;
  net.Socket.prototype.connect = function counted(this: net.Socket): net.Socket {
    count++;
    throw new Error('a socket was opened');
  } as typeof connect;
  (dns as { lookup: unknown }).lookup = () => {
    count++;
    throw new Error('a name was looked up');
  };
  try {
    await run();
  } finally {
    net.Socket.prototype.connect = connect;
    (dns as { lookup: unknown }).lookup = lookup;
  }
  return count;
}

const issuer = { id: did, type: ['Profile'], name: 'Stranger' };
const stranger = { did, signer, document: {} };
const status = (url: string): JsonObject => ({
  credentialStatus: {
    id: `${url}#1`,
    type: 'BitstringStatusListEntry',
    statusPurpose: 'revocation',
    statusListIndex: '1',
    statusListCredential: url,
  },
});

/** Every place of a badge whose address a verifier may open. */
const PLACES: Record<string, (url: string) => JsonObject> = {
  'status list': (url) => ({ ...badge(stranger, { issuer }), ...status(url) }),
  achievement: (url) => badge(stranger, { issuer }, { id: url }),
  'refresh service': (url) => ({
    ...badge(stranger, { issuer }),
    refreshService: { id: url, type: '1EdTechCredentialRefresh' },
  }),
  'status list of the 1EdTech kind': (url) => ({
    ...badge(stranger, { issuer }),
    credentialStatus: { id: url, type: '1EdTechRevocationList' },
  }),
  'credential schema': (url) => ({
    ...badge(stranger, { issuer }),
    credentialSchema: [{ id: url, type: '1EdTechJsonSchemaValidator2019' }],
  }),
  picture: (url) => badge(stranger, { issuer, image: { id: url, type: 'Image' } }),
  'training provider': (url) => badge(stranger, { issuer, trainingProvider: url }),
};

describe('SS-1 addresses inside of a signed badge', () => {
  it('are not reached, whichever member holds them', async () => {
    let count = 0;
    for (const [place, make] of Object.entries(PLACES)) {
      for (const host of place === 'status list' ? HOSTS : HOSTS.filter((_, at) => at % 3 === 0)) {
        const url = `https://${host}/x`;
        const signed = await maker.sign(make(url), signer, '2026-06-15T02:00:00Z').catch(() => undefined);
        if (!signed) continue;
        touched.length = 0;
        const sockets = await reached(async () => {
          const report = await verifier.verify({ document: signed });
          if (place.startsWith('status list')) expect(report.verdict, `${place} ${url}`).not.toBe('valid');
        });
        expect(
          [sockets, touched.filter((one) => one.includes(host.replace(/^.*@|:\d+$/g, '')))],
          `${place} ${url}`,
        ).toEqual([0, []]);
        count++;
      }
    }
    console.log(`SS-1: ${count} signed badges with private addresses, 0 connects`);
    expect(count).toBeGreaterThan(50);
  });

  it('are not reached as the issuer, the method or the address of the badge itself', async () => {
    for (const host of HOSTS) {
      touched.length = 0;
      const web = `did:web:${encodeURIComponent(host)}`;
      const sockets = await reached(async () => {
        for (const id of [`https://${host}/issuer`, web, `${web}:a`]) {
          const document = { ...badge(stranger, { issuer: { ...issuer, id } }) };
          const proof = {
            type: 'DataIntegrityProof',
            cryptosuite: 'eddsa-rdfc-2022',
            created: '2026-06-15T02:00:00Z',
            proofPurpose: 'assertionMethod',
            verificationMethod: `${id}#k`,
            proofValue: `z${'1'.repeat(64)}`,
          };
          const report = await verifier.verify({ document: { ...document, proof } });
          expect(report.verdict, id).not.toBe('valid');
        }
        for (const url of [`https://${host}/badge`, `http://${host}/badge`]) {
          await expect(verifier.verify({ url }), url).rejects.toMatchObject({
            kind:
              /^(fetch-refused|invalid-request)$/.source && expect.stringMatching(/^(fetch-refused|invalid-request)$/),
          });
        }
      });
      // Names that the public DNS could know are resolved; what the resolver says here is refused afterwards.
      expect([sockets, touched.filter((one) => one.startsWith('connected'))], host).toEqual([0, []]);
    }
  });
});
