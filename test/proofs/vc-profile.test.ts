import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { contexts as credentialContexts } from '@digitalbazaar/credentials-context';
import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '#kernel';
import {
  ADDABLE,
  CREDENTIALS_EXAMPLES_V2,
  CREDENTIALS_V1,
  CREDENTIALS_V2,
  canonicalize,
  contextProblems,
  contextRules,
  createContextLoader,
  OPEN_BADGES_3_0_3,
  publishedDigests,
} from '#proofs';

const source = {
  phContext: readFileSync(new URL('../../contexts/ph-v1-draft.json', import.meta.url), 'utf8'),
  phContextUrl: 'https://badges.example/contexts/ph/v1-draft',
};
const loader = createContextLoader(source);
const credential = (...more: Json[]): JsonObject => ({
  '@context': [CREDENTIALS_V2, ...more],
  type: ['VerifiableCredential'],
  issuer: 'did:web:issuer.example',
  credentialSubject: { id: 'did:example:subject' },
});
const codes = (document: JsonObject, profile: 'vc' | 'presentation' | 'pinned', with_ = loader) =>
  contextProblems(document, profile, with_).map(({ code, pointer }) => `${code} ${pointer}`);

describe('JL-4 an inline term may be a new name for something new only', () => {
  it.each([
    ['the status', 'https://www.w3.org/2018/credentials#credentialStatus'],
    ['the issuer', 'https://www.w3.org/2018/credentials#issuer'],
    ['a name', 'https://schema.org/name'],
    ['the credential type', 'https://www.w3.org/2018/credentials#VerifiableCredential'],
    ['a status list entry', 'https://www.w3.org/ns/credentials/status#BitstringStatusListEntry'],
    ['a status index', 'https://www.w3.org/ns/credentials/status#statusListIndex'],
    ['a proof', 'https://w3id.org/security#proof'],
  ])('not for %s', (_name, iri) => {
    expect(codes(credential({ alias: iri }), 'vc')).toEqual(['bad_context /@context/1']);
  });

  it('not for anything of the contexts named beside it, by address or by prefix', () => {
    const badge = (iri: string): JsonObject => ({
      ...credential(),
      '@context': [CREDENTIALS_V2, OPEN_BADGES_3_0_3, source.phContextUrl, { alias: iri }],
    });
    for (const iri of [
      'https://purl.imsglobal.org/spec/vc/ob/vocab.html#OpenBadgeCredential',
      'https://w3id.org/tatak/ph/v1#realism',
      'ph:realism',
    ]) {
      expect(codes(badge(iri), 'vc'), iri).toEqual(['bad_context /@context/3']);
    }
    const old = { ...credential(), '@context': [CREDENTIALS_V1, { alias: 'cred:credentialStatus' }] };
    expect(codes(old, 'vc')).toEqual(['bad_context /@context/1']);
    expect(
      codes({ ...old, '@context': [CREDENTIALS_V1, { alias: 'https://www.w3.org/2018/credentials#issuer' }] }, 'vc'),
    ).toEqual(['bad_context /@context/1']);
  });

  it('would otherwise carry the same statement past whoever reads the first name', async () => {
    const status = { id: 'urn:x:status', type: 'https://x.example/Status' };
    const open = { ...credential(), id: 'urn:x:1', credentialStatus: status };
    const hidden = {
      ...credential({ alias: 'https://www.w3.org/2018/credentials#credentialStatus' }),
      id: 'urn:x:1',
      alias: status,
    };
    expect(await canonicalize(loader, hidden)).toBe(await canonicalize(loader, open));
  });

  it.each([...loader.jsonTerms].filter((term) => /^[a-z]/i.test(term)))(
    'and %s, whose values are data elsewhere, is looked into where it is such a name',
    (term) => {
      const status = { '@id': 'urn:x:status' };
      const hidden = { '@included': [{ 'https://www.w3.org/2018/credentials#credentialStatus': status }] };
      const document = { ...credential({ [term]: 'https://specimen.example/terms/note' }), [term]: hidden };
      expect(codes(document, 'vc')).not.toEqual([]);
      const [first] = document['@context'] as string[];
      const isDefined = loader.text(first!).includes(`"${term}":`);
      expect(codes(document, 'vc')).toEqual([
        isDefined ? 'bad_context /@context/1' : `json_ld_keyword /${term}/@included`,
      ]);
    },
  );

  it('VCDM 5.2.1 not twice, and not for two meanings', () => {
    const term = { Specimen: 'https://specimen.example/terms/Specimen' };
    expect(codes(credential(term), 'vc')).toEqual([]);
    expect(codes(credential(term, { Specimen: 'https://specimen.example/terms/Other' }), 'vc')).toEqual([
      'bad_context /@context/2',
    ]);
    expect(codes(credential(term, term), 'vc')).toEqual(['bad_context /@context/2']);
  });
});

