/**
 * How long it takes to find out, in a register of 100,000 grants in SQLite, that an institution is accredited through an
 * authority by an anchor. The rows are written as storage writes and carry no real signatures, which this way never looks
 * at: what is signed is read, not verified, because own rows are trusted as rows.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type AccreditationRecord,
  createAccreditationCheck,
  createIssuingGate,
  createLocalRegisters,
} from '#accreditation';
import type { JsonObject } from '#kernel';
import { openSqlite } from '#storage';
import type { Measured } from '../figures.ts';
import { median } from '../timing.ts';

const GRANTS = 100_000;
const PUBLIC = 'https://registers.example';
const AT = '2026-01-01T00:00:00Z';
const NOW = '2026-11-24T00:00:00Z';
const didOf = (tenant: string) => `did:web:registers.example:institutions:${tenant}`;
const scope = [{ awardType: ['HeiMicroCredential'], pqfLevelRange: { from: 5, to: 6 } }];
const ACHIEVEMENT: JsonObject = { id: `${PUBLIC}/achievements/1`, awardType: 'HeiMicroCredential', pqfLevel: 5 };

function row(
  tenant: string,
  accreditationId: string,
  accredited: string,
  role: 'Award' | 'Accredit',
): AccreditationRecord {
  const accreditor = didOf(tenant);
  const signed = {
    id: `${PUBLIC}/accreditations/${accreditationId}`,
    type: ['VerifiableCredential', 'PhAccreditationCredential'],
    issuer: accreditor,
    validFrom: AT,
    credentialSubject: {
      ...{ id: accredited, type: ['PhAccreditation'], accreditor, accredited, verb: 'accredit', role, recordedAt: AT },
      scope: scope.map((item) => ({ type: ['PhAccreditationScope'], ...item })),
    },
  };
  return {
    ...{ tenant, accreditationId, accreditor, accredited, verb: 'accredit', role, scope, validFrom: AT },
    ...{ signed: JSON.stringify(signed), createdAt: AT },
  };
}

/** Medians: of a question about an institution not asked about before, and of an issuing gate once warm. */
export async function accreditation(): Promise<Measured> {
  const directory = mkdtempSync(join(tmpdir(), 'tatak-bench-register-'));
  const { reader, transactor, close } = await openSqlite({ path: join(directory, 'register.sqlite') });
  const [council, authority] = ['council', 'authority'];
  for (const tenant of [council, authority]) {
    await transactor.commit([{ op: 'institution.insert', row: { tenant, profile: { name: tenant }, createdAt: AT } }]);
  }
  const schoolOf = (n: number) => `did:web:school-${n}.example`;
  await transactor.commit([{ op: 'accreditation.insert', row: row(council, 'top', didOf(authority), 'Accredit') }]);
  for (let at = 1; at < GRANTS; at += 1_000) {
    const some = Array.from({ length: Math.min(1_000, GRANTS - at) }, (_, n) => at + n);
    await transactor.commit(
      some.map((n) => ({ op: 'accreditation.insert', row: row(authority, `g${n}`, schoolOf(n), 'Award') })),
    );
  }
  const clock = { now: () => new Date(NOW) };
  const prefix = didOf('');
  const tenantOf = (did: string) => (did.startsWith(prefix) ? did.slice(prefix.length) : undefined);
  const registers = createLocalRegisters({ reader, clock, publicUrl: PUBLIC, tenantOf, didOf });
  const check = createAccreditationCheck({ policy: { anchors: [didOf(council)], maxDepth: 3 }, registers });
  const gate = createIssuingGate({ check, reader });

  const times: number[] = [];
  for (let run = 0; run < 300; run++) {
    const issuer = schoolOf(1 + ((run * 7_919) % (GRANTS - 1)));
    const facts = { awardType: 'HeiMicroCredential', pqfLevel: 5 };
    const began = performance.now();
    const { accreditedAtAward } = await check.entitlement({
      parties: { issuer },
      at: '2026-06-01T00:00:00Z',
      knownAt: NOW,
      facts,
    });
    times.push(performance.now() - began);
    if (accreditedAtAward !== 'yes') throw new Error(`the answer was ${accreditedAtAward}`);
  }
  const gates: number[] = [];
  for (let run = 0; run < 300; run++) {
    const began = performance.now();
    const answer = await gate({
      ...{ tenant: 'school', issuer: schoolOf(4_711), achievementId: '1', achievement: ACHIEVEMENT, psgc: [] },
      ...{ awards: [{ awardedDate: '2026-11-23T00:00:00Z' }], now: new Date(NOW) },
    });
    gates.push(performance.now() - began);
    if (!answer.allowed) throw new Error('the gate refused');
  }
  await close();
  rmSync(directory, { recursive: true, force: true });
  return { 'accreditation.ms': median(times), 'accreditation.gate.ms': median(gates.slice(100)) };
}
