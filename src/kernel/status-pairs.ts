/** The other index that is set together with `index`: one library in the field reads the bits of a byte in reverse order. */
export const mirrorOf = (index: number): number => index ^ 7;

/** One number for both of a pair. */
export const pairOf = (index: number): number => Math.min(index, mirrorOf(index));
