import { beforeEach, describe, expect, it } from 'vitest';
import { type JsonObject, sha256Hex } from '#kernel';
import { evaluate } from '#pathways';
import { CREDENTIALS_V2, OPEN_BADGES_3_0_3 } from '#proofs';
import {
  type Actor,
  actor,
  badge,
  grant,
  LIST,
  PH,
  publishDefinition,
  register,
  statusEntry,
  statusList,
  type World,
  world,
} from './world.ts';

const PATHWAY = 'https://consortium.example/pathways/1';
const TEXT = { en: 'Both units', fil: 'Ang dalawang yunit' };

let anchor: Actor;
let schools: Actor[];
let consortium: Actor;
let on: World;

beforeEach(async () => {
  anchor = actor('anchor');
  on = world([anchor]);
  consortium = on.join(actor('consortium'));
  schools = [on.join(actor('north')), on.join(actor('south'))];
  await register(on, anchor, await Promise.all(schools.map((to) => grant(on, { by: anchor, to }))));
  await pathway();
});

const node = (id: string, kind: string): JsonObject => ({
  ...{ id, kind, text: TEXT, source: 'modelled on a published curriculum' },
  ...{ binding: 'Mandatory', realism: 'Illustrative' },
});

async function pathway(more: JsonObject = {}, by = consortium) {
  const signed = await on.sign(by, {
    '@context': [CREDENTIALS_V2, OPEN_BADGES_3_0_3, PH],
    type: ['VerifiableCredential', 'PhPathwayCredential'],
    issuer: consortium.did,
    validFrom: '2026-01-01T00:00:00Z',
    credentialSubject: {
      id: PATHWAY,
      type: ['PhQualification'],
      name: 'Computer Systems Servicing',
      conferrer: consortium.did,
      version: '1',
      stackingRule: {
        ...node('root', 'allOf'),
        children: [
          { ...node('all', 'requireAll'), items: [{ code: 'ELC724331' }, { code: 'ELC724332' }] },
          { ...node('accredited', 'accreditedAtAward'), role: 'Award' },
        ],
      },
      ...more,
    },
  });
  on.publish(PATHWAY, signed);
  return signed;
}

const unit = (code: string): JsonObject => ({
  unitOfCompetency: [{ type: ['PhUnitOfCompetency'], code, title: `Unit ${code}` }],
});

async function award(school: Actor, code: string, more: JsonObject = {}, subject?: string): Promise<string> {
  const id = (more.id as string | undefined) ?? `https://${school.did.slice(8)}/credentials/${code}`;
  const base = badge(
    school,
    { id, awardId: `urn:uuid:0b7f6c3e-6a0f-4f7e-9a44-7d0c${code.slice(3)}10`.slice(0, 45), ...more },
    unit(code),
  );
  if (subject) (base.credentialSubject as JsonObject).id = subject;
  const signed = await on.sign(school, base);
  publishDefinition(on, signed);
  return id;
}

