import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { identityHash } from '#credentials';
import type { JsonObject } from '#kernel';
import { CHECKS, type CheckName, type Report } from '#verifier';
import {
  type Actor,
  actor,
  badge,
  grant,
  publishDefinition,
  register,
  statusEntry,
  statusList,
  type World,
  world,
} from './world.ts';

let anchor: Actor;
let school: Actor;
let on: World;
let signed: JsonObject;

const of = (report: Report, name: CheckName) => report.checks.find((one) => one.check === name)!;
const results = (report: Report) => Object.fromEntries(report.checks.map((one) => [one.check, one.result]));

beforeAll(async () => {
  anchor = actor('anchor');
  school = actor('school');
  on = world([anchor]);
  on.join(school);
  await register(on, anchor, [await grant(on, { by: anchor, to: school })]);
  await on.sign(school, statusList(school, [7]));
  signed = await on.sign(school, badge(school, statusEntry(94_567)));
  publishDefinition(on, signed);
});

describe('a badge that holds', () => {
  it('is genuine and recognised, by its address', async () => {
    const report = await on.verifier.verify({ url: signed.id as string });
    expect(report.checks.filter((one) => !['pass', 'not_applicable'].includes(one.result))).toEqual([]);
    expect([report.verdict, report.recognition]).toEqual(['valid', 'recognised']);
    expect(report.sentence.en).toBe('Genuine, and the issuer was accredited for this award when it was made.');
    expect(report.checks.map((one) => one.check)).toEqual(CHECKS);
    expect(report.credential).toMatchObject({ awardType: 'TvetMicroCredential', pqfLevel: 2, issuerId: school.did });
  });

  it('reads the same from text, bytes and an object', async () => {
    const text = JSON.stringify(signed);
    for (const input of [{ text }, { bytes: Buffer.from(text) }, { document: signed }, { text: ` ${signed.id} ` }]) {
      expect((await on.verifier.verify(input)).verdict).toBe('valid');
    }
  });

  it('says everything in two languages', async () => {
    const report = await on.verifier.verify({ document: signed });
    for (const text of [report.sentence, ...report.checks.map((one) => one.message)]) {
      expect(text.en.length).toBeGreaterThan(5);
      expect(text.fil.length).toBeGreaterThan(5);
      expect(text.fil).not.toBe(text.en);
    }
  });
});

describe('a badge whose proof does not hold', () => {
  const leaf = (change: (document: JsonObject) => void) => {
    const copy = structuredClone(signed);
    change(copy);
    return copy;
  };
  it.each<[string, (document: JsonObject) => void]>([
    [
      'name',
      (d) => {
        d.name = 'FORGED NAME';
      },
    ],
    [
      'issuer name',
      (d) => {
        (d.issuer as JsonObject).name = 'FORGED NAME';
      },
    ],
    [
      'award date',
      (d) => {
        d.awardedDate = '2020-01-01T00:00:00Z';
      },
    ],
    [
      'level',
      (d) => {
        ((d.credentialSubject as JsonObject).achievement as JsonObject).pqfLevel = 5;
      },
    ],
    [
      'subject',
      (d) => {
        (d.credentialSubject as JsonObject).id = 'urn:uuid:00000000-0000-4000-8000-000000000000';
      },
    ],
    [
      'status index',
      (d) => {
        (d.credentialStatus as JsonObject).statusListIndex = '8';
      },
    ],
    [
      'no proof',
      (d) => {
        delete d.proof;
      },
    ],
    [
      'no issuer',
      (d) => {
        delete d.issuer;
      },
    ],
  ])('%s changed: invalid, and nothing it says is repeated', async (_name, change) => {
    const report = await on.verifier.verify({ document: leaf(change) });
    expect(report.verdict).toBe('invalid');
    expect(report.recognition).toBe('not_shown');
    expect(report.credential).toBeUndefined();
    const text = JSON.stringify(report);
    for (const claim of ['FORGED', 'computer networks', 'Specimen Technical School', 'school.example', '2026-06-15']) {
      expect(text).not.toContain(claim);
    }
  });

  it('opens no address that stands in it', async () => {
    on.asked.length = 0;
    await on.verifier.verify({
      document: leaf((d) => {
        d.name = 'x';
      }),
    });
    expect(on.asked).toEqual([]);
  });

  it('with the key of another issuer', async () => {
    const other = on.join(actor('other'));
    const forged = await on.sign(other, badge(school, { id: 'https://other.example/credentials/9' }));
    const report = await on.verifier.verify({ document: forged });
    expect(of(report, 'proof')).toMatchObject({ result: 'fail', code: 'method_not_issuer' });
    expect(report.verdict).toBe('invalid');
  });

  it('whose key cannot be had is undetermined', async () => {
    const far = actor('far');
    const report = await on.verifier.verify({ document: await on.sign(far, badge(far)) });
    expect(of(report, 'proof')).toMatchObject({ result: 'unknown', code: 'did_unreachable' });
    expect([report.verdict, report.recognition]).toEqual(['undetermined', 'not_shown']);
    expect(report.sentence.en).toBe('Not decided: the signature could not be checked.');
  });
});

