import { crc32, deflateSync } from 'node:zlib';

export const PNG_MAGIC = Buffer.from('89504e470d0a1a0a', 'hex');

export function chunk(type: string, data: Uint8Array = new Uint8Array(), crcXor = 0): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length);
  body.copy(out, 4);
  out.writeUInt32BE((crc32(body) ^ crcXor) >>> 0, body.length + 4);
  return out;
}

export function header(width = 8, height = 8, fields: readonly number[] = [8, 6, 0, 0, 0]): Buffer {
  const data = Buffer.alloc(13);
  data.writeUInt32BE(width >>> 0);
  data.writeUInt32BE(height >>> 0, 4);
  data.set(fields, 8);
  return chunk('IHDR', data);
}

export const idat = chunk('IDAT', deflateSync(Buffer.alloc(8 * (8 * 4 + 1))));
export const end = chunk('IEND');
export const png = (...parts: Buffer[]): Buffer => Buffer.concat([PNG_MAGIC, ...parts]);

/** Uncompressed unless `flag` says otherwise; Open Badges leaves the language and the translated keyword empty. */
export const itxt = (keyword: string, value: Buffer | string, flag = 0, between = '\0\0'): Buffer =>
  chunk(
    'iTXt',
    Buffer.concat([Buffer.from(`${keyword}\0`), Buffer.of(flag, 0), Buffer.from(between), Buffer.from(value)]),
  );

/** A picture of 8 by 8 with these chunks before its data. */
export const picture = (...parts: Buffer[]): Buffer => png(header(), ...parts, idat, end);

export const OB3 = 'https://purl.imsglobal.org/ob/v3p0';

/** A drawing with this text as its badge. */
export function svg(text: string, prefix = 'openbadges'): Buffer {
  const inside = text.startsWith('{')
    ? `<${prefix}:credential><![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]></${prefix}:credential>`
    : `<${prefix}:credential verify="${text}"/>`;
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" xmlns:${prefix}="${OB3}" width="8" height="8">${inside}<path d="M0 0h8v8z"/></svg>`,
  );
}
