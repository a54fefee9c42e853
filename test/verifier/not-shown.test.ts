import { generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { JsonObject } from '#kernel';
import { publicKeyOf } from '#keystore';
import { createProofMaker } from '#proofs';
import type { CheckName, Report } from '#verifier';
import { type Actor, actor, badge, grant, loader, register, statusEntry, statusList, world } from './world.ts';

const maker = createProofMaker({ loader });

/** A body whose badges can be shown in parts. */
function p256(name: string): Actor {
  const { did, document } = actor(name);
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { multibase: publicKeyMultibase } = publicKeyOf(publicKey);
  const id = `${did}#p256`;
  const key = { key: privateKey, dsaEncoding: 'ieee-p1363' as const };
  const signer = {
    ...{ verificationMethod: id, publicKeyMultibase },
    sign: async (data: Uint8Array) => new Uint8Array(sign('sha256', data, key)),
  };
  const method = { id, type: 'Multikey', controller: did, publicKeyMultibase };
  return { did, signer, document: { ...document, verificationMethod: [method], assertionMethod: [id] } };
}

const anchor = actor('anchor');
const school = p256('school');
const on = world([anchor]);
on.join(school);
await register(on, anchor, [await grant(on, { by: anchor, to: school })]);

const of = (report: Report, name: CheckName) => report.checks.find((one) => one.check === name)!;
const AT = '2026-06-15T02:00:00Z';
const SHOWN = ['/id', '/type', '/name', '/credentialSubject', '/awardId'];

/** Derived by its holder, who shows only this. */
async function derived(document: JsonObject, selectivePointers = SHOWN): Promise<Report> {
  const base = await maker.sign(document, school.signer, AT, { cryptosuite: 'ecdsa-sd-2023' });
  return on.verifier.verify({ document: await maker.deriveCredential(base, { selectivePointers }) });
}

describe('a credential of which its holder shows parts', () => {
  it('without a status and an end is not decided: both could be hidden', async () => {
    const report = await derived(badge(school));
    expect(of(report, 'proof')).toMatchObject({ result: 'warning', code: 'selective' });
    expect(of(report, 'status')).toMatchObject({ result: 'unknown', code: 'status_not_shown' });
    expect(of(report, 'validity')).toMatchObject({ result: 'unknown', code: 'period_not_shown' });
    expect(report.verdict).toBe('undetermined');
  });

  it('with an end shown is still not known not to be revoked', async () => {
    const report = await derived(badge(school, { validUntil: '2027-06-15T01:00:00Z' }));
    expect(of(report, 'validity')).toMatchObject({ result: 'pass' });
    expect([report.verdict, of(report, 'status').code]).toEqual(['undetermined', 'status_not_shown']);
  });

  it('over is over', async () => {
    const report = await derived(badge(school, { validUntil: '2026-07-15T01:00:00Z' }));
    expect([report.verdict, of(report, 'validity').code]).toEqual(['invalid', 'expired']);
  });

  it('with status and end is decided as every other one', async () => {
    const entry = statusEntry(3);
    const list = await maker.sign(statusList(school), school.signer, AT, { cryptosuite: 'ecdsa-rdfc-2019' });
    on.publish(list.id as string, list);
    const report = await derived(badge(school, { validUntil: '2027-06-15T01:00:00Z', ...entry }));
    expect([report.verdict, of(report, 'status').code]).toEqual(['valid', 'not_revoked']);
  });

  it('the day of the award is shown always, and without it nobody is known to have been accredited then', async () => {
    const { awardedDate: _, ...document } = badge(school);
    expect(of(await derived(badge(school)), 'accreditation')).toMatchObject({ result: 'pass', code: 'accredited' });
    expect(of(await derived(document), 'accreditation')).toMatchObject({
      result: 'unknown',
      code: 'award_day_not_shown',
    });
  });

  it('a specimen cannot be shown without its mark', async () => {
    const achievement = ['type', 'id', 'name', 'description', 'criteria', 'achievementType', 'awardType', 'pqfLevel'];
    const pointers = ['/credentialSubject/id', ...achievement.map((name) => `/credentialSubject/achievement/${name}`)];
    const report = await derived(badge(school, { realism: 'Illustrative' }), ['/awardId', ...pointers]);
    expect(report.specimen).toBe(true);
  });
});
