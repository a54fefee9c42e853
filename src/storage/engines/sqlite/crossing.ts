import { Problem, type ProblemKind, UniqueViolation } from '#kernel';
import type { AnyWrite } from '../../storage.ts';

/** To the thread that writes. */
export type Question = readonly AnyWrite[] | 'close';

/** From it. Absent: durable. */
export type Answer = { error?: Crossed };

/** An error as it crosses from one thread to another: of classes of our own only plain members would arrive. */
type Crossed =
  | { as: 'unique'; table: string }
  | { as: 'problem'; kind: ProblemKind; detail: string; errors: Problem['errors']; extensions: Problem['extensions'] }
  | { as: 'other'; name: string; message: string; code?: string };

export function crossed(error: unknown): Crossed {
  if (error instanceof UniqueViolation) return { as: 'unique', table: error.table };
  if (error instanceof Problem) {
    const { kind, message: detail, errors, extensions } = error;
    return { as: 'problem', kind, detail, errors, extensions };
  }
  const { name = 'Error', message = String(error), code } = error as NodeJS.ErrnoException;
  return { as: 'other', name, message, ...(code === undefined ? {} : { code }) };
}

export function arrived(error: Crossed): Error {
  if (error.as === 'unique') return new UniqueViolation(error.table);
  if (error.as === 'problem') {
    const { kind, detail, errors, extensions } = error;
    return new Problem(kind, detail, { errors, extensions });
  }
  const { name, message, code } = error;
  return Object.assign(new Error(message), { name }, code === undefined ? {} : { code });
}