describe('presentations in the profile vc', () => {
  const inline = { Specimen: 'https://specimen.example/terms/Specimen' };
  const presentation = (members: Json, ...more: Json[]): JsonObject => ({
    '@context': [CREDENTIALS_V2, ...more],
    type: ['VerifiablePresentation'],
    verifiableCredential: members,
  });
  const envelope: JsonObject = {
    '@context': CREDENTIALS_V2,
    id: 'data:application/vc+jwt,e',
    type: 'EnvelopedVerifiableCredential',
  };

  it('may have terms of their own, as may the credentials in them', () => {
    expect(codes(presentation([credential(inline)], inline), 'vc')).toEqual([]);
    expect(codes(presentation([credential(inline)], inline), 'presentation')).toEqual([
      'bad_context /@context/1',
      'bad_context /verifiableCredential/0/@context/1',
    ]);
  });

  it('a badge in one keeps its own rules', () => {
    const badge = {
      ...credential(),
      '@context': [CREDENTIALS_V2, OPEN_BADGES_3_0_3, inline],
      type: ['VerifiableCredential', 'OpenBadgeCredential'],
    };
    expect(codes(presentation([badge]), 'vc')).toEqual(['bad_context /verifiableCredential/0/@context/2']);
  });

  it('may hold an envelope, whose context may be one address', () => {
    expect(codes(presentation([envelope]), 'vc')).toEqual([]);
    expect(codes(presentation([{ ...envelope, '@context': { '@vocab': 'x:' } }]), 'vc')).toEqual([
      'bad_context /verifiableCredential/0/@context',
    ]);
  });

  it('may hold nothing, and nothing but credentials', () => {
    expect(codes(presentation([]), 'vc')).toEqual([]);
    const { verifiableCredential: _, ...none } = presentation([]);
    expect(codes(none, 'vc')).toEqual([]);
    for (const one of [null, 5, 'x', presentation([])]) expect(codes(presentation([one]), 'vc')).not.toEqual([]);
  });
});

describe('the context of the examples, which defines every term there is', () => {
  const text = '{\n  "@context": {\n    "@vocab": "https://www.w3.org/ns/credentials/examples#"\n  }\n}';
  const added = createContextLoader({ ...source, added: [text] });
  const document = credential(CREDENTIALS_EXAMPLES_V2);

  it('is known and not installed, and both files of it can be added', () => {
    expect(codes(document, 'vc')).toEqual(['context_not_installed /@context/1']);
    const sums = [text, `${text}\n`].map((one) => createHash('sha256').update(one).digest('hex'));
    expect(ADDABLE.filter(({ url }) => url === CREDENTIALS_EXAMPLES_V2).map(({ sha256 }) => sha256)).toEqual(sums);
    expect(createContextLoader({ ...source, added: [`${text}\n`] }).isPinned(CREDENTIALS_EXAMPLES_V2)).toBe(true);
  });

  it('is read in the profile vc only', () => {
    expect(codes(document, 'vc', added)).toEqual([]);
    expect(codes(document, 'pinned', added)).toEqual(['unsupported_context /@context/1']);
    const badge = {
      ...document,
      '@context': [CREDENTIALS_V2, OPEN_BADGES_3_0_3, CREDENTIALS_EXAMPLES_V2],
      type: ['VerifiableCredential', 'OpenBadgeCredential'],
    };
    expect(
      contextRules(added)
        .contextProblems(badge)
        .map(({ code }) => code),
    ).toEqual(['unsupported_context']);
  });

  it('goes with version 2.0, and not with terms of the document’s own', () => {
    const with_ = (...contexts: Json[]) => codes({ ...document, '@context': contexts }, 'vc', added);
    expect(with_(CREDENTIALS_V1, CREDENTIALS_EXAMPLES_V2)).toEqual(['bad_context /@context/1']);
    expect(with_(CREDENTIALS_EXAMPLES_V2)).not.toEqual([]);
    expect(with_(CREDENTIALS_V2, CREDENTIALS_EXAMPLES_V2, { a: 'https://x.example/a' })).toEqual([
      'bad_context /@context/2',
    ]);
    expect(with_(CREDENTIALS_V2, { a: 'https://x.example/a' }, CREDENTIALS_EXAMPLES_V2)).toEqual([
      'bad_context /@context/1',
    ]);
  });

  it('leaves no member that is data elsewhere unread', () => {
    const below = (term: string) => codes({ ...document, [term]: { '@id': 'urn:x:1' } }, 'vc', added);
    for (const term of added.jsonTerms) expect(below(term), term).toEqual([`json_ld_keyword /${term}/@id`]);
  });

  it('signs every member under its own name', async () => {
    const claim = (name: string) => ({ ...document, credentialSubject: { id: 'did:example:subject', [name]: 'x' } });
    const [one, other] = await Promise.all(['grade', 'level'].map((name) => canonicalize(added, claim(name))));
    expect(one).toContain('https://www.w3.org/ns/credentials/examples#grade');
    expect(one).not.toBe(other);
  });
});

describe('the published file of the base context', () => {
  it('VCDM B.1 has the digests that are kept: the pinned statements, laid out as W3C has them', () => {
    const text = asPublished(credentialContexts.get(CREDENTIALS_V2));
    expect(text).toHaveLength(10_131);
    for (const [algorithm, hex] of Object.entries(publishedDigests(CREDENTIALS_V2)!)) {
      expect(createHash(algorithm).update(text).digest('hex'), algorithm).toBe(hex);
    }
    expect(publishedDigests('constructor')).toBeUndefined();
  });

  /** Its white space: no line over 80 characters, groups apart. */
  function asPublished(context: unknown): string {
    const out: string[] = [];
    let grouped = true;
    for (const line of JSON.stringify(context, null, 2).split('\n')) {
      const top = /^ {4}"/.test(line);
      const last = out.at(-1) ?? '';
      const begins = /^ {4}"VerifiableCredential"/.test(line) || /^ {4}\}|^ {6}"/.test(last);
      if (top && grouped && begins && !/^ {4}"(?:digest|mediaType|name")/.test(line)) out.push('');
      if (/^ {4}"\.\.\."/.test(line)) grouped = false;
      const long = line.length > 80 ? /^( +)("[^"]+": )(".*",?)$/.exec(line) : null;
      out.push(...(long ? [`${long[1]}${long[2]!.trimEnd()}`, `${long[1]}  ${long[3]}`] : [line]));
      if (/"@protected": true,$|"type": "@type",$/.test(line)) out.push('');
    }
    return out.join('\n');
  }
});
