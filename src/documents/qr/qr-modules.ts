/** A QR code as a square of modules: `dark(x, y)` for 0 <= x, y < size. Without the quiet zone of four. */
export interface QrModules {
  size: number;
  dark(x: number, y: number): boolean;
}

/** ISO/IEC 18004, error correction M. @param text at most about 2300 bytes */
export async function qrModules(text: string): Promise<QrModules> {
  // Loaded when the first code is drawn.
  const { create } = await import('qrcode');
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  return { size: modules.size, dark: (x, y) => modules.get(y, x) !== 0 };
}
