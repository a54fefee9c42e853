declare module 'base58-universal' {
  export function encode(input: Uint8Array): string;
  /** @throws when a character is not of the alphabet */
  export function decode(input: string): Uint8Array;
}
