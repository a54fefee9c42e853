/**
 * A QR code of a text as SVG, black on white with a quiet zone, no size of its own. Error correction M (15 %): what stands on
 * paper and screens. @throws RangeError for a text that is too long for one (about 2300 bytes)
 */
export async function qrSvg(text: string): Promise<string> {
  if (Buffer.byteLength(text) > 2_300) throw new RangeError('the text is too long for a QR code');
  const { default: qr } = await import('qrcode');
  return qr.toString(text, { type: 'svg', errorCorrectionLevel: 'M', margin: 4 });
}