describe('the document', () => {
  it.each<[string, (document: JsonObject) => void, string]>([
    [
      'an undefined term',
      (d) => {
        d.favouriteColour = 'blue';
      },
      'undefined_term',
    ],
    [
      'a foreign context is unknown',
      (d) => {
        (d['@context'] as string[]).push('https://evil.example/c');
      },
      'unsupported_context',
    ],
    [
      'an inline context',
      (d) => {
        (d['@context'] as unknown[]).push({ x: 'https://x.example/' });
      },
      'bad_context',
    ],
    [
      'a nested context',
      (d) => {
        (d.credentialSubject as JsonObject)['@context'] = [];
      },
      'bad_context',
    ],
    [
      'contexts in another order',
      (d) => {
        (d['@context'] as string[]).reverse();
      },
      'bad_context',
    ],
  ])('%s', async (_name, change, code) => {
    const copy = structuredClone(signed);
    change(copy);
    const report = await on.verifier.verify({ document: copy });
    expect(of(report, 'document').code).toBe(code);
    expect(report.verdict).toBe(code === 'unsupported_context' ? 'undetermined' : 'invalid');
    expect(report.credential).toBeUndefined();
  });

  it.each<[string, (document: JsonObject) => void]>([
    [
      'a number as text',
      (d) => {
        achievementOf(d).creditsAvailable = '3';
      },
    ],
    [
      'a number as text in the extension',
      (d) => {
        achievementOf(d).pqfLevel = '2';
      },
    ],
    [
      'a scalar in a list',
      (d) => {
        d.name = ['Set-up computer networks'];
      },
    ],
    [
      'a typed member null',
      (d) => {
        d.description = null;
      },
    ],
  ])('%s keeps the signature and is not read', async (name, change) => {
    const base = await on.sign(
      school,
      badge(school, { id: 'https://school.example/credentials/2' }, { creditsAvailable: 3 }),
    );
    change(base);
    const report = await on.verifier.verify({ document: base });
    if (name.includes('extension')) {
      // The rules of the extension are injected; what is read is by type all the same.
      expect(report.credential?.pqfLevel).toBeUndefined();
      expect(report.recognition).not.toBe('recognised');
    } else {
      expect(results(report)).toMatchObject({ proof: 'pass', document: 'fail' });
      expect(report.verdict).toBe('invalid');
    }
  });

  it.each<[string, (document: JsonObject) => void]>([
    [
      'realism of the badge',
      (d) => {
        d.realism = ['Illustrative'];
      },
    ],
    [
      'realism as text',
      (d) => {
        d.realism = 'Illustrative';
      },
    ],
  ])('a specimen stays one: %s', async (_name, change) => {
    const base = { id: 'https://school.example/credentials/8', realism: 'Illustrative' };
    const copy = await on.sign(school, badge(school, base));
    change(copy);
    const report = await on.verifier.verify({ document: copy });
    expect(report.specimen).toBe(true);
    expect(report.sentence.en).toMatch(/^Specimen: genuine/);
  });

  it('signature-neutral members without meaning are warned about', async () => {
    const copy: JsonObject = { ...structuredClone(signed), evidence: [] };
    const report = await on.verifier.verify({ document: copy });
    expect(of(report, 'document')).toMatchObject({ result: 'warning' });
    expect(report.verdict).toBe('valid');
  });

  it.each([
    ['decomposed', 'Jose\u0301 Rizal', 'not_nfc'],
    ['right-to-left override', 'abc\u202Edef', 'bidi_control'],
    ['zero width', 'ad\u200Bmin', 'invisible_character'],
  ])('text with %s is kept and warned about', async (_name, text, code) => {
    const document = await on.sign(
      school,
      badge(school, { id: 'https://school.example/credentials/3', description: text }),
    );
    const report = await on.verifier.verify({ text: JSON.stringify(document) });
    expect(of(report, 'document')).toMatchObject({ result: 'warning', code });
    expect(report.credential?.description).toBe(text);
  });

  it('accepts ñ and Baybayin in silence', async () => {
    const description = 'Piñahan, Parañaque, ᜊᜌ᜔ᜊᜌᜒᜈ᜔';
    const document = await on.sign(school, badge(school, { id: 'https://school.example/credentials/4', description }));
    expect(of(await on.verifier.verify({ document }), 'document').result).toBe('pass');
  });

  it.each<[string, JsonObject, JsonObject]>([
    ['criteria without content', {}, { criteria: {} }],
    ['an unanchored extension type', {}, { achievementType: 'xxext:Foo' }],
    ['an unknown achievement type', {}, { achievementType: 'Diplomma' }],
    ['an end before the beginning', { validUntil: '2026-06-14T00:00:00Z' }, {}],
    [
      'a subject without identity',
      { credentialSubject: { type: ['AchievementSubject'], achievement: achievementOf(badge(actor('x'))) } },
      {},
    ],
  ])('%s is not conforming', async (_name, more, achievement) => {
    const document = await on.sign(
      school,
      badge(school, { id: 'https://school.example/credentials/5', ...more }, achievement),
    );
    const report = await on.verifier.verify({ document });
    expect(results(report)).toMatchObject({ proof: 'pass', document: 'fail' });
  });

  it('a verifiable credential of another kind is not judged as a badge', async () => {
    const given = await grant(on, { by: anchor, to: school });
    const report = await on.verifier.verify({ document: given, profile: 'openbadge' });
    expect(of(report, 'document')).toMatchObject({ result: 'unknown', code: 'unsupported_type' });
    expect(report.verdict).toBe('undetermined');
  });
});

