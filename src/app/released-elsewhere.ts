import type { CheckReleased } from '#credentials';
import type { MethodResolution } from '#identifiers';
import { gathered } from '#kernel';
import type { LibraryCheck, ReleaseAnswer, ReleaseThreadOnDemand } from '#proofs';
import type { Keys } from './check-released.ts';

/** Checks in one turn of the loop, from which on they go to the thread. */
const CROWD = 4;

/** In milliseconds; whoever signs goes by what was read up to `KEY_CACHE_MS` ago. */
const KEY_KEPT_MS = 250;

/** The same, an answer for whoever asks within a quarter of a second: what is released is mostly of one issuer, with one key. */
export function askedSeldom(keys: Keys): Keys {
  const seldom = <A extends unknown[]>(ask: (...of: A) => Promise<MethodResolution>) => {
    const answers = new Map<string, Promise<MethodResolution>>();
    return (...of: A): Promise<MethodResolution> => {
      const question = JSON.stringify(of);
      let answer = answers.get(question);
      if (!answer) {
        if (answers.size === 0) setTimeout(() => answers.clear(), KEY_KEPT_MS).unref();
        const asked = ask(...of);
        answers.set(question, asked);
        const forget = () => answers.get(question) === asked && answers.delete(question);
        asked.then(({ outcome }) => outcome === 'ok' || forget(), forget);
        answer = asked;
      }
      return answer;
    };
  };
  return { resolveMethod: seldom(keys.resolveMethod), resolveJoseKey: seldom(keys.resolveJoseKey) };
}

export interface ReleasedElsewhere {
  check: CheckReleased;
  /** The same for the reference library: where the thread has no answer, it is asked here. */
  byLibrary(here: LibraryCheck): LibraryCheck;
}

/**
 * The check of what is about to be released, here until several wait for one another, and from then on in a thread, so that a
 * second core does half of the work of issuing. The key is looked up here, as before; should the thread end, all is checked
 * here until there is another.
 * @param told of every answer of the thread
 */
export function checkElsewhere(
  here: CheckReleased,
  keys: Pick<Keys, 'resolveMethod'>,
  thread: ReleaseThreadOnDemand,
  told: (answer: ReleaseAnswer) => void,
): ReleasedElsewhere {
  let crowded = false;
  let inTurn = 0;

  async function check(text: string): ReturnType<CheckReleased> {
    const elsewhere = crowded ? thread.running : undefined;
    const verificationMethod = elsewhere && methodIn(text);
    if (verificationMethod === undefined) return here(text);
    const resolution = await keys.resolveMethod(verificationMethod, 'assertionMethod');
    const answer = await elsewhere!.check({ text, verificationMethod, resolution });
    told(answer);
    return answer;
  }

  return {
    check(text) {
      inTurn++;
      if (inTurn === 1) {
        void gathered().then(() => {
          inTurn = 0;
        });
      }
      if (inTurn === CROWD) {
        crowded = true;
        void thread.wanted();
      }
      return check(text);
    },
    byLibrary: (askHere) => (document, method, at) => {
      const elsewhere = thread.running;
      if (!elsewhere) return askHere(document, method, at);
      return elsewhere.library(document, method, at).catch(() => askHere(document, method, at));
    },
  };
}

/** Of the one proof, which stands last. Where it is not found so the whole is looked at here; what is found is only a hint. */
function methodIn(text: string): string | undefined {
  const proof = text.lastIndexOf('"proof":{');
  return proof < 0 ? undefined : /"verificationMethod":"([^"\\]+)"/.exec(text.slice(proof))?.[1];
}
