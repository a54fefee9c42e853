import { deflateSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { type Attachment, createPapers, extractPdf } from '#documents';
import { LABELS } from '#framework';
import { certificateWords, transcriptWords } from '#pages';
import { saidIn } from '../../src/documents/pdf/extract.ts';
import { readByPdfjs, walkPdf } from './pdf-walk.ts';

const papers = createPapers();
afterAll(() => papers.close());

const AWARD = {
  award: 'SPECIMEN Responsive Web Design',
  institution: 'Specimen Open University',
  address: 'https://tatak.example/credentials/01hzy3v7k2n8p4q6r8s0t2v4w6',
  // The next day in Manila.
  awardedDate: '2026-03-13T16:30:00Z',
  ...{
    awardType: 'MicroCredential',
    pqfLevel: 5,
    pqfLevelStatus: 'ProviderClaimed',
    credit: ['3 HE-UNIT-16 (lecture)'],
  },
  certificateNumber: 'SOU-2026-00042',
  recipientName: 'Ma. Niña Peñaflorida-Dela Cruz',
  state: 'active',
  specimen: false,
} as const;
const SIGNED = '{"type":["VerifiableCredential","OpenBadgeCredential"],"name":"ñ (x) endstream"}';
const TOKEN = 'eyJhbGciOiJFZERTQSJ9.eyJhIjoxfQ.c2lnbmF0dXJl';

const attached = (name: string, text = SIGNED): Attachment => ({
  ...{ name, mediaType: 'application/vc+ld+json', relationship: 'Source', description: 'The credential' },
  bytes: Buffer.from(text),
});

function certificate(more: object = {}, lang: 'en' | 'fil' = 'en', input: object = {}, by = papers) {
  const { pictureAlt: _, ...words } = certificateWords({ ...AWARD, ...more }, lang);
  const createdAt = new Date(AWARD.awardedDate);
  return by.certificate({
    ...{ ...words, createdAt, signatories: [], attachments: [attached('credential.json')] },
    ...input,
  });
}

function transcript(count: number, lang: 'en' | 'fil' = 'en', more: object = {}) {
  const components = Array.from({ length: count }, (_, at) => ({
    name: `SPECIMEN Part ${at + 1}`,
    address: `https://tatak.example/credentials/${at}`,
    ...(at === 1 ? {} : { known: { ...AWARD, credit: ['1.5 HE-UNIT-16 (lecture)'] } }),
  }));
  const pathway = { name: 'SPECIMEN Pathway', version: '3' };
  return papers.transcript({
    ...transcriptWords({ ...AWARD, ...more }, { pathway, components }, lang),
    ...{
      createdAt: new Date(AWARD.awardedDate),
      attachments: [attached('credential.json'), attached('component-01.json')],
    },
  });
}

const LONG = 'Maria Concepción de los Ángeles '.repeat(7).slice(0, 200).trim();
const four = Array.from({ length: 4 }, () => ({ name: LONG, office: LONG }));
const HOSTILE = [
  ') Tj ET endstream endobj << /S /JavaScript /JS (app.alert(1)) >> \\) ((( %PDF-1.7',
  '</rdf:li><script>alert(1)</script>&amp; ]]> <?xpacket end="w"?>',
  'W'.repeat(200),
  'नमस्ते 王小明 ᜋᜈᜒᜎ 😀 \u202Eevil\u202C Ελλάδα Ёлка é',
];

const CASES: [string, () => Promise<Uint8Array>, 'en' | 'fil'][] = [
  ['a certificate', () => certificate(), 'en'],
  ['a certificate in Filipino', () => certificate({ specimen: true }, 'fil'), 'fil'],
  [
    'one that is long everywhere',
    () =>
      certificate(
        {
          award: LONG,
          institution: LONG,
          recipientName: LONG,
          specimen: true,
          state: 'revoked',
          stateSince: '2027-01-01T00:00:00Z',
        },
        'en',
        { signatories: four },
      ),
    'en',
  ],
  ['a transcript', () => transcript(12), 'en'],
  ['a transcript in Filipino', () => transcript(2, 'fil', { specimen: true }), 'fil'],
  ...HOSTILE.map((text, at): (typeof CASES)[number] => [
    `hostile text ${at + 1}`,
    () => certificate({ award: text, institution: text, recipientName: text, certificateNumber: text }),
    'en',
  ]),
];

const bare = (text: string) => text.normalize('NFC').replace(/\s+/gu, '');

describe.each(CASES)('HT-7 %s', (_name, make, lang) => {
  it('is tagged throughout, passive, and the same to two parsers', async () => {
    const bytes = await make();
    const walked = await walkPdf(bytes);
    expect(walked).toMatchObject({ lang, displaysTitle: true, marked: true, untagged: [], active: [] });
    const other = await readByPdfjs(bytes);
    expect(bare(other.text)).toBe(bare(walked.text));
    expect(other).toMatchObject({ pages: walked.pages, title: walked.title, scripts: null });
    expect(other.attachments.sort()).toEqual(walked.attachments.map(({ name }) => name).sort());
    expect(Buffer.from(walked.attachments[0]!.bytes).toString()).toBe(SIGNED);
    expect(walked.attachments[0]).toMatchObject({ type: 'application/vc+ld+json', relationship: 'Source' });

    const headings = walked.elements.filter(({ type }) => /^H\d$/.test(type)).map(({ type }) => Number(type[1]));
    expect(headings.filter((level) => level === 1)).toEqual([1]);
    for (const [at, level] of headings.entries()) expect(level).toBeLessThanOrEqual((headings[at - 1] ?? 0) + 1);
    for (const { type, alt } of walked.elements) if (type === 'Figure') expect(alt).toMatch(/\S/);
    const written = walked.elements.map(({ text }) => text).join('');
    expect(bare(written)).toContain(AWARD.address);
  });
});

describe('a certificate', () => {
  it('has the same bytes whenever it is made', async () => {
    const first = await certificate();
    // Another with the same shapes for other characters, which the font remembers.
    await certificate({ award: 'Оригинал Ωmega', recipientName: 'Аna' });
    expect(Buffer.compare(first, await certificate())).toBe(0);
    const later = createPapers();
    const again = await certificate({}, 'en', {}, later).finally(() => later.close());
    expect(Buffer.compare(first, again)).toBe(0);
  });

  it('says the day in the zone of the award, and no name where none is signed', async () => {
    const { elements } = await walkPdf(await certificate());
    const said = elements.map(({ text }) => text);
    expect(said).toContain('14 March 2026');
    expect(said).toContain('Ma. Niña Peñaflorida-Dela Cruz');
    expect(said).toContain(`3 × ${LABELS.system['HE-UNIT-16']!.en}, lecture`);
    const nameless = (await walkPdf(await certificate({ recipientName: undefined }))).elements.map(({ text }) => text);
    expect(nameless).toContain('This certifies the award of');
    expect(nameless).toContain('Not named: no name is signed into this badge');
  });

  it('stays on one sheet with the longest texts, and loses none of them', async () => {
    const long = { award: LONG, institution: LONG, recipientName: LONG, certificateNumber: 'N'.repeat(100) };
    const { pages, elements } = await walkPdf(
      await certificate({ ...long, specimen: true, state: 'suspended', stateSince: AWARD.awardedDate }, 'fil', {
        signatories: four,
      }),
    );
    expect(pages).toBe(1);
    expect(elements.filter(({ text }) => bare(text) === bare(LONG))).toHaveLength(11);
  });

  it('prints […] for what the font lacks, and says so', async () => {
    const { elements } = await walkPdf(await certificate({ recipientName: 'Ana 王小明 \u202Ereversed' }));
    const said = elements.map(({ text }) => text);
    expect(said).toContain('Ana […] […]reversed');
    expect(said.some((text) => text.startsWith('[…] stands for characters'))).toBe(true);
    const whole = (await walkPdf(await certificate())).text;
    expect(whole).not.toContain('[…]');
  });
});

describe('a transcript', () => {
  it('lists every component and adds what is stated, by unit', async () => {
    const { elements, text } = await walkPdf(await transcript(12));
    const rows = elements.filter(({ type }) => type === 'TR');
    expect(rows).toHaveLength(13);
    expect(bare(text)).toContain(bare('Credit stated by 11 of 12 components, added by unit: 16.5 ×'));
    expect(bare(text)).toContain(bare('Elsewhere: ask at its address'));
  });
});

describe('a badge in a PDF', () => {
  const code = (work: Promise<unknown>) =>
    work.then(
      () => 'read',
      (error: { errors?: { code?: string }[] }) => error.errors?.[0]?.code ?? error,
    );
  const withFiles = (...attachments: object[]) => certificate({}, 'en', { attachments });

  it('is the only one, as it was attached; the JSON before the token; parts of a stack are passed over', async () => {
    expect(await extractPdf(await withFiles(attached('any.name')))).toEqual({ edition: 'open-badges-3', text: SIGNED });
    expect((await extractPdf(await withFiles(attached('credential.jwt', TOKEN)))).text).toBe(TOKEN);
    const all = await withFiles(
      attached('a.jwt', TOKEN),
      attached('a.json'),
      attached('component-01.json', `${SIGNED} `),
    );
    expect((await extractPdf(all)).text).toBe(SIGNED);
  });

  it('is refused when there is none, two, or the file is broken', async () => {
    expect(await code(extractPdf(await withFiles()))).toBe('pdf_no_badge');
    expect(await code(extractPdf(await withFiles(attached('note.json', '{"a":1}'))))).toBe('pdf_no_badge');
    // However it is spelled: another reader would see it.
    const spelled = SIGNED.replace('VerifiableC', 'Verifiable\\u0043');
    expect(await code(extractPdf(await withFiles(attached('a.json'), attached('b.json', spelled))))).toBe('pdf_twice');
    expect(await code(extractPdf(Buffer.from('%PDF-1.7\n')))).toBe('pdf_broken');
  });

  it('of which the reader said half, or something else, is not read: the service goes on', () => {
    const whole = '{"outcome":"read","documents":["{}"],"tokens":[]}';
    expect(saidIn(whole)).toEqual({ outcome: 'read', documents: ['{}'], tokens: [] });
    for (const line of [whole.slice(0, 30), 'Warning: Indexing all PDF objects', '']) {
      expect(saidIn(line)).toEqual({ outcome: 'too_much' });
    }
  });

  it('that unpacks to much more than a badge is not unpacked', async () => {
    const bomb = handMade(deflateSync(Buffer.alloc(60_000_000, 65)));
    expect(await code(extractPdf(bomb))).toBe('pdf_too_much');
    expect(await code(extractPdf(handMade(deflateSync(Buffer.from(SIGNED)))))).toBe('read');
  });
});

/** A PDF with one attachment, as small as they come. */
function handMade(stream: Buffer): Buffer {
  const objects = [
    '<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(a.json)3 0 R]>>>>>>',
    '<</Type/Pages/Kids[5 0 R]/Count 1>>',
    '<</Type/Filespec/F(a.json)/EF<</F 4 0 R>>>>',
    `<</Type/EmbeddedFile/Filter/FlateDecode/Length ${stream.length}>>stream\n`,
    '<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>',
  ];
  let file = Buffer.from('%PDF-1.7\n');
  const offsets: string[] = [];
  for (const [at, text] of objects.entries()) {
    offsets.push(`${String(file.length).padStart(10, '0')} 00000 n \n`);
    const body = at === 3 ? [Buffer.from(text), stream, Buffer.from('\nendstream')] : [Buffer.from(text)];
    file = Buffer.concat([file, Buffer.from(`${at + 1} 0 obj\n`), ...body, Buffer.from('\nendobj\n')]);
  }
  const table = `xref\n0 6\n0000000000 65535 f \n${offsets.join('')}trailer<</Size 6/Root 1 0 R>>\n`;
  return Buffer.concat([file, Buffer.from(`${table}startxref\n${file.length}\n%%EOF`)]);
}
