import type { CheckReleased } from '#credentials';
import type { Identifiers, MethodResolution } from '#identifiers';
import { gathered } from '#kernel';
import type { ReleaseAnswer, ReleaseThread } from '#proofs';

/** Checks in one turn of the loop, from which on they get a thread of their own: a service at rest needs none. */
const CROWD = 4;

export interface ReleasedElsewhere {
  check: CheckReleased;
  close(): Promise<void>;
}

/**
 * The check of what is about to be released, here until several wait for one another, and from then on in a thread, so that a
 * second core does half of the work of issuing. The key is looked up here, as before; should the thread end, all is checked
 * here again.
 * @param told of every answer of the thread
 */
export function checkElsewhere(
  here: CheckReleased,
  identifiers: Pick<Identifiers, 'resolveMethod'>,
  start: () => Promise<ReleaseThread>,
  told: (answer: ReleaseAnswer) => void,
): ReleasedElsewhere {
  let starting: Promise<void> | undefined;
  let thread: ReleaseThread | undefined;
  let inTurn = 0;
  /** Looked up in this turn: a list of one issuer names one key. */
  const methods = new Map<string, Promise<MethodResolution>>();

  async function relieve(): Promise<void> {
    // Without it everything is as it was, only slower.
    thread = await start().catch(() => undefined);
  }

  async function check(text: string): ReturnType<CheckReleased> {
    const verificationMethod = thread?.alive ? methodIn(text) : undefined;
    if (!thread || verificationMethod === undefined) return here(text);
    let resolution = methods.get(verificationMethod);
    if (!resolution) {
      resolution = identifiers.resolveMethod(verificationMethod, 'assertionMethod');
      methods.set(verificationMethod, resolution);
    }
    const answer = await thread.check({ text, verificationMethod, resolution: await resolution });
    told(answer);
    return answer;
  }

  return {
    check(text) {
      inTurn++;
      if (inTurn === 1) {
        void gathered().then(() => {
          inTurn = 0;
          methods.clear();
        });
      }
      if (inTurn === CROWD) starting ??= relieve();
      return check(text);
    },
    async close() {
      await starting;
      await thread?.close();
    },
  };
}

/** Of the one proof, which stands last. Where it is not found so the whole is looked at here; what is found is only a hint. */
function methodIn(text: string): string | undefined {
  const proof = text.lastIndexOf('"proof":{');
  return proof < 0 ? undefined : /"verificationMethod":"([^"\\]+)"/.exec(text.slice(proof))?.[1];
}
