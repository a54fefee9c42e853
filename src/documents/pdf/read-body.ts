import { registerHooks } from 'node:module';
import { buffer } from 'node:stream/consumers';
import { isObject, LIMITS } from '#kernel';
import { COMPONENT, type PdfFound, READY } from './extract.ts';

// The body of a process that reads one file of a stranger from its standard input and is ended. It lists and unpacks attachments; no page is looked at.

/** For drawing only, and native: not loaded beside a stranger's file. */
registerHooks({
  resolve(name, context, next) {
    if (name === '@napi-rs/canvas') throw new Error('nothing is drawn here');
    return next(name, context);
  },
});
Object.assign(globalThis, { fetch: undefined, WebSocket: undefined, DOMMatrix: class {}, Path2D: class {} });

let inAll = 0;
/** What is unpacked lies outside the heap that the limits of the process bound: counted here. */
globalThis.Uint8Array = new Proxy(Uint8Array, {
  construct(target, args: [number?], newTarget) {
    const [size] = args;
    if (typeof size === 'number' && size > 65_536) {
      inAll += size;
      if (size > LIMITS.pdfPieceBytes || inAll > LIMITS.pdfBytesInAll) throw new RangeError('too much to unpack');
    }
    return Reflect.construct(target, args, newTarget);
  },
});

const { getDocument, VerbosityLevel } = await import('pdfjs-dist/legacy/build/pdf.mjs');
const worker: unknown = await import('pdfjs-dist/legacy/build/pdf.worker.mjs' as string);
// Found by this name, the reader runs in this thread and starts no other of its own.
Object.assign(globalThis, { pdfjsWorker: worker });

async function read(data: Uint8Array): Promise<PdfFound> {
  try {
    const task = getDocument({
      data,
      verbosity: VerbosityLevel.ERRORS,
      ...{ useWasm: false, useWorkerFetch: false, useSystemFonts: false, disableFontFace: true, enableXfa: false },
      ...{ disableAutoFetch: true, disableStream: true, disableRange: true, isOffscreenCanvasSupported: false },
    });
    const document = await task.promise;
    const attachments = (await document.getAttachments()) ?? new Map<string, { filename: string }>();
    if (attachments.size > LIMITS.pdfAttachments) return { outcome: 'too_much' };
    const found = { documents: [] as string[], tokens: [] as string[] };
    for (const [id, { filename }] of attachments) {
      if (filename.startsWith(COMPONENT)) continue;
      const bytes: unknown = await document.getAttachmentContent(id);
      if (!(bytes instanceof Uint8Array) || bytes.byteLength > LIMITS.jwtBytes) continue;
      const text = textOf(bytes);
      if (isToken(text)) found.tokens.push(text);
      else if (isDocument(text)) found.documents.push(text);
    }
    return { outcome: 'read', ...found };
  } catch (error) {
    const { name, message } = error as Error;
    if (name === 'PasswordException') return { outcome: 'locked' };
    return { outcome: /too much to unpack/.test(message) ? 'too_much' : 'broken' };
  }
}

/** Empty when it is no text. */
function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).trim();
  } catch {
    return '';
  }
}

const isToken = (text: string) => /^eyJ[\w-]+\.[\w-]*\.[\w-]*(?:~|$)/.test(text);

/** By what it says and not by how that is spelled: nobody else may see a badge where this sees none. */
function isDocument(text: string): boolean {
  if (!text.startsWith('{')) return false;
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) && [value.type].flat().includes('VerifiableCredential');
  } catch {
    // Spelled as a badge and broken: to be refused as such, not to be passed over.
    return text.includes('VerifiableCredential');
  }
}

const bytes = await buffer(process.stdin);
const say = (line: string) => process.stdout.write(`${line}\n`);
say(READY);
// Of this kind exactly, and alone in its memory, as the reader wants it.
say(JSON.stringify(await read(Uint8Array.from(bytes))));