describe('validity', () => {
  it.each([
    ['2026-12-31T15:59:58Z', 'valid'],
    ['2026-12-31T15:59:59Z', 'valid'],
    ['2026-12-31T15:59:59.999Z', 'valid'],
    ['2026-12-31T16:00:00Z', 'invalid'],
    ['2026-06-15T00:59:00Z', 'valid'],
    ['2026-06-15T00:58:59Z', 'invalid'],
  ])('at %s: %s', async (at, verdict) => {
    const until = { id: 'https://school.example/credentials/6', validUntil: '2026-12-31T23:59:59+08:00' };
    const document = await on.sign(school, badge(school, until));
    on.now.at = at;
    const report = await on.verifier.verify({ document });
    on.now.at = '2026-11-24T01:00:00Z';
    expect(report.verdict).toBe(verdict);
  });
});

describe('forms that are not read', () => {
  it('a PDF is recognised, and one that is damaged is said to be so', async () => {
    await expect(on.verifier.verify({ bytes: Buffer.from('%PDF-1.7') })).rejects.toMatchObject({
      ...{ kind: 'invalid-image', extensions: { code: 'pdf_broken' } },
    });
  });

  it.each<[string, Parameters<World['verifier']['verify']>[0], string]>([
    ['a web page', { text: '<!DOCTYPE html><html>' }, 'fetch-failed'],
    ['nothing', { text: ' ' }, 'invalid-request'],
    ['not JSON', { text: 'hello' }, 'malformed-json'],
    ['a list', { text: '[]' }, 'malformed-json'],
    ['duplicate members', { text: '{"issuer":"a","issuer":"b"}' }, 'malformed-json'],
    ['a strange address', { url: 'file:///etc/passwd' }, 'invalid-request'],
    ['no answer', { url: 'https://nowhere.example/' }, 'fetch-failed'],
  ])('%s is the caller’s mistake', async (_name, input, kind) => {
    await expect(on.verifier.verify(input)).rejects.toMatchObject({ kind });
  });
});

