import { describe, expect, it } from 'vitest';
import { type CredentialPage, renderCredential } from '#pages';

const DATA: CredentialPage = {
  url: 'https://tatak.example/credentials/0123456789abcdefghjkmnpqrs',
  name: 'SPECIMEN Data & Ethics',
  imageUrl: '/achievements/x/image.svg',
  issuerName: 'Specimen College',
  issuerSlug: 'specimen-college',
  achievementUrl: 'https://tatak.example/achievements/0123456789abcdefghjkmnpqrs',
  // Midnight in Manila: a UTC reader would make it February.
  awardedDate: '2026-02-28T16:00:00Z',
  validUntil: '2027-12-31T15:59:59Z',
  state: 'active',
  pqfLevel: 2,
  forms: ['.json', '.pdf'],
  specimen: true,
};
const linkedIn = (data: CredentialPage): Record<string, string> => {
  const page = renderCredential({ lang: 'en', specimen: true, path: '/' }, data);
  const [, address] = /href="(https:\/\/www\.linkedin\.com\/[^"]+)"/.exec(page)!;
  return Object.fromEntries(new URL(address!.replaceAll('&amp;', '&')).searchParams);
};

describe('the page of a credential', () => {
  it('fills in LinkedIn’s form: days of the award’s own zone, no URN, its organisation where it is known', () => {
    expect(linkedIn(DATA)).toEqual({
      startTask: 'CERTIFICATION_NAME',
      ...{ name: 'SPECIMEN Data & Ethics', organizationName: 'Specimen College' },
      ...{ issueYear: '2026', issueMonth: '3', expirationYear: '2027', expirationMonth: '12' },
      ...{ certUrl: DATA.url, certId: '0123456789abcdefghjkmnpqrs' },
    });
    const known = linkedIn({ ...DATA, issuerLinkedInId: '1234', certificateNumber: 'SC-7' });
    expect([known.organizationId, known.organizationName, known.certId]).toEqual(['1234', undefined, 'SC-7']);
  });

  it('offers the forms there are, and says the level in words', () => {
    const page = renderCredential({ lang: 'en', specimen: true, path: '/' }, DATA);
    expect([...page.matchAll(/href="([^"]+)" download/g)].map(([, href]) => new URL(href!, DATA.url).pathname)).toEqual(
      ['/credentials/0123456789abcdefghjkmnpqrs.pdf', '/credentials/0123456789abcdefghjkmnpqrs.json'],
    );
    expect(page).toContain('National Certificate II');
    expect(page).toContain('<meta property="og:title" content="SPECIMEN Data &amp; Ethics">');
    expect(page).toContain('itemtype="https://schema.org/EducationalOccupationalCredential"');
  });

  it('offers a way to LinkedIn only while it is in force', () => {
    for (const state of ['active', 'suspended', 'revoked'] as const) {
      const page = renderCredential({ lang: 'en', specimen: true, path: '/' }, { ...DATA, state });
      expect(page.includes('linkedin.com'), state).toBe(state === 'active');
    }
  });

  it('previews nothing of the recipient', () => {
    const page = renderCredential({ lang: 'en', specimen: true, path: '/' }, { ...DATA, recipientName: 'Amihan' });
    for (const [, content] of page.matchAll(/<meta property="[^"]+" content="([^"]*)"/g))
      expect(content).not.toContain('Amihan');
  });
});
