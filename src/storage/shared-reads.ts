import type { AnyReader } from './storage.ts';

/** What every request to issue reads, and many at once read alike. Their rows are looked at and never written into. */
const SHARED = [
  'achievement',
  'apiKey',
  'institution',
  'lastAuditAt',
  'openStatusList',
  'signingKeys',
] as const satisfies readonly (keyof AnyReader)[];

type Read = (...args: never[]) => Promise<unknown>;

/**
 * Equal questions that are asked before the first of them is put to the store get one answer. Nothing is kept: each answer was
 * read after its question was asked, as without this.
 */
export function shareReads(reader: AnyReader): AnyReader {
  const shared = Object.fromEntries(SHARED.map((name) => [name, sharing(reader[name] as Read)]));
  return { ...reader, ...shared };
}

function sharing(read: Read): Read {
  const asked = new Map<string, Promise<unknown>>();
  return (...args) => {
    const question = JSON.stringify(args);
    let answer = asked.get(question);
    if (!answer) {
      // After the promises that are settled now have gone on: they ask as well.
      answer = new Promise<void>((done) => process.nextTick(done)).then(() => {
        asked.delete(question);
        return read(...args);
      });
      asked.set(question, answer);
    }
    return answer;
  };
}
