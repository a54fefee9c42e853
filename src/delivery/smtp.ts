import { outcomeOf, withoutAddress } from './answer.ts';
import { CLOSED, toMessage } from './letter.ts';
import type { Post } from './ports.ts';

/** A mail server (RFC 5321 client, RFC 6409 submission). */
export interface SmtpServer {
  host: string;
  port: number;
  /** From the first byte, by STARTTLS or not at all; `none` only to this machine. */
  tls: 'implicit' | 'starttls' | 'none';
  auth?: { user: string; pass: string };
  /** PEM, besides the roots that Node trusts. */
  ca?: string;
  /** Milliseconds until the server must have said something. */
  silenceMs?: number;
}

const SILENCE = 20_000;
/** Open at the same time. */
const CONNECTIONS = 4;

/** Sends over a few connections that stay open while there is something to send. Loads nodemailer with the first letter. */
export function createSmtpPost({ host, port, tls, auth, ca, silenceMs = SILENCE }: SmtpServer): Post {
  type Transport = Awaited<ReturnType<typeof open>>;
  let opened: Promise<Transport> | undefined;

  async function open() {
    const { createTransport } = await import('nodemailer');
    return createTransport({
      ...{ pool: true, maxConnections: CONNECTIONS, maxMessages: 100 },
      // A letter is sent again by its own plan, which is stored, and not by the library.
      maxRequeues: 0,
      ...{ host, port, secure: tls === 'implicit' },
      ...(tls === 'starttls' ? { requireTLS: true } : {}),
      ...(tls === 'none' ? { ignoreTLS: true } : {}),
      ...(auth ? { auth } : {}),
      tls: { minVersion: 'TLSv1.2', ...(ca === undefined ? {} : { ca }) },
      ...{ connectionTimeout: silenceMs, greetingTimeout: silenceMs, socketTimeout: silenceMs, dnsTimeout: silenceMs },
      ...{ maxResponseSize: 16_384, logger: false, ...CLOSED },
    });
  }

  return {
    async send(letter, signal) {
      try {
        opened ??= open();
        const { response } = await (await opened).sendMail({ ...toMessage(letter), signal });
        return { result: 'sent', answer: withoutAddress(response, letter.to) };
      } catch (error) {
        return outcomeOf(error, letter.to);
      }
    },
    rest() {
      // Nothing is on its way: what is still open idles.
      opened?.then(
        (transport) => transport.close(),
        () => {},
      );
      opened = undefined;
    },
  };
}
