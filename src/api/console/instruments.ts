import type { LegalInstrument } from '#accreditation';

/** An instrument as fields of a form. */
export interface InstrumentForm {
  kind?: string;
  number?: string;
  series?: string;
  date?: string;
  url?: string;
}

/** What was left empty is not there; what is wrong stays wrong, for the use case to say so. @returns undefined when all of it is empty */
export function instrumentOf({ kind, number, series, date, url }: InstrumentForm): LegalInstrument | undefined {
  const typed = Object.entries({ number, series, date, url }).flatMap(([name, value]) => {
    const text = value?.trim();
    return text ? [[name, text] as const] : [];
  });
  if (!kind && typed.length === 0) return undefined;
  return { kind: kind ?? '', ...Object.fromEntries(typed) };
}
