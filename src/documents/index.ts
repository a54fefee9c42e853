export { type ImageFacts, inspectImage } from './image.ts';
export { type Chunk, readChunks } from './png/chunks.ts';
export { inspectPng, type PngFacts } from './png/inspect.ts';
export { inspectSvg, type SvgFacts } from './svg/inspect.ts';
