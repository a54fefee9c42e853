import { deriveKey } from '#oauth';

/** 32 secret bytes for one use, from the key of the authorisation server: opened when they are first asked for. */
export function derivedKey(deps: Parameters<typeof deriveKey>[0], what: string): () => Promise<Uint8Array> {
  let key: Promise<Uint8Array> | undefined;
  return () => {
    // A failure is not kept: the next caller tries again.
    key ??= deriveKey(deps, what).catch((error: unknown) => {
      key = undefined;
      throw error;
    });
    return key;
  };
}
