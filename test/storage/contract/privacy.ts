import { describe, expect, it } from 'vitest';
import { type ErasureRecord, type HolderIdentifier, wardIdOf } from '#holders';
import { holderSession } from '../support/holder-records.ts';
import { approval, at, batch, batchRows, credential, mail, offer, priorCase } from '../support/records.ts';
import { type Open, opened } from './open.ts';

const MARIA = 'maria@students.example';

export function privacyContract(open: Open): void {
  describe('what is held about somebody', () => {
    const store = opened(open, 'uno', 'dos');
    type Writes = Parameters<ReturnType<typeof store>['transactor']['commit']>[0];
    const commit = (...writes: Writes) => store().transactor.commit(writes);
    const email: HolderIdentifier = { kind: 'email', value: MARIA, provenAt: at() };
    const key: HolderIdentifier = { kind: 'did', value: 'did:key:z9', provenAt: at() };
    const found = async (...identifiers: HolderIdentifier[]) =>
      (await store().reader.personalData(identifiers, { day: '2026-01-01' })).map(
        ({ kind, object, fate }) => `${kind} ${object} ${fate}`,
      );
    const erase = (kind: string, object: string, more: Partial<ErasureRecord> = {}): Writes[number] => ({
      op: 'personal.erase',
      row: { tenant: 'uno', erasedAt: at(9), kind, object, kept: 'entry', ...more },
    });
    const signed = '{"credentialSubject":{"id":"urn:uuid:1"}}';

    it('is found by an address with all forms of an award, and by a key only with its own', async () => {
      const row = (id: string, index: number, more: object) => ({ ...credential('uno', id, index), ...more });
      const recipient = { subjectId: 'urn:uuid:1', name: 'Maria', email: 'Maria@Students.example', studentNumber: '7' };
      await commit(
        { op: 'batch.insert', row: batch('uno', 'b1', 3), rows: batchRows('uno', 'b1', 3) },
        { op: 'credential.prepare', row: row('web', 1, { recipient, awardId: 'a1', batchId: 'b1', batchRow: 1 }) },
        { op: 'credential.issue', tenant: 'uno', credentialId: 'web', signed, sha256: 'web-sha', issuedAt: at(1) },
        {
          op: 'credential.prepare',
          row: row('form', 33, { recipient: { subjectId: key.value }, awardId: 'a1', edition: 2, formOf: 'web' }),
        },
        { op: 'credential.issue', tenant: 'uno', credentialId: 'form', signed, sha256: 'form-sha', issuedAt: at(1) },
        {
          op: 'credential.prepare',
          row: row('pedro', 65, { recipient: { subjectId: 'urn:uuid:2', email: 'p@x.example' } }),
        },
        { op: 'holder.insert', row: holderSession('h1', 't1') },
        { op: 'holder.identify', sessionId: 'h1', identifier: email },
      );
      expect((await found(email)).filter((one) => one.startsWith('credential'))).toEqual([
        'credential web erasable',
        'credential form erasable',
      ]);
      expect(await found(key)).toEqual(['credential form erasable']);
      expect(await found({ ...email, value: 'p@x.example' })).toEqual(['credential pedro busy']);
    });

    it('is chosen for the web copy and its forms, the last choice counts', async () => {
      const chosen = { tenant: 'uno', name: 'shown', comparison: 'answered', page: 'shown', chosenAt: at(2) } as const;
      await commit({ op: 'release.choose', row: { ...chosen, credentialId: 'web' } });
      await commit({ op: 'release.choose', row: { ...chosen, credentialId: 'web', page: 'hidden', chosenAt: at(3) } });
      const { reader } = store();
      const web = { ...chosen, credentialId: 'web', page: 'hidden', chosenAt: at(3) };
      expect(await reader.releaseChoice({ credentialId: 'web' })).toEqual(web);
      expect(await reader.releaseChoice({ credentialId: 'form', formOf: 'web' })).toEqual(web);
      await commit({ op: 'release.choose', row: { ...chosen, credentialId: 'form' } });
      expect(await reader.releaseChoice({ credentialId: 'form', formOf: 'web' })).toMatchObject({ page: 'shown' });
      expect(await reader.releaseChoice({ credentialId: 'pedro' })).toBeUndefined();
      // Of another institution's badge nothing is chosen in its name.
      await expect(
        commit({ op: 'release.choose', row: { ...chosen, tenant: 'dos', credentialId: 'pedro' } }),
      ).rejects.toThrow();
    });

    it('goes all together or not at all', async () => {
      const before = await found(email);
      await expect(
        commit(erase('credential', 'web', { kept: 'digest' }), erase('session', 'h1'), erase('credential', 'pedro')),
      ).rejects.toMatchObject({ table: 'personal.busy' });
      await expect(commit(erase('choice', 'web'), erase('evaluation', 'x'))).rejects.toThrow(/not erased/);
      expect(await found(email)).toEqual(before);
      expect((await store().reader.erasures(undefined, { limit: 9 })).items).toEqual([]);
    });

    it('leaves digest and status of a badge, and its text only where that names nobody', async () => {
      await commit(
        erase('credential', 'web', { kept: 'document', objectSha256: 'web-sha' }),
        erase('credential', 'form', { kept: 'digest', objectSha256: 'form-sha' }),
        ...[erase('batchRow', 'b1/1'), erase('choice', 'web'), erase('choice', 'form'), erase('session', 'h1')],
      );
      const { reader } = store();
      expect(await found(email, key)).toEqual([]);
      const web = (await reader.credential('web'))!;
      expect(web).toMatchObject({ signed, sha256: 'web-sha', erasedAt: at(9), recipient: { subjectId: 'urn:uuid:1' } });
      expect(Object.keys(web.recipient)).toEqual(['subjectId']);
      const form = (await reader.credential('form'))!;
      expect(form).toMatchObject({ sha256: 'form-sha', state: 'active', unsigned: '{}' });
      expect(form.signed).toBeUndefined();
      expect(JSON.stringify(form)).not.toContain('did:key');
      expect(await reader.holderSession('t1')).toBeUndefined();
      const rows = await reader.batchRows('uno', 'b1', { limit: 1 });
      expect(rows.items[0]).toMatchObject({ row: 1, input: {} });
      // Its bits are where they were.
      await commit({
        ...{
          op: 'credential.changeState',
          tenant: 'uno',
          credentialId: 'web',
          from: 'active',
          to: 'revoked',
          forms: 1,
        },
      });
      expect(await reader.setStatusIndexes(form.statusListId)).toContain(web.statusListIndex);
      expect((await store().integrity()).filter((one) => !one.includes('form that does not'))).toEqual([]);
    });

    it('is told to its institution once, whoever asks again', async () => {
      await commit(erase('credential', 'form', { kept: 'digest', objectSha256: 'other', erasedAt: at(20) }));
      const { items } = await store().reader.erasures('uno', { limit: 9 });
      expect(items.map(({ kind, object }) => `${kind} ${object}`)).toEqual([
        ...['batchRow b1/1', 'choice form', 'choice web', 'credential form', 'credential web'],
      ]);
      expect(items.find(({ object, kind }) => object === 'form' && kind === 'credential')).toEqual({
        ...{ tenant: 'uno', erasedAt: at(9), kind: 'credential', object: 'form', objectSha256: 'form-sha' },
        kept: 'digest',
      });
      expect((await store().reader.erasures('dos', { limit: 9 })).items).toEqual([]);
    });

    it('is found for a minor by the address of the guardian alone, and forgotten when they act no more', async () => {
      const { reader } = store();
      const guarded = { guardianEmail: 'Parent@Home.example', guardianUntil: '2027-03-01' };
      const recipient = { subjectId: 'urn:uuid:ana', name: 'Ana', email: 'ana@x.example', ...guarded };
      const other = { ...recipient, subjectId: 'urn:uuid:ben', email: 'ben@x.example' };
      const input = { name: 'Ana', email: 'ana@x.example', ...guarded };
      const unissued = { ...guarded, name: 'Cy', email: 'cy@x.example', guardianUntil: '2027-01-01' };
      const noDay = { ...guarded, name: 'Di', guardianUntil: '1 March 2027' };
      const rows = batchRows('uno', 'b9', 3).map((row, n) => ({ ...row, input: [input, unissued, noDay][n]! }));
      const issue = (credentialId: string) =>
        ({ op: 'credential.issue', tenant: 'uno', credentialId, signed, sha256: 's', issuedAt: at(1) }) as const;
      const prepare = (id: string, index: number, more: object) =>
        ({ op: 'credential.prepare', row: { ...credential('uno', id, index), ...more } }) as const;
      await commit(
        { op: 'batch.insert', row: batch('uno', 'b9', 3), rows },
        prepare('ana', 129, { recipient, awardId: 'a9', batchId: 'b9', batchRow: 1 }),
        issue('ana'),
        prepare('ana-form', 161, {
          recipient: { ...recipient, subjectId: 'did:key:z8' },
          awardId: 'a9',
          edition: 2,
          formOf: 'ana',
        }),
        issue('ana-form'),
        prepare('ben', 193, { recipient: other }),
        issue('ben'),
        {
          op: 'approval.insert',
          row: approval('uno', 'ap9', 3, { body: { recipients: [{}, other] } }),
        },
        {
          ...{ op: 'approval.decide', tenant: 'uno', approvalId: 'ap9', state: 'approved', decidedAt: at(4) },
          ...{ decidedBy: 'key:two', decidedPerson: 's-2' },
        },
        {
          ...{ op: 'approval.settle', tenant: 'uno', approvalId: 'ap9', settledAt: at(5), state: 'issued' },
          credentialIds: ['x', 'ben'],
        },
        {
          op: 'approval.insert',
          row: approval('uno', 'ap8', 3, {
            body: { recipients: [{}, other, { ...other, guardianUntil: '2027-06-01' }] },
          }),
        },
        {
          ...{ op: 'approval.decide', tenant: 'uno', approvalId: 'ap8', state: 'rejected', decidedAt: at(4) },
          ...{ decidedBy: 'key:two', decidedPerson: 's-2', reason: 'twice' },
        },
        { op: 'batchRows.issued', tenant: 'uno', batchId: 'b9', rows: [{ row: 1, credentialId: 'ana' }] },
      );
      const mine = async (value: string, day: string, ward?: string) =>
        (await reader.personalData([{ ...email, value }], { day, ward })).map(
          ({ kind, object }) => `${kind} ${object}`,
        );
      const [before, after] = ['2027-02-28', '2027-03-01'] as const;
      const ofAna = wardIdOf(recipient, 'uno');
      const all = ['batchRow b9/1', 'credential ana', 'credential ana-form', 'guardian ana'];
      expect((await mine('parent@home.example', before, ofAna)).sort()).toEqual(all);
      expect(await mine('parent@home.example', before)).toEqual([]);
      expect(await mine('parent@home.example', after, ofAna)).toEqual([]);
      expect(await mine('ana@x.example', before)).toEqual([]);
      expect(await mine('ana@x.example', before, ofAna)).toEqual([]);
      expect((await mine('ana@x.example', after)).sort()).toEqual(all);
      const found = await reader.credentialsOfIdentifier({ kind: 'email', value: 'parent@home.example' }, 9);
      expect(found.map(({ credentialId }) => credentialId).sort()).toEqual(['ana', 'ana-form', 'ben']);

      expect(await reader.guardiansOver('2026-06-30', 9)).toEqual([]);
      expect(await reader.guardiansOver('2026-12-31', 9)).toEqual([{ tenant: 'uno', object: 'b9/3' }]);
      const over = await reader.guardiansOver(after, 9);
      expect(over.map(({ object }) => object).sort()).toEqual(['ana', 'ap8#/recipients/1', 'b9/2', 'b9/3', 'ben']);
      expect(await reader.guardiansOver(after, 1)).toHaveLength(1);
      await commit(...over.map(({ object }) => erase('guardian', object, { erasedAt: at(30) })));
      expect(await reader.guardiansOver(after, 9)).toEqual([]);
      for (const id of ['ana', 'ana-form', 'ben'])
        expect(JSON.stringify((await reader.credential(id))!.recipient)).not.toMatch(/guardian/i);
      expect((await reader.credential('ana'))!.recipient).toMatchObject({ name: 'Ana', email: 'ana@x.example' });
      const { items } = await reader.batchRows('uno', 'b9', { limit: 9 });
      expect(items.map(({ input: left }) => left)).toEqual([
        { name: 'Ana', email: 'ana@x.example' },
        { name: 'Cy', email: 'cy@x.example' },
        { name: 'Di' },
      ]);
      expect((await reader.approval('uno', 'ap9'))!.body).toEqual({
        recipients: [{}, { subjectId: 'urn:uuid:ben', name: 'Ana', email: 'ben@x.example' }],
      });
      // One that was rejected, and of it only who is of age.
      expect(JSON.stringify((await reader.approval('uno', 'ap8'))!.body)).toBe(
        JSON.stringify({
          recipients: [
            ...[{}, { subjectId: 'urn:uuid:ben', name: 'Ana', email: 'ben@x.example' }],
            { ...other, guardianUntil: '2027-06-01' },
          ],
        }),
      );
      expect(await reader.credentialsOfIdentifier({ kind: 'email', value: 'parent@home.example' }, 9)).toEqual([]);
      expect((await store().integrity()).filter((one) => !one.endsWith(': form'))).toEqual([]);
    });

    it('is found around badges too: requests, cases, offers, messages; and goes from there', async () => {
      const nina: HolderIdentifier = { kind: 'email', value: 'nina@x.example', provenAt: at() };
      const recipient = { name: 'Niña Specimen', email: 'Nina@x.example' };
      const others = [{ name: 'Pedro', email: 'p@x.example' }, recipient];
      const candidate = { subjectId: 'urn:uuid:nina', ...recipient };
      await commit(
        { op: 'approval.insert', row: approval('uno', 'ap1', 1, { body: { recipients: others } }) },
        { op: 'priorLearning.open', row: priorCase('uno', 'case1', 1, { candidate }) },
        {
          ...{ op: 'credential.prepare' },
          row: { ...credential('uno', 'hers', 97), recipient: candidate },
        } as const,
        { op: 'credential.issue', tenant: 'uno', credentialId: 'hers', signed, sha256: 'h', issuedAt: at(1) },
        { op: 'offer.insert', row: { ...offer('uno', 'of1'), credentialId: 'hers', awardId: 'urn:uuid:hers' } },
        { op: 'mail.queue', row: mail('uno', 'm1', 1, { to: 'nina@x.example', object: 'of1' }), forgetBefore: at() },
      );
      expect((await found(nina)).sort()).toEqual([
        ...['approval ap1#/recipients/1 busy', 'credential hers erasable', 'mail m1 erasable', 'offer of1 erasable'],
        'priorLearningCase case1 busy',
      ]);
      await commit(
        ...[erase('approval', 'ap1#/recipients/1'), erase('priorLearningCase', 'case1'), erase('offer', 'of1')],
        ...[erase('mail', 'm1'), erase('credential', 'hers', { kept: 'document' })],
      );
      expect(await found(nina)).toEqual([]);
      const { reader } = store();
      expect((await reader.approval('uno', 'ap1'))!.body).toEqual({ recipients: [others[0], {}] });
      expect((await reader.priorLearningCase('uno', 'case1'))!.candidate).toEqual({ subjectId: 'urn:uuid:nina' });
      expect(await reader.offer('of1')).toMatchObject({ state: 'withdrawn' });
      const message = (await reader.mail('m1'))!;
      expect([message.state, message.to, message.content]).toEqual(['failed', undefined, undefined]);
    });
  });
}
