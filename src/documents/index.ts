export type { Baked, BakedEdition } from './baked.ts';
export { type PageHints, scanPage } from './html/scan.ts';
export { type ImageFacts, inspectImage } from './image.ts';
export { type Chunk, readChunks } from './png/chunks.ts';
export { extractPng } from './png/extract.ts';
export { inspectPng, type PngFacts } from './png/inspect.ts';
export { qrSvg } from './qr/qr.ts';
export { extractSvg } from './svg/extract.ts';
export { inspectSvg, isSvg, type SvgFacts } from './svg/inspect.ts';
