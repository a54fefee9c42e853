import { attestationWords } from '../attestation/words.ts';
import { command } from '../command.ts';
import { readBytes } from '../read-text.ts';
import { codeOf } from './code.ts';
import { verifyThere } from './there.ts';
import { reportWords } from './words.ts';

/** What is to be verified: an address, the bytes of a file, or the text of a printed code. */
export type Given = { url: string } | { bytes: Uint8Array } | { code: string };

export const verify = command({
  operands: {
    badge: {
      name: 'BADGE',
      optional: true,
      says: 'Its address, or a file: JSON, JWT, PNG, SVG, PDF, the text of a printed code; default standard input',
    },
  },
  options: {
    url: { value: 'URL', says: 'Ask this service; default this program itself, which fetches what it needs' },
    anchor: { value: 'DID', many: true, says: 'An authority whose register is trusted; a service trusts its own' },
    recipient: { value: 'TEXT', says: 'E-mail address or name of the person it should belong to' },
    recognised: { says: 'Valid is not enough: a register that is trusted must cover the award' },
    lang: { value: 'LANG', choices: ['en', 'fil'], otherwise: 'en', says: 'Of the words' },
    local: {
      value: 'ORIGIN',
      many: true,
      says: 'An origin of this machine that may be asked, e.g. https://localhost:8483',
    },
    'local-ca': { value: 'FILE', says: 'Its certificate, e.g. data/loopback-certificate.pem' },
  },
  summary: 'Says what is true of a badge, wherever it is and whatever it is in',
  about:
    'One sentence, ten checks, and what could not be found out. Without --url nothing but the public internet (and --local) is asked, and only for what the badge refers to once its signature holds.',
  examples: [
    'verify https://badges.example.edu/credentials/0123456789abcdefghjkmnpqrs',
    'verify certificate.pdf --anchor did:web:authority.example.gov --recognised',
    'verify - --url https://badges.example.edu --json < badge.json',
  ],
  exits: {
    0: 'valid, and so is each credential in it (with --recognised: and recognised)',
    1: 'not valid (with --recognised: or not recognised)',
    3: 'it could not be found out (with --recognised: or no register that is trusted covers it)',
    4: 'the badge could not be fetched, or the service did not answer',
  },

  async run({ operands: { badge = '-' }, values, json }, io) {
    const given = await givenBy(badge, () => readBytes(badge, io));
    const report = await (values.url === undefined ? here(given, values) : verifyThere(values.url, given, values));
    if (json) io.out(`${JSON.stringify(report)}\n`);
    else io.out('kind' in report ? attestationWords(report) : reportWords(report, values.lang));
    return codeOf(report, values.recognised);
  },
});

/** Contexts, proofs and all: not loaded where a service is asked. */
const here = async (...asked: Parameters<typeof import('./here.ts').verifyHere>) =>
  (await import('./here.ts')).verifyHere(...asked);

async function givenBy(badge: string, read: () => Promise<Uint8Array>): Promise<Given> {
  if (/^https?:\/\//i.test(badge)) return { url: badge };
  const bytes = await read();
  const text = Buffer.from(bytes).toString('latin1');
  const code = text.trimStart().startsWith('TATAK') && (await import('#attestations')).isAttestation(text);
  return code ? { code: text } : { bytes };
}
