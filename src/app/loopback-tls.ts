import { webcrypto, X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '#kernel';

const DAY = 86_400_000;

/**
 * The certificate of the TLS listener on a loopback address: made at the first start, kept under the data directory,
 * made anew when less than 30 days are left. It is its own authority, so that a client can be told to trust just it.
 * @returns PEM texts; `file` is where the certificate lies
 */
export async function loadOrCreateLoopbackCertificate(options: {
  directory: string;
  clock: Clock;
}): Promise<{ key: string; cert: string; file: string }> {
  const file = join(options.directory, 'loopback-certificate.pem');
  const keyFile = join(options.directory, 'loopback-key.pem');
  const now = options.clock.now().getTime();
  if (existsSync(file) && existsSync(keyFile)) {
    const cert = readFileSync(file, 'utf8');
    const until = new Date(new X509Certificate(cert).validTo).getTime();
    if (until - now > 30 * DAY) return { key: readFileSync(keyFile, 'utf8'), cert, file };
  }
  const made = await create(now);
  mkdirSync(options.directory, { recursive: true, mode: 0o700 });
  writeFileSync(keyFile, made.key, { mode: 0o600 });
  writeFileSync(file, made.cert, { mode: 0o644 });
  return { ...made, file };
}

async function create(now: number): Promise<{ key: string; cert: string }> {
  // Loaded only when a certificate has to be made: the library and its polyfill stay out of every later start.
  await import('reflect-metadata');
  const x509 = await import('@peculiar/x509');
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    {
      name: 'CN=Tatak loopback',
      notBefore: new Date(now - DAY),
      notAfter: new Date(now + 365 * DAY),
      signingAlgorithm: algorithm,
      keys,
      extensions: [
        new x509.BasicConstraintsExtension(true, 0, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.keyCertSign, true),
        new x509.SubjectAlternativeNameExtension([
          { type: 'dns', value: 'localhost' },
          { type: 'ip', value: '127.0.0.1' },
          { type: 'ip', value: '::1' },
        ]),
      ],
    },
    webcrypto as never,
  );
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  const key = `-----BEGIN PRIVATE KEY-----\n${pkcs8.match(/.{1,64}/g)!.join('\n')}\n-----END PRIVATE KEY-----\n`;
  return { key, cert: `${certificate.toString('pem')}\n` };
}
