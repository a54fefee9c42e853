import { expect, it } from 'vitest';
import type { AttestationReport } from '#attestations';
import type { Report } from '#verifier';
import { codeOf } from '../../src/cli/verify/code.ts';

type Told = Pick<Report, 'verdict' | 'recognition'> & { members?: Told[]; memberCount?: number };
const told = (verdict: Report['verdict'], recognition: Report['recognition'] = 'not_shown', more = {}): Told => ({
  ...{ verdict, recognition },
  ...more,
});
const good = told('valid', 'recognised');

it.each<[Told, code: number, whenRecognised: number]>([
  [good, 0, 0],
  [told('valid'), 0, 3],
  [told('valid', 'not_recognised'), 0, 1],
  [told('invalid', 'recognised'), 1, 1],
  [told('invalid', 'not_shown'), 1, 1],
  [told('undetermined', 'recognised'), 3, 3],
  [told('undetermined', 'not_recognised'), 3, 1],
  // A record is worth what it holds, and what was not looked at is unknown.
  [told('valid', 'recognised', { members: [good, good], memberCount: 2 }), 0, 0],
  [told('valid', 'recognised', { members: [good, told('invalid')], memberCount: 2 }), 1, 1],
  [told('valid', 'recognised', { members: [good, told('undetermined')], memberCount: 2 }), 3, 3],
  [told('valid', 'recognised', { members: [good], memberCount: 2 }), 3, 3],
  // Whatever else a service says.
  [{} as Told, 3, 3],
  [told('constructor' as 'valid', 'recognised'), 3, 3],
  [told('valid', 'perhaps' as 'recognised'), 0, 3],
])('the exit code of %j is %i, and %i when it must be recognised', (report, code, recognised) => {
  expect([codeOf(report as Report, false), codeOf(report as Report, true)]).toEqual([code, recognised]);
});

it('of a printed code: no register was asked about it', () => {
  const checkedAt = '2026-06-01T00:00:00Z';
  const of = (signature: AttestationReport['signature'], status = 'active') =>
    ({ kind: 'attestation', signature, checkedAt, statement: { status } }) as AttestationReport;
  const codes = [of('valid'), of('valid', 'revoked'), of('invalid'), of('undetermined')].map((one) => [
    ...[codeOf(one, false), codeOf(one, true)],
  ]);
  expect(codes).toEqual([
    [0, 3],
    [1, 1],
    [1, 1],
    [3, 3],
  ]);
});
