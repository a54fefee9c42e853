import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createIdentifiers } from '#identifiers';
import { createArchive, createInstitutions, createSigningAuthority, openArchive } from '#institutions';
import { type JsonObject, Problem } from '#kernel';
import { createContextLoader, createProofChecker, createProofMaker } from '#proofs';
import { readDidArchive } from '../../src/app/did-archive.ts';
import { run } from '../../src/cli/run.ts';
import { clock, keystore, type LogWorld, openLog } from '../observability/support/log.ts';
import { goldenBadge, TEST_PH_CONTEXT, TEST_PH_URL } from '../support/golden-badge.ts';
import { actor, world } from '../verifier/world.ts';

const SLUG = 'malayang-kolehiyo';
const OPERATION = 'institution.didDocument';
interface ArchiveFile {
  did: string;
  document: string;
  receipt: { entry: object; index: number; size: number; proof: string[]; checkpoint: string };
}

let at: LogWorld;
let did: string;
let logKey: string;
let file: string;
let second: string;
let badge: JsonObject;
let live: string;
let directory: string;
const loader = createContextLoader({ phContext: TEST_PH_CONTEXT, phContextUrl: TEST_PH_URL });
const checker = createProofChecker({ loader, clock });

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'tatak-archive-'));
  // Another file of this process may have moved it.
  clock.time = Date.parse('2026-06-01T00:00:00Z');
  at = await openLog(':memory:', 'badges.example.ph/log');
  const { reader, transactor } = at.storage;
  const didAuthority = 'badges.example.ph';
  const institutions = createInstitutions({
    ...{ reader, transactor, keystore, clock, didAuthority, didOrigin: 'https://badges.example.ph' },
    logVerifierKey: () => at.log.verifierKey(),
  });
  await institutions.create({ slug: SLUG, profile: { name: 'Malayang Kolehiyo' }, actor: 'key:operator' });
  did = institutions.didOf(SLUG);
  const authority = createSigningAuthority({ reader, keystore, clock, didAuthority });
  const { signer } = await authority.forTenant(SLUG, 'assertion');
  const created = '2026-06-01T00:00:00Z';
  const document = { ...goldenBadge(), validFrom: created, issuer: { id: did, type: ['Profile'], name: 'x' } };
  badge = await createProofMaker({ loader }).sign(document as JsonObject, signer, created);
  clock.time += 3_600_000;
  await institutions.rotateKey({ tenant: SLUG, purpose: 'status', actor: 'key:operator' });
  await at.log.checkpoint();
  logKey = await at.log.verifierKey();
  const history = await institutions.didHistory(SLUG);
  const archived = async (number: number) =>
    JSON.stringify({
      ...{ did, document: history[number - 1]!.text },
      receipt: await at.log.receipt(OPERATION, `${SLUG}.${number}`),
    });
  [file, second] = [await archived(1), await archived(2)];
  live = history[1]!.text;
});
afterAll(async () => {
  rmSync(directory, { recursive: true });
  await checker.close();
  await at.storage.close();
});

describe('an archived DID document', () => {
  it('is proven by the log that held it', () => {
    expect(openArchive(file, logKey)).toMatchObject({
      did,
      recordedAt: '2026-06-01T00:00:00Z',
      log: 'badges.example.ph/log',
    });
    expect(createArchive([openArchive(second, logKey), openArchive(file, logKey)] as never)(did)?.recordedAt).toBe(
      '2026-06-01T01:00:00Z',
    );
  });

  const edits: [string, (read: ArchiveFile) => unknown][] = [
    ['another document', (read) => ({ ...read, document: read.document.replace('z6Mk', 'z6Mm') })],
    ['the document of another time', (read) => ({ ...read, document: live })],
    ['another identifier', (read) => ({ ...read, did: `${read.did}x` })],
    ['an identifier of another host', (read) => ({ ...read, did: `did:web:evil.example:institutions:${SLUG}` })],
    [
      'another digest in the entry',
      (read) => ({
        ...read,
        receipt: { ...read.receipt, entry: { ...read.receipt.entry, objectSha256: 'a'.repeat(64) } },
      }),
    ],
    [
      'another tenant in the entry',
      (read) => ({ ...read, receipt: { ...read.receipt, entry: { ...read.receipt.entry, tenant: 'x' } } }),
    ],
    ['another place in the log', (read) => ({ ...read, receipt: { ...read.receipt, index: read.receipt.index + 1 } })],
    ['another size', (read) => ({ ...read, receipt: { ...read.receipt, size: read.receipt.size - 1 } })],
    ['a proof cut short', (read) => ({ ...read, receipt: { ...read.receipt, proof: read.receipt.proof.slice(1) } })],
    [
      'a checkpoint that was changed',
      (read) => ({
        ...read,
        receipt: { ...read.receipt, checkpoint: read.receipt.checkpoint.replace('log', 'lug') },
      }),
    ],
    ['no receipt', ({ receipt: _, ...read }) => read],
    ['a list', () => []],
  ];
  it.each(edits)('with %s is refused', (_, edit) => {
    expect(openArchive(JSON.stringify(edit(JSON.parse(file))), logKey)).toEqual(expect.any(String));
  });

  it('by another log, or another entry of the same, is refused', async () => {
    const other = await openLog(':memory:', 'badges.example.ph/log');
    expect(openArchive(file, await other.log.verifierKey())).toBe('the checkpoint is not signed by this log');
    await other.storage.close();
    expect(openArchive(file, 'no key')).toBe('the key of the log cannot be read');
    const read = JSON.parse(file);
    const receipt = await at.log.receipt('institution.create', SLUG);
    expect(openArchive(JSON.stringify({ ...read, receipt }), logKey)).toBe('the entry is about another document');
  });
});

