export { type ImageFacts, inspectImage } from './image.ts';
export { type Chunk, isPng, PNG_SIGNATURE, readChunks } from './png/chunks.ts';
export { inspectPng, type PngFacts } from './png/inspect.ts';
export { inspectSvg, isSvg, type SvgFacts } from './svg/inspect.ts';
