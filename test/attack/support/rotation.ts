import { createIdentifiers } from '#identifiers';
import { createInstitutions, createSigningAuthority } from '#institutions';
import { formatInstant, systemRandom } from '#kernel';
import { createKeystore } from '#keystore';
import { createContextLoader, createProofChecker, createProofMaker } from '#proofs';
import { openSqlite } from '#storage';
import { goldenBadge, TEST_PH_CONTEXT, TEST_PH_URL } from '../../support/golden-badge.ts';

const SLUG = 'specimen-university';
const HOUR = 3_600_000;

/**
 * An institution signs all the time and rotates its key again and again; verifiers read its DID document through a proxy
 * that keeps it for a minute, and keep it for a minute themselves. Time is a number that moves in steps of a few seconds.
 * @param wanted verifications
 */
export async function rotateUnderLoad(wanted: number) {
  let now = Date.parse('2026-06-01T00:00:00Z');
  const clock = { now: () => new Date(now) };
  const storage = await openSqlite({ path: ':memory:' });
  const { reader, transactor } = storage;
  const keystore = await createKeystore({
    passphrase: 'a passphrase of the test',
    salt: new Uint8Array(16),
    random: systemRandom,
    cost: 10,
  });
  const at = { reader, keystore, clock, didAuthority: 'badges.example.ph' };
  const institutions = createInstitutions({ ...at, transactor, didOrigin: 'https://badges.example.ph' });
  // Two processes of the service: each remembers the keys for a few seconds.
  const authorities = [createSigningAuthority(at), createSigningAuthority(at)];
  const loader = createContextLoader({ phContext: TEST_PH_CONTEXT, phContextUrl: TEST_PH_URL });
  const [maker, checker] = [createProofMaker({ loader }), createProofChecker({ loader, clock })];
  const actor = 'key:operator';
  await institutions.create({ slug: SLUG, profile: { name: 'Specimen University' }, actor });
  const did = institutions.didOf(SLUG);

  /** A proxy on the way, as `Cache-Control: max-age=60` allows, of a different age for each verifier. */
  const verifierBehindProxy = (phase: number) => {
    let copy: { at: number; bytes: Uint8Array } | undefined;
    return createIdentifiers({
      clock,
      fetch: async (url) => {
        if (!copy || now - copy.at >= 60_000 - phase) {
          copy = { at: now, bytes: Buffer.from(JSON.stringify(await institutions.didDocument(SLUG))) };
        }
        return {
          url,
          status: 200,
          contentType: 'application/json',
          bytes: copy.bytes,
          fetchedAt: formatInstant(clock.now()),
        };
      },
    });
  };
  const verifiers = [0, 1, 2, 3, 4].map((n) => verifierBehindProxy(n * 1_000));
  const badge = { ...goldenBadge(), issuer: { id: did, type: ['Profile'], name: 'Specimen University' } };

  const failures: string[] = [];
  let [verifications, rotations, signed, nextRotation] = [0, 0, 0, now + 90_000];
  while (verifications < wanted) {
    if (now >= nextRotation) {
      await institutions.rotateKey({ tenant: SLUG, purpose: 'assertion', actor });
      rotations++;
      // Sometimes again before the successor has begun.
      nextRotation = now + (rotations % 3 === 0 ? 60_000 : 400_000);
    }
    const { signer } = await authorities[signed % 2]!.forTenant(SLUG, 'assertion');
    const document = await maker.sign(badge, signer, formatInstant(clock.now()));
    signed++;
    // At once by the ones that read long ago, and again by one that reads later.
    for (const [at, identifiers] of verifiers.entries()) {
      const report = await checker.verify(document, { controller: did, purpose: 'assertionMethod' }, (id, use) =>
        identifiers.resolveMethod(id, use),
      );
      verifications++;
      if (report.outcome !== 'pass') {
        failures.push(`${formatInstant(clock.now())} ${signer.verificationMethod} verifier ${at}: ${report.code}`);
      }
    }
    now += signed % 50 === 0 ? HOUR : 7_000;
  }
  await checker.close();
  await storage.close();
  return { verifications, failures, rotations, signed };
}