describe('the recipient', () => {
  const salt = 'c0ffee';
  const hashed = (text: string) => ({
    type: 'IdentityObject',
    hashed: true,
    identityHash: identityHash(text, salt),
    identityType: 'emailAddress',
    salt,
  });
  const md5 = (text: string) => ({
    ...hashed(text),
    identityHash: `md5$${createHash('md5')
      .update(text + salt)
      .digest('hex')}`,
  });
  it('not asked, matching, other, and not to be told', async () => {
    const make = (identifier: JsonObject[], id: string) => {
      const document = badge(school, { id: 'https://school.example/credentials/7' });
      Object.assign(document.credentialSubject as JsonObject, { id, ...(identifier.length ? { identifier } : {}) });
      return on.sign(school, document);
    };
    const mail = await make([hashed('juana@example.ph')], 'urn:uuid:5a0f1b7e-1d5a-4bb2-8d1f-4d0f3c1c2a11');
    const ask = async (document: JsonObject, recipient?: string) => {
      const report = await on.verifier.verify({ document, ...(recipient ? { recipient } : {}) });
      return [of(report, 'recipient').result, report.verdict];
    };
    expect(await ask(mail)).toEqual(['not_applicable', 'valid']);
    expect(await ask(mail, 'Juana@example.ph')).toEqual(['pass', 'valid']);
    expect(await ask(mail, 'pedro@example.ph')).toEqual(['fail', 'invalid']);
    expect(await ask(mail, 'urn:uuid:5a0f1b7e-1d5a-4bb2-8d1f-4d0f3c1c2a11')).toEqual(['pass', 'valid']);
    const plain = await make([], 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK');
    expect(await ask(plain, 'juana@example.ph')).toEqual(['unknown', 'undetermined']);
    expect(await ask(plain, 'did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK')).toEqual(['pass', 'valid']);
    expect(await ask(plain, 'did:key:z6Mkother')).toEqual(['fail', 'invalid']);
  });

  it.each<[string, JsonObject, string, string]>([
    ['a name against an address', hashed('juana@example.ph'), 'Juana Reyes', 'unknown'],
    ['a hash of MD5', md5('juana@example.ph'), 'juana@example.ph', 'pass'],
    ['a hash of MD5 of somebody else', md5('juana@example.ph'), 'pedro@example.ph', 'fail'],
    ['a hash of another kind', { ...hashed('x'), identityHash: 'sha512$00' }, 'juana@example.ph', 'unknown'],
    ['an address in another case', { identityType: 'emailAddress', identityHash: 'Juana@X.ph' }, 'juana@x.ph', 'pass'],
    ['a name, decomposed', { identityType: 'name', identityHash: 'Pe\u00f1aflor' }, 'Pen\u0303aflor', 'pass'],
    ['another name', { identityType: 'name', identityHash: 'Pe\u00f1aflor' }, 'Pedro', 'fail'],
  ])('%s', async (_name, identity, recipient, result) => {
    const document = badge(school);
    const identifier = [{ type: 'IdentityObject', hashed: false, ...identity }];
    Object.assign(document.credentialSubject as JsonObject, { identifier });
    const report = await on.verifier.verify({ document: await on.sign(school, document), recipient });
    expect(of(report, 'recipient').result).toBe(result);
  });
});

function achievementOf(document: JsonObject): JsonObject {
  return (document.credentialSubject as JsonObject).achievement as JsonObject;
}
