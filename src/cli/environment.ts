import { type Env, readEnv } from '#app';
import { UsageError } from './command.ts';

/** The settings of this process. @throws UsageError for one that does not exist */
export function environment(): Env {
  try {
    return readEnv();
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
