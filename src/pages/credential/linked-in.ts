import type { CredentialPage } from './page.ts';

/**
 * LinkedIn's form "add to profile", filled in (its add-to-profile parameters). The number is that of the certificate, else
 * the id in the address: never a URN, which its field shows in full.
 */
export function linkedInAddress(data: CredentialPage): string {
  const { issuerLinkedInId, issuerName, url, certificateNumber } = data;
  const month = (text: string | undefined, name: string): Record<string, string> => {
    const [, year, number] = /^(\d{4})-(\d{2})/.exec(text === undefined ? '' : dayOf(text, data.timeZone)) ?? [];
    return year && number ? { [`${name}Year`]: year, [`${name}Month`]: String(Number(number)) } : {};
  };
  const query = new URLSearchParams({
    startTask: 'CERTIFICATION_NAME',
    name: data.name,
    ...(issuerLinkedInId === undefined ? { organizationName: issuerName } : { organizationId: issuerLinkedInId }),
    ...month(data.awardedDate, 'issue'),
    ...month(data.validUntil, 'expiration'),
    certUrl: url,
    certId: certificateNumber ?? new URL(url).pathname.split('/').at(-1)!,
  });
  return `https://www.linkedin.com/profile/add?${query}`;
}

/** In the zone of the award: a midnight in Manila is the day before in UTC. */
function dayOf(text: string, timeZone = 'Asia/Manila'): string {
  const date = new Date(text);
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) || Number.isNaN(date.getTime())) return text;
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(date);
}
