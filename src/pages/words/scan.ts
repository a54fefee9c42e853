import type { Text } from '#kernel';

/** The QR reader of the verify page, and what is said while an answer is awaited. */
export const SCAN = {
  title: { en: 'QR code', fil: 'QR code' },
  camera: { en: 'Scan with the camera', fil: 'I-scan gamit ang kamera' },
  picture: { en: 'Read from a picture', fil: 'Basahin mula sa larawan' },
  none: { en: 'No QR code could be read in this picture.', fil: 'Walang nabasang QR code sa larawang ito.' },
  denied: { en: 'The camera could not be used.', fil: 'Hindi magamit ang kamera.' },
  found: { en: 'Code read. Checking it now.', fil: 'Nabasa ang code. Sinusuri na ito.' },
  sending: { en: 'Checking. This takes a few seconds.', fil: 'Sinusuri. Ilang segundo lamang ito.' },
  waiting: {
    en: 'Still asking: what follows was found out here. The issuer’s key, its status list and the registers were asked for.',
    fil: 'Nagtatanong pa: natiyak na rito ang sumusunod. Hinihingi pa ang susi ng nagkaloob, ang listahan ng katayuan at ang mga talaan.',
  },
  reading: {
    en: 'Still asking: the badge, or the key of its issuer, is being fetched.',
    fil: 'Nagtatanong pa: kinukuha ang badge o ang susi ng nagkaloob nito.',
  },
} satisfies Record<string, Text>;
