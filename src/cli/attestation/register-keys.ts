import { createIdentifiers } from '#identifiers';
import { type Clock, isObject, type Json, type JsonObject, Problem, parseDateTimeStamp } from '#kernel';
import type { ResolveMethod } from '#proofs';

/** Keys of a register snapshot, and from when it is. */
export interface RegisterKeys {
  resolveMethod: ResolveMethod;
  /** `validFrom` of the register: of what became of a key later the file knows nothing. */
  published: string;
}

/**
 * The keys in a file as `/registry/{slug}/snapshot` gives it. The signature of the register does not cover them: whoever gives
 * the file decides whom to trust, as with every file named on a command line.
 * @returns undefined when it is no such file, or one without keys
 */
export function readRegisterKeys(file: Json, clock: Clock): RegisterKeys | undefined {
  if (!isObject(file) || !isObject(file.register) || !isObject(file.didDocuments)) return undefined;
  const published = file.register.validFrom;
  if (typeof published !== 'string' || !parseDateTimeStamp(published)) return undefined;
  const documents: JsonObject = file.didDocuments;
  const local = async (did: string) => {
    const document = Object.hasOwn(documents, did) ? documents[did] : undefined;
    return isObject(document) && document.id === did ? document : undefined;
  };
  const fetch = async (): Promise<never> => {
    throw new Problem('fetch-refused', 'nothing is fetched here');
  };
  return { resolveMethod: createIdentifiers({ clock, local, fetch }).resolveMethod, published };
}
