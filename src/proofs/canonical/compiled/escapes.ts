const IN_TEXT = /[\0-\x1f\x7f"\\]/g;
const IN_IRI = /[\0-\x20<>"{}|^`\\]/g;
const SHORT: Record<string, string> = {
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
  '"': '\\"',
  '\\': '\\\\',
};

const byCode = (one: string): string => `\\u${one.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;

/** The text of a literal in canonical N-Quads (RDFC-1.0 section 5, RDF 1.2 N-Quads 4). */
export const escapedText = (text: string): string => text.replace(IN_TEXT, (one) => SHORT[one] ?? byCode(one));

/** An IRI as the reference writes it, which may be one that no IRI is. */
export const escapedIri = (iri: string): string => iri.replace(IN_IRI, byCode);