describe('verifying when the domain is lost', () => {
  type Answer = { status?: number; body: string } | 'silent';
  async function verify(answer: Answer, kept: string[] = [file]) {
    const archive = createArchive(kept.map((one) => openArchive(one, logKey)) as never);
    const identifiers = createIdentifiers({
      clock,
      archived: archive,
      fetch: async (url) => {
        if (answer === 'silent') throw new Problem('fetch-failed', 'no answer', { extensions: { code: 'dns' } });
        const bytes = Buffer.from(answer.body);
        return {
          url,
          status: answer.status ?? 200,
          contentType: 'application/json',
          bytes,
          fetchedAt: '2026-06-01T01:00:00Z',
        };
      },
    });
    const proof = await checker.verify(badge, { controller: did, purpose: 'assertionMethod' }, (id, use) =>
      identifiers.resolveMethod(id, use),
    );
    return {
      proof,
      method: await identifiers.resolveMethod(
        String((badge.proof as JsonObject).verificationMethod),
        'assertionMethod',
      ),
    };
  }

  it('an address that answers is believed; the copy is not looked at', async () => {
    const { proof, method } = await verify({ body: live });
    expect(proof.outcome).toBe('pass');
    expect(method).toMatchObject({ outcome: 'ok', fetchedAt: '2026-06-01T01:00:00Z' });
    expect(method).not.toHaveProperty('archivedAt');
    const empty = await verify({ body: JSON.stringify({ id: did, assertionMethod: [] }) });
    expect(empty.proof).toMatchObject({ outcome: 'fail', code: 'method_not_listed' });
    const other = await verify({ body: JSON.stringify({ id: 'did:web:evil.example' }) });
    expect(other.proof).toMatchObject({ outcome: 'fail', code: 'did_document_mismatch' });
  });

  it.each<[string, Answer]>([
    ['silent', 'silent'],
    ['gone', { status: 404, body: '' }],
    ['parked', { body: '<html>This domain is for sale</html>' }],
  ])('%s: the copy is used, and its date is there', async (_, answer) => {
    const { proof, method } = await verify(answer);
    expect(proof.outcome).toBe('pass');
    expect(method).toMatchObject({ outcome: 'ok', archivedAt: '2026-06-01T00:00:00Z' });
  });

  it('without a copy it is unknown, never invalid', async () => {
    const { proof } = await verify('silent', []);
    expect(proof).toMatchObject({ outcome: 'unknown', code: 'did_unreachable' });
  });

  it('the report says it: valid, with a warning and the date', async () => {
    const base = world([actor('anchor')]);
    const identifiers = createIdentifiers({
      clock: base.looking.clock,
      archived: createArchive([openArchive(file, logKey)] as never),
      fetch: async () => {
        throw new Problem('fetch-failed', 'no answer', { extensions: { code: 'dns' } });
      },
    });
    const on = world([actor('anchor')], { identifiers, proofs: checker, contextProblems: () => [] });
    const report = await on.verifier.verify({ document: badge });
    const proof = report.checks.find((one) => one.check === 'proof')!;
    expect(proof).toMatchObject({
      result: 'warning',
      code: 'archived_document',
      evidence: { key: { archivedAt: '2026-06-01T00:00:00Z' } },
    });
    expect(proof.message.en).toContain('2026-06-01');
    expect(proof.message.fil).toContain('2026-06-01');
  });
});

describe('tatak archive add', () => {
  const tatak = async (...args: string[]) => {
    let text = '';
    const say = (more: string) => {
      text += more;
    };
    return { code: await run(args, { out: say, err: say }), text };
  };

  it('keeps what the named log proves, and the start refuses what was changed since', async () => {
    const path = join(directory, 'archived.json');
    writeFileSync(path, file);
    const data = join(directory, 'data');
    expect(await tatak('archive', 'add', path, '--data', data)).toMatchObject({ code: 2 });
    const added = await tatak('archive', 'add', path, '--data', data, '--log', logKey);
    expect(added).toMatchObject({ code: 0, text: expect.stringContaining(did) });
    expect(readDidArchive(data)).toMatchObject([{ did }]);
    writeFileSync(path, file.replace('z6Mk', 'z6Mm'));
    expect(await tatak('archive', 'add', path, '--data', data, '--log', logKey)).toMatchObject({ code: 1 });
    const kept = join(data, 'did-archive', readdirSync(join(data, 'did-archive'))[0]!);
    writeFileSync(kept, readFileSync(kept, 'utf8').replace('z6Mk', 'z6Mm'));
    expect(() => readDidArchive(data)).toThrow('another document');
  });
});
