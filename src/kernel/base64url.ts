/** @returns the bytes, or undefined when another text stands for the same bytes (RFC 7515 2: no padding, no spare bits) */
export function strictBase64url(text: string): Buffer<ArrayBuffer> | undefined {
  if (!/^[A-Za-z0-9_-]+$/.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : undefined;
}
