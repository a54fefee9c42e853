import { CREDENTIALS_V2 } from './contexts.ts';

/**
 * Digests, in hex, of the files of contexts as they are published; what is used of a context here is its statements, which the
 * loader pins. VCDM 2.0, appendix B.1 gives the SHA-256; the others are of the same 10 131 bytes.
 */
const PUBLISHED: Readonly<Record<string, Readonly<Record<'sha256' | 'sha384' | 'sha512', string>>>> = {
  [CREDENTIALS_V2]: {
    sha256: '59955ced6697d61e03f2b2556febe5308ab16842846f5b586d7f1f7adec92734',
    sha384: '97f1eb8e5042356c805fdd61afa2c557663785e0794dcafa21e138fd38def18cb360133c221aa31d6896a6bf3e65b614',
    sha512:
      '5d55452bd2dcf8a29f5a290473eb242b1c5fb77d4e68f1a0aa87baa4dba2694852d65ec63d48ac04a99d956f9f7153b9406f84d2d04c74869b02c239a1d81305',
  },
};

/** What the published file of a context has as its digests; undefined where that is not known here. */
export function publishedDigests(url: string): (typeof PUBLISHED)[string] | undefined {
  return Object.hasOwn(PUBLISHED, url) ? PUBLISHED[url] : undefined;
}
