import jsqr from 'jsqr';
import { create } from 'qrcode';
import { expect, it } from 'vitest';
import { createAttestationReader } from '#attestations';
import { qrCodeSvg } from '#documents';
import { writeAttestation } from '../../src/attestations/text.ts';
import { readRegisterKeys } from '../../src/cli/attestation/register-keys.ts';
import { ISSUER, testKey } from '../support/golden-badge.ts';
import { LONG_NAME, scanned, statement } from './samples.ts';

/** Its types say that the function is a member of what is imported. */
const decode = jsqr as unknown as typeof jsqr.default;
const { signer, method } = testKey(7);
const clock = { now: () => new Date('2026-11-23T04:00:00Z') };
/** As `/registry/{slug}/snapshot` gives it. */
const SNAPSHOT = {
  register: { validFrom: '2026-11-22T00:00:00Z' },
  parts: [],
  didDocuments: {
    [ISSUER]: { id: ISSUER, verificationMethod: [{ ...method, type: 'Multikey' }], assertionMethod: [method.id] },
  },
};

const LONG_AWARD = `${statement().name} in the Provinces of Camarines Norte, Camarines Sur and Catanduanes (Bicol)`;

// The same texts in every run: whether this decoder finds its way depends on where the modules fall between the pixels.
it.each([
  ['a common name', { recipient: 'Juan dela Cruz' }, 600],
  ['a name of 120 characters', { recipient: LONG_NAME }, 750],
  [
    'that, a long award and an end',
    { recipient: LONG_NAME, name: LONG_AWARD, validUntil: '2030-01-01T00:00:00Z' },
    850,
  ],
])(
  'printed 30 mm wide, scanned at 300 dpi, blurred and turned, it is read and verified without a network: %s',
  async (_, members, most) => {
    const text = await writeAttestation(statement(members), 'key-1-assertion', signer);
    const { segments, version } = create(text, { errorCorrectionLevel: 'M' });
    expect(text.length).toBeLessThanOrEqual(most);
    const modes = segments.map(({ mode }) => (mode as { id?: string }).id);
    expect(modes.filter((mode) => mode !== 'Alphanumeric' && mode !== 'Numeric')).toEqual([]);

    const svg = await qrCodeSvg(text);
    // A scanner that cannot read looks again. This decoder measures the corners coarsely, and misses some angles even unblurred.
    const angles = [-4, -3, -2, -1, 1, 2, 3, 4];
    const read: string[] = [];
    for (const degrees of angles) {
      const { data, side } = await scanned(svg, 1.2, degrees);
      const found = decode(data, side, side, { inversionAttempts: 'dontInvert' });
      if (found) read.push(found.data);
    }
    console.log(`${text.length} characters, version ${version}-M, read at ${read.length} of ${angles.length} angles`);
    expect(read.length).toBeGreaterThanOrEqual(2);
    expect(new Set(read)).toEqual(new Set([text]));

    const keys = readRegisterKeys(SNAPSHOT, clock)!;
    const report = await createAttestationReader({ clock, resolveMethod: keys.resolveMethod }).read(read[0]!);
    expect(report).toMatchObject({ signature: 'valid', statement: members });
  },
);
