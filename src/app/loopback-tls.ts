import { createPrivateKey, webcrypto, X509Certificate } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Clock, type Random, systemRandom } from '#kernel';

const DAY = 86_400_000;
const LIFE_DAYS = 365;
const RENEW_DAYS = 30;

export interface LoopbackCertificate {
  /** PKCS #8 PEM. */
  key: string;
  /** PEM; the server's certificate and its own authority. */
  cert: string;
  /** Where `cert` lies, e.g. for NODE_EXTRA_CA_CERTS of a client. */
  file: string;
}

/**
 * The certificate of the TLS listener on a loopback address: made at the first start, kept under the data directory,
 * made anew when less than 30 days are left or when what lies there is damaged. It is its own authority, so that a
 * client can be told to trust just it.
 */
export async function loadOrCreateLoopbackCertificate(options: {
  directory: string;
  clock: Clock;
  random?: Random;
}): Promise<LoopbackCertificate> {
  const { directory, clock, random = systemRandom } = options;
  const file = join(directory, 'loopback-certificate.pem');
  const keyFile = join(directory, 'loopback-key.pem');
  const now = clock.now().getTime();
  const stored = load(file, keyFile, now);
  if (stored) return { ...stored, file };
  const made = await create(now, random);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  replace(keyFile, made.key, 0o600);
  replace(file, made.cert, 0o644);
  return { ...made, file };
}

/** @returns undefined when there is no pair that belongs together and is good for another month */
function load(file: string, keyFile: string, now: number): { key: string; cert: string } | undefined {
  if (!existsSync(file) || !existsSync(keyFile)) return undefined;
  const [cert, key] = [readFileSync(file, 'utf8'), readFileSync(keyFile, 'utf8')];
  try {
    const certificate = new X509Certificate(cert);
    if (!certificate.checkPrivateKey(createPrivateKey(key))) return undefined;
    const [from, until] = [certificate.validFrom, certificate.validTo].map((text) => new Date(text).getTime());
    if (now < from! || now > until! - RENEW_DAYS * DAY) return undefined;
  } catch {
    return undefined;
  }
  chmodSync(keyFile, 0o600);
  return { key, cert };
}

/** By renaming, so that a process that starts meanwhile never reads half a file. */
function replace(path: string, text: string, mode: number): void {
  const fresh = `${path}.${process.pid}.new`;
  writeFileSync(fresh, text, { mode });
  chmodSync(fresh, mode);
  renameSync(fresh, path);
}

async function create(now: number, random: Random): Promise<{ key: string; cert: string }> {
  // Loaded only when a certificate has to be made: the library and its polyfill stay out of every later start.
  await import('reflect-metadata');
  const x509 = await import('@peculiar/x509');
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    {
      // RFC 5280 4.1.2.2: positive, at most 20 octets, different for every certificate of this issuer.
      serialNumber: `01${Buffer.from(random.bytes(15)).toString('hex')}`,
      name: 'CN=Tatak loopback',
      notBefore: new Date(now - DAY),
      notAfter: new Date(now + LIFE_DAYS * DAY),
      signingAlgorithm: algorithm,
      keys,
      extensions: [
        new x509.BasicConstraintsExtension(true, 0, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.keyCertSign, true),
        new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
        new x509.SubjectAlternativeNameExtension([
          { type: 'dns', value: 'localhost' },
          { type: 'ip', value: '127.0.0.1' },
          { type: 'ip', value: '::1' },
        ]),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey as never, false, webcrypto as never),
      ],
    },
    webcrypto as never,
  );
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64');
  const key = `-----BEGIN PRIVATE KEY-----\n${pkcs8.match(/.{1,64}/g)!.join('\n')}\n-----END PRIVATE KEY-----\n`;
  return { key, cert: `${certificate.toString('pem')}\n` };
}
