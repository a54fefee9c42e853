import jsonld from 'jsonld';
import { isObject, type Json, type JsonObject } from '#kernel';
import { CanonicalizationError, canonicalize, contextProblems, createContextLoader } from '#proofs';
import { goldenBadge, TEST_PH_CONTEXT, TEST_PH_URL } from '../../support/golden-badge.ts';
import { mutateJson } from '../mutate-json.ts';
import { must, type Target, textOf, utf8 } from '../target.ts';

const VC2 = 'https://www.w3.org/ns/credentials/v2';
const OB = 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json';
const loader = createContextLoader({ phContext: TEST_PH_CONTEXT, phContextUrl: TEST_PH_URL });
const good = goldenBadge();
const form = await canonicalize(loader, good);
const minimal = {
  '@context': [VC2, OB],
  type: ['VerifiableCredential', 'OpenBadgeCredential'],
  credentialSubject: {
    type: ['AchievementSubject'],
    achievement: { type: ['Achievement'], name: 'x', evidence: [{}] },
  },
};
const shaped = {
  ...minimal,
  '@context': [VC2, OB, { extra: 'https://x.example/extra' }],
  extra: { '@value': 'x', '@language': 'en' },
};

/** Keywords anywhere but at the root's own list, outside of data. */
function keywordIn(value: Json, root = false): boolean {
  if (Array.isArray(value)) return value.some((item) => keywordIn(item));
  if (!isObject(value)) return false;
  return Object.entries(value).some(
    ([key, item]) =>
      (key.startsWith('@') && !(root && key === '@context')) ||
      (!loader.jsonTerms.has(key) && key !== '@context' && keywordIn(item)),
  );
}

/** What stands before the JSON-LD library, and the library behind it. */
export const context: Target = {
  name: 'context',
  seeds: [good, minimal, shaped].map((document) => utf8(JSON.stringify(document))),
  dictionary: [
    '"@context"',
    '"@vocab"',
    '"@id"',
    '"_:b0"',
    '"@type"',
    VC2,
    OB,
    '"id"',
    '"type"',
    'null',
    '[]',
    '{}',
    '""',
  ],
  ciInputs: 400,
  shape(input, random) {
    try {
      return utf8(JSON.stringify(mutateJson(JSON.parse(textOf(input)) as Json, random)));
    } catch {
      return input;
    }
  },
  async run(input) {
    let document: unknown;
    try {
      document = JSON.parse(textOf(input));
    } catch {
      return;
    }
    if (!isObject(document)) return;
    const read = document as JsonObject;
    const profiles = ['openbadge', 'pinned', 'vc', 'presentation', 'clr'] as const;
    const [openbadge, , vc] = profiles.map((profile) => contextProblems(read, profile, loader));
    if (openbadge!.length === 0) {
      must(
        (read['@context'] as Json[]).every((entry) => typeof entry === 'string' && loader.isPinned(entry)),
        'an unknown context passed',
      );
      must(!keywordIn(read, true), 'a keyword passed');
    }
    if (vc!.length > 0) return;
    let ours: string;
    try {
      ours = await canonicalize(loader, read);
    } catch (error) {
      must(error instanceof CanonicalizationError, `threw ${String(error)}`);
      return;
    }
    // The library by itself, given the same contexts, must come to the same form.
    const theirs = await jsonld.canonize(read, {
      algorithm: 'RDFC-1.0',
      documentLoader: loader.documentLoader,
      base: null,
      safe: true,
    });
    must(ours === theirs, 'another canonical form than that of the library');
    if (Math.random() < 0.02)
      must((await canonicalize(loader, good)) === form, 'what was read has changed what is read next');
  },
};
