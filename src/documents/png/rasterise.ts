/**
 * An SVG of our own as PNG. Never one that somebody else made: it is decoded here, in this process.
 * @param side of the square, in pixels
 */
export async function rasterise(svg: string, side: number): Promise<Uint8Array> {
  // Loaded when the first picture is made: the library is large and most processes make none.
  const { createCanvas, loadImage } = await import('@napi-rs/canvas');
  const picture = await loadImage(Buffer.from(svg));
  const canvas = createCanvas(side, side);
  canvas.getContext('2d').drawImage(picture, 0, 0, side, side);
  return canvas.encode('png');
}
