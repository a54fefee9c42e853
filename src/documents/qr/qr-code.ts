import { qrModules } from './qr-modules.ts';

/**
 * A text as a QR code (ISO/IEC 18004, error correction M) in SVG: black on white with the quiet zone of four modules that
 * cameras need, whatever the page around it looks like; no size of its own.
 * @param text at most about 2300 bytes
 */
export async function qrCodeSvg(text: string): Promise<string> {
  const { size, dark } = await qrModules(text);
  const rows = Array.from({ length: size }, (_, y) => runs(size, (x) => dark(x, y), y));
  const side = size + 8;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges">` +
    `<path fill="#fff" d="M0 0h${side}v${side}H0z"/><path fill="#000" d="${rows.join('')}"/></svg>`
  );
}

/** Dark modules of one row, joined. */
function runs(size: number, isDark: (x: number) => boolean, y: number): string {
  let path = '';
  for (let x = 0; x < size; x++) {
    if (!isDark(x)) continue;
    const from = x;
    while (x < size && isDark(x)) x++;
    path += `M${from + 4} ${y + 4}h${x - from}v1h-${x - from}z`;
  }
  return path;
}
