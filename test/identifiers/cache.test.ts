import { describe, expect, it } from 'vitest';
import { createIdentifiers } from '#identifiers';
import { LIMITS, Problem } from '#kernel';
import type { FetchOptions } from '#net';

const didOf = (n: number | string) => `did:web:host-${n}.example`;

/** An institution for every host; `answer` may be replaced while the test runs. */
function world() {
  const asked: string[] = [];
  const state = {
    now: 0,
    asked,
    options: [] as FetchOptions[],
    answer: async (url: string): Promise<object> => ({ id: `did:web:${new URL(url).hostname}` }),
  };
  const identifiers = createIdentifiers({
    clock: { now: () => new Date(state.now) },
    fetch: async (url, options) => {
      asked.push(url);
      state.options.push(options);
      const bytes = Buffer.from(JSON.stringify(await state.answer(url)));
      return { url, status: 200, contentType: 'application/json', bytes, fetchedAt: '2026-11-24T00:00:00Z' };
    },
  });
  return { state, identifiers };
}

const failing = (code: string) => async () => {
  throw new Problem('fetch-failed', code, { extensions: { code } });
};

describe('the cache of documents', () => {
  it('asks once for many who ask at the same time', async () => {
    const { state, identifiers } = world();
    const answers = await Promise.all(Array.from({ length: 50 }, () => identifiers.resolve(didOf(1))));
    expect(answers.every(({ outcome }) => outcome === 'ok')).toBe(true);
    expect(state.asked).toHaveLength(1);
    expect(state.options[0]).toMatchObject({ maxBytes: LIMITS.identifierBytes });
  });

  it('keeps a failure a tenth as long as a document', async () => {
    const { state, identifiers } = world();
    const good = state.answer;
    state.answer = failing('timeout');
    expect(await identifiers.resolve(didOf(1))).toMatchObject({ outcome: 'unknown', code: 'did_unreachable' });
    state.answer = good;
    state.now = 5_999;
    expect(await identifiers.resolve(didOf(1))).toMatchObject({ code: 'did_unreachable' });
    state.now = 6_000;
    expect(await identifiers.resolve(didOf(1))).toMatchObject({ outcome: 'ok' });
    state.now = 65_999;
    await identifiers.resolve(didOf(1));
    expect(state.asked).toHaveLength(2);
    state.now = 66_000;
    await identifiers.resolve(didOf(1));
    expect(state.asked).toHaveLength(3);
  });

  it('believes nothing from a clock that was set back', async () => {
    const { state, identifiers } = world();
    state.now = 1_000_000;
    await identifiers.resolve(didOf(1));
    state.now = 0;
    await identifiers.resolve(didOf(1));
    expect(state.asked).toHaveLength(2);
  });

  it('remembers no budget that ran out, neither later nor for those who wait', async () => {
    const { state, identifiers } = world();
    const good = state.answer;
    let first = true;
    state.answer = async (url) => {
      if (!first) return good(url);
      first = false;
      return failing('budget')();
    };
    const [one, two] = await Promise.all([identifiers.resolve(didOf(1)), identifiers.resolve(didOf(1))]);
    expect(one).toMatchObject({ outcome: 'unknown', code: 'budget' });
    expect(two).toMatchObject({ outcome: 'ok' });
  });

  it('is bounded, and identifiers that hold their own key do not enter it', async () => {
    const { state, identifiers } = world();
    for (let n = 0; n <= LIMITS.identifierCacheEntries; n++) await identifiers.resolve(didOf(n));
    await identifiers.resolve(didOf(LIMITS.identifierCacheEntries));
    expect(state.asked).toHaveLength(LIMITS.identifierCacheEntries + 1);
    for (let n = 0; n < LIMITS.identifierCacheEntries; n++) await identifiers.resolve(`did:example:${n}`);
    await identifiers.resolve(didOf(LIMITS.identifierCacheEntries));
    expect(state.asked).toHaveLength(LIMITS.identifierCacheEntries + 1);
    await identifiers.resolve(didOf(0));
    expect(state.asked).toHaveLength(LIMITS.identifierCacheEntries + 2);
  });

  it('hands the budget on, and refuses what is too long before anything else', async () => {
    const { state, identifiers } = world();
    const budget = { take: () => true, remainingMs: () => 1 };
    await identifiers.resolve(didOf(1), budget);
    expect(state.options[0]).toMatchObject({ budget });
    const long = `did:web:${'a'.repeat(LIMITS.identifierChars)}`;
    expect(await identifiers.resolve(long)).toMatchObject({ outcome: 'refused', code: 'did_malformed' });
    expect(state.asked).toHaveLength(1);
  });
});

describe('https issuers', () => {
  const ISSUER = 'https://school.example/profile';

  it('are documents at their own address', async () => {
    const { state, identifiers } = world();
    state.answer = async () => ({ id: ISSUER });
    expect(await identifiers.resolve(ISSUER)).toMatchObject({ outcome: 'ok', document: { id: ISSUER } });
    state.answer = async () => ({ id: 'https://other.example/profile' });
    expect(await identifiers.resolve(`${ISSUER}?x=1`)).toMatchObject({ outcome: 'refused' });
    expect(state.asked).toEqual([ISSUER, `${ISSUER}?x=1`]);
  });

  it.each(['https://', 'https://user@school.example/', `${ISSUER}#key`, 'http://school.example/', 'ftp://x.example'])(
    'refuses %s without a fetch',
    async (id) => {
      const { state, identifiers } = world();
      expect(await identifiers.resolve(id)).toMatchObject({ outcome: 'refused', code: 'did_malformed' });
      expect(state.asked).toEqual([]);
    },
  );
});

describe('did:web hosts', () => {
  it.each([
    'did:web:127.0.0.1',
    'did:web:127.0.0.1%3A8483:institutions:x',
    'did:web:0x7f000001',
    'did:web:0x7f.1%3A8483',
    'did:web:017700000001',
    'did:web:example.org%3A0',
    'did:web:example.org%3A99999',
    'did:web:example.org%3A080',
    'did:web:example.org%253A80',
    'did:web:example.org%3A80%3A81',
    'did:web:example.org:',
    'did:web:example.org::x',
    'did:web::x',
    'did:web:%31%32%37.1',
    'did:web:.example.org',
  ])('%s is refused without a fetch', async (did) => {
    const { state, identifiers } = world();
    expect(await identifiers.resolve(did)).toMatchObject({ outcome: 'refused', code: 'did_malformed' });
    expect(state.asked).toEqual([]);
  });
});
