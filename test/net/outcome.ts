import { Problem } from '#kernel';

/** The stable code of how a fetch ended; `answered` when it did not fail. */
export const outcomeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'answered',
    (error: unknown) => (error instanceof Problem ? ((error.extensions.code as string) ?? error.kind) : String(error)),
  );
