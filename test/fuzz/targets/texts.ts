import { formatInstant, isDay, isDid, isIdentifier, isWebAddress, parseDateTimeStamp, textFault } from '#kernel';
import { must, type Target, textOf, utf8 } from '../target.ts';

/** Small readers of text: instants, days, addresses, names. */
export const texts: Target = {
  name: 'texts',
  seeds: [
    ...[
      '2026-11-24T01:02:03Z',
      '2026-02-28T23:59:59.999999999+14:00',
      '0001-01-01T00:00:00-12:30',
      '2028-02-29',
      '9999-12-31',
    ],
    ...[
      'https://example.org/a?b=c#d',
      'urn:uuid:1b4e28ba-2fa1-11d2-883f-0016d3cca427',
      'did:web:localhost%3A8483:a',
      'José Peñaflorida',
    ],
  ].map(utf8),
  dictionary: [
    'T24:00:00',
    ':60',
    '-02-30',
    '+15:00',
    '-00:00',
    'Z',
    'z',
    '\u0661',
    '\u202e',
    '\u0301',
    '\ud83d',
    '%',
    '\\',
    '\n',
    'https://',
    'did:',
  ],
  run(input) {
    const text = textOf(input);
    const instant = parseDateTimeStamp(text);
    if (instant) {
      must(instant.getTime() === Date.parse(text), 'another instant than the platform reads');
      const local = new Date(Date.parse(`${text.slice(0, 19)}Z`));
      must(formatInstant(local).slice(0, 19) === text.slice(0, 19), 'a day or a time that does not exist');
    }
    if (isDay(text))
      must(new Date(`${text}T00:00:00Z`).toISOString().slice(0, 10) === text, 'a day that does not exist');
    if (isWebAddress(text)) {
      const url = new URL(text);
      must(/^https?:$/.test(url.protocol) && url.username === '' && !/[\s<>"\\^`{|}]/.test(text), 'not a web address');
      must(isIdentifier(text), 'an address that is no identifier');
    }
    if (isIdentifier(text)) must(/^[a-z]+:[!-~]+$/.test(text), 'an identifier that is not plain ASCII');
    if (isDid(text)) must(/^did:[a-z0-9]+:[\w.:%-]+$/.test(text) && !text.includes('\n'), 'not a DID');
    if (textFault(text, 200) === undefined) {
      must(
        text === text.normalize('NFC') && !/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/.test(text),
        'a name that hides something',
      );
    }
  },
};
