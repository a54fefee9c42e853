import { fieldProblem, Problem } from '#kernel';
import { CanonicalizationError } from './canonical/outcome.ts';

/**
 * Whatever canonicalisation or a library throws while a proof is made. @param pointers where the JSON Pointers stand in the
 * request that the library could not follow
 */
export function asProblem(error: unknown, pointers: string): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof CanonicalizationError) {
    return fieldProblem('lint-failed', error.pointer, error.message, error.code);
  }
  const message = error instanceof Error ? error.message : 'not a credential';
  // The library follows pointers in its own compact form too, where a list of one is no list.
  const astray = /^JSON pointer "(.*)" does not match document\.$/s.exec(message)?.[1];
  if (astray !== undefined) {
    return fieldProblem(
      'lint-failed',
      pointers,
      `${astray}: of a list of one only the whole list can be shown`,
      'bad_pointer',
    );
  }
  return new Problem('lint-failed', message, { cause: error });
}
