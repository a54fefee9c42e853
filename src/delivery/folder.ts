import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { toMessage } from './letter.ts';
import type { Post } from './ports.ts';

/**
 * For a developer's machine without a mail server: every letter becomes a file that mail programs open. One that comes twice
 * is one file.
 */
export function createFolderPost(directory: string): Post {
  return {
    async send(letter) {
      try {
        const { createTransport } = await import('nodemailer');
        const transport = createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
        const { message } = await transport.sendMail(toMessage(letter));
        const name = `${letter.date.replaceAll(':', '')}-${letter.messageId.slice(1, letter.messageId.indexOf('@'))}.eml`;
        await mkdir(directory, { recursive: true, mode: 0o700 });
        await writeFile(join(directory, `.${name}`), message as Buffer, { mode: 0o600 });
        await rename(join(directory, `.${name}`), join(directory, name));
        return { result: 'sent', answer: `written to ${name}` };
      } catch (error) {
        const { code = 'unknown' } = error as NodeJS.ErrnoException;
        return { result: 'unreachable', answer: `could not be written (${code})` };
      }
    },
    rest() {},
  };
}
