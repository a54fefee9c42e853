import { UniqueViolation } from './ports.ts';

/** Where the one thing of its kind is kept. */
interface Kept<T> {
  read(): Promise<T | undefined>;
  make(): Promise<T>;
  /** Rejects with `UniqueViolation` when somebody else was first. */
  keep(made: T): Promise<void>;
}

/** Made once for the life of the service; of two first uses at once, over all processes, one is first and both get its. */
export async function madeOnce<T>({ read, make, keep }: Kept<T>): Promise<T> {
  const known = await read();
  if (known !== undefined) return known;
  const made = await make();
  try {
    await keep(made);
  } catch (error) {
    if (!(error instanceof UniqueViolation)) throw error;
  }
  return (await read()) ?? made;
}
