import { createRequire } from 'node:module';

type Sodium = typeof import('sodium-native');

let loaded: Sodium | 'none' | undefined;

/**
 * libsodium, which signs and verifies Ed25519 in half the time of the platform's OpenSSL and to the same bytes.
 * @returns undefined where there is no build of it: the platform does the same then
 */
export function sodium(): Sodium | undefined {
  loaded ??= load();
  return loaded === 'none' ? undefined : loaded;
}

function load(): Sodium | 'none' {
  try {
    return createRequire(import.meta.url)('sodium-native') as Sodium;
  } catch {
    return 'none';
  }
}
