import { Problem } from '#kernel';
import type { MadeProvider } from './provider.ts';

/** One request that waits for a person, as the library keeps it. */
export interface Waiting {
  provider: MadeProvider['provider'];
  clientId: string;
  clientName?: string;
  params: Readonly<Record<string, string>>;
}

export const over = (detail: string) => new Problem('gone', detail, { extensions: { code: 'wallet_over' } });

/** What a policy of a page calls where a request leads back to. */
export function destinationOf(redirectUri: string): string {
  const url = new URL(redirectUri);
  return /^https?:$/.test(url.protocol) ? url.origin : url.protocol;
}
