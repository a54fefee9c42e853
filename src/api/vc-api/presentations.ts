import { Problem } from '#kernel';
import type { ApiDeps } from '../deps.ts';
import type { Handlers } from '../http/operation.ts';

/** VCALM "Verify Presentation". */
export function vcApiPresentations(_deps: Pick<ApiDeps, 'verifier' | 'challenges'>): Handlers<'vcApiVerifyPresentation'> {
  return {
    async vcApiVerifyPresentation() {
      throw new Problem('unavailable', 'not yet');
    },
  };
}
