import operations from 'tatak:operations';
import { type ClientOptions, createClientOf } from './client/client.ts';

export { TatakProblem } from './problem.ts';

/** One method for each operation that programs use, by its operationId; types/index.d.ts has the types. */
export const createClient = (options: ClientOptions) => createClientOf(operations, options);
