import { expect } from 'vitest';
import { Problem } from '#kernel';

/** The Problem a promise rejects with. */
export async function problem(promise: Promise<unknown>): Promise<Problem> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(Problem);
  return error as Problem;
}
