import { expect } from 'vitest';
import { type Ran, tatak } from './tatak.ts';

interface Expected {
  out?: RegExp;
  err?: RegExp;
  input?: string | Uint8Array;
}

/** Calls one command and holds it to what all of them promise. */
export type Call = (code: number, args: readonly string[], expected?: Expected) => Promise<Ran & { json: unknown[] }>;

/** @param secrets what no command may ever print */
export function createCalls(secrets: () => readonly string[]) {
  /** Exit codes that were seen, by command. */
  const seen = new Map<string, Set<number>>();

  function callOf(words: string): Call {
    const codes = new Set<number>();
    seen.set(words, codes);
    return async (code, args, { out = /(?:)/, err = /(?:)/, input } = {}) => {
      const all = [...words.split(' '), ...args];
      const ran = await tatak(all, input);
      const what = `tatak ${all.join(' ')}\n${ran.out}${ran.err}`;
      expect(ran.code, what).toBe(code);
      expect(ran.out, what).toMatch(out);
      expect(ran.err, what).toMatch(err);
      expect(ran.err, what).not.toMatch(/^ {4}at /m);
      for (const secret of secrets()) expect(ran.out + ran.err).not.toContain(secret);
      codes.add(code);
      if (!args.includes('--json')) return { ...ran, json: [] };
      // One document, or one a line, and nothing else.
      const json = ran.out
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as unknown);
      if (code === 2 || code >= 4)
        expect(problemOf(ran.err), what).toMatchObject({
          type: expect.stringMatching(/^(?:urn|about):/),
          title: expect.any(String),
          detail: expect.any(String),
        });
      return { ...ran, json };
    };
  }

  return { callOf, seen };
}

export const problemOf = (err: string) => JSON.parse(err.trim().split('\n').at(-1)!) as object;