describe('a stack', () => {
  it('of badges of two providers meets the pathway', async () => {
    const credentials = [await award(schools[0]!, 'ELC724331'), await award(schools[1]!, 'ELC724332')];
    const report = await on.verifier.evaluateStack({ pathway: PATHWAY, credentials });
    expect(report.credentials.map((one) => [one.verdict, one.recognition])).toEqual([
      ['valid', 'recognised'],
      ['valid', 'recognised'],
    ]);
    expect(report.outcome).toBe('met');
    expect(report.evaluation!.used.map((one) => one.holding).sort()).toEqual([...credentials].sort());
    expect(report.pathway).toMatchObject({
      verdict: 'valid',
      issuer: consortium.did,
      name: 'Computer Systems Servicing',
    });
  });

  it('counts a badge that a wallet took and its web copy once, whatever subject the copy names', async () => {
    const wallet = 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK';
    const [north, south] = schools as [Actor, Actor];
    const taken = [await award(north, 'ELC724331', {}, wallet), await award(south, 'ELC724332', {}, wallet)];
    const id = `https://${north.did.slice(8)}/credentials/web`;
    const web = await award(north, 'ELC724331', { id });
    for (const credentials of [
      [...taken, web],
      [web, ...taken],
    ]) {
      const report = await on.verifier.evaluateStack({ pathway: PATHWAY, credentials });
      expect([report.outcome, report.subjectId, report.evaluation!.used.length]).toEqual(['met', wallet, 2]);
    }
    // The word of another issuer makes no copy of it.
    const claimed = await award(south, 'ELC724331', { id: `https://${south.did.slice(8)}/credentials/web` });
    const refused = on.verifier.evaluateStack({ pathway: PATHWAY, credentials: [...taken, claimed] });
    await expect(refused).rejects.toMatchObject({ errors: [{ pointer: '/credentials/2' }] });
  });

  it('lacks what is missing', async () => {
    const report = await on.verifier.evaluateStack({
      pathway: PATHWAY,
      credentials: [await award(schools[0]!, 'ELC724331')],
    });
    expect(report.outcome).toBe('unmet');
    expect(report.evaluation!.missing).toHaveLength(1);
  });

  it('does not count a revoked badge, nor wait for it', async () => {
    const north = schools[0]!;
    on.publish(LIST, await on.sign(north, { ...statusList(north, [9]) }, '2026-11-24T00:00:00Z'));
    const credentials = [await award(north, 'ELC724331', statusEntry(9)), await award(schools[1]!, 'ELC724332')];
    const report = await on.verifier.evaluateStack({ pathway: PATHWAY, credentials });
    expect(report.outcome).toBe('unmet');
    expect(report.credentials[0]).toMatchObject({ verdict: 'invalid', evaluated: true });
    expect(report.evaluation!.notCountable.map((one) => one.holding)).toEqual([credentials[0]]);
  });

  it('does not count a badge before its validity begins', async () => {
    const early = await award(schools[0]!, 'ELC724331', { validFrom: '2027-01-01T00:00:00Z' });
    const credentials = [early, await award(schools[1]!, 'ELC724332')];
    const report = await on.verifier.evaluateStack({ pathway: PATHWAY, credentials });
    expect(report.outcome).toBe('unmet');
    expect(report.credentials[0]).toMatchObject({ verdict: 'invalid', evaluated: true });
    const later = await on.verifier.evaluateStack({ pathway: PATHWAY, credentials, date: '2027-01-01' });
    expect(later.outcome).toBe('met');
  });

  it('with an unanswered status is pending', async () => {
    const credentials = [await award(schools[0]!, 'ELC724331', statusEntry(9)), await award(schools[1]!, 'ELC724332')];
    on.pages.delete(LIST);
    expect((await on.verifier.evaluateStack({ pathway: PATHWAY, credentials })).outcome).toBe('pending');
  });

  it('does not count an award made outside accreditation', async () => {
    const late = await award(schools[0]!, 'ELC724331', { awardedDate: '2025-06-15T01:00:00Z' });
    const credentials = [late, await award(schools[1]!, 'ELC724332')];
    const report = await on.verifier.evaluateStack({ pathway: PATHWAY, credentials });
    expect(report.outcome).toBe('unmet');
    expect(report.credentials[0]).toMatchObject({ verdict: 'valid', recognition: 'not_recognised' });
  });

  it('asks for the authority that a pathway names', async () => {
    const units = [{ code: 'ELC724331' }, { code: 'ELC724332' }];
    const credentials = [await award(schools[0]!, 'ELC724331'), await award(schools[1]!, 'ELC724332')];
    const by = (authority: string) => ({
      stackingRule: {
        ...node('root', 'allOf'),
        children: [
          { ...node('all', 'requireAll'), items: units },
          { ...node('accredited', 'accreditedAtAward'), role: 'Award', authority },
        ],
      },
    });
    await pathway(by(anchor.did));
    expect((await on.verifier.evaluateStack({ pathway: PATHWAY, credentials })).outcome).toBe('met');
    await pathway(by(consortium.did));
    const other = await on.verifier.evaluateStack({ pathway: PATHWAY, credentials });
    expect(other.outcome).toBe('unmet');
    expect(other.evaluation!.notCountable[0]!.reasons).toEqual([expect.objectContaining({ code: 'accreditation' })]);
  });

  it('leaves a forged badge out altogether', async () => {
    const url = await award(schools[0]!, 'ELC724331');
    const forged = JSON.parse(on.pages.get(url)!.body as string) as JsonObject;
    forged.name = 'FORGED';
    const credentials = [forged, await award(schools[1]!, 'ELC724332')];
    const report = await on.verifier.evaluateStack({ pathway: PATHWAY, credentials });
    expect(report.outcome).toBe('unmet');
    expect(report.credentials[0]).toMatchObject({ verdict: 'invalid', evaluated: false });
    expect(JSON.stringify(report)).not.toContain('FORGED');
  });

  it('counts the same badge given twice once', async () => {
    const url = await award(schools[0]!, 'ELC724331');
    const report = await on.verifier.evaluateStack({ pathway: PATHWAY, credentials: [url, url] });
    expect(report.outcome).toBe('unmet');
    expect(report.evaluation!.used).toHaveLength(1);
  });

  it('of two people is refused, with the pointer', async () => {
    const credentials = [
      await award(schools[0]!, 'ELC724331'),
      await award(schools[1]!, 'ELC724332', {}, 'urn:uuid:00000000-0000-4000-8000-000000000001'),
    ];
    await expect(on.verifier.evaluateStack({ pathway: PATHWAY, credentials })).rejects.toMatchObject({
      kind: 'invalid-request',
      errors: [{ pointer: '/credentials/1' }],
    });
  });

  it('says which address did not answer', async () => {
    const credentials = [await award(schools[0]!, 'ELC724331'), 'https://nowhere.example/1'];
    await expect(on.verifier.evaluateStack({ pathway: PATHWAY, credentials })).rejects.toMatchObject({
      kind: 'fetch-failed',
      errors: [{ pointer: '/credentials/1' }],
    });
  });

  it('is not evaluated against a pathway that was changed', async () => {
    const signed = await pathway();
    (signed.credentialSubject as JsonObject).name = 'Easier';
    const credentials = [await award(schools[0]!, 'ELC724331')];
    const report = await on.verifier.evaluateStack({ pathway: signed, credentials });
    expect(report).toMatchObject({ outcome: 'undetermined', pathway: { verdict: 'invalid' } });
    expect(report.evaluation).toBeUndefined();
    expect(JSON.stringify(report)).not.toContain('Easier');
  });

  it('gives what it rests on: the same evaluation again, and every document with its digest', async () => {
    const credentials = [await award(schools[0]!, 'ELC724331'), await award(schools[1]!, 'ELC724332')];
    const { report, input, sources } = await on.verifier.stack({ pathway: PATHWAY, credentials });
    expect(evaluate(input!)).toEqual(report.evaluation);
    expect(sources.pathway).toMatchObject({ id: PATHWAY, version: '1', document: on.pages.get(PATHWAY)!.body });
    expect(sources.credentials.map(({ index, id }) => [index, id])).toEqual([...credentials.entries()]);
    for (const { id, document, sha256 } of [sources.pathway!, ...sources.credentials]) {
      expect(document).toBe(on.pages.get(id)!.body);
      expect(sha256).toBe(sha256Hex(document));
    }
  });

  it('keeps nothing of what is not genuine', async () => {
    const forged = JSON.parse(on.pages.get(await award(schools[0]!, 'ELC724331'))!.body as string) as JsonObject;
    forged.name = 'FORGED';
    const changed = await pathway();
    (changed.credentialSubject as JsonObject).name = 'Easier';
    const { input, sources } = await on.verifier.stack({ pathway: changed, credentials: [forged] });
    expect(input).toBeUndefined();
    expect(sources).toEqual({ credentials: [], decisions: [] });
  });

  it('needs a pathway whose rules are understood', async () => {
    const credentials = [await award(schools[0]!, 'ELC724331')];
    const strange = await pathway({ stackingRule: { id: 'x', kind: 'lottery' } });
    for (const wrong of [strange, badge(schools[0]!)]) {
      await expect(on.verifier.evaluateStack({ pathway: wrong, credentials })).rejects.toMatchObject({
        kind: 'invalid-request',
        errors: [{ pointer: '/pathway' }],
      });
    }
  });
});
