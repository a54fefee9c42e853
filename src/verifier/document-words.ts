import type { Text } from '#kernel';

/** What the check `document` says. */
export const DOCUMENT_TEXTS = {
  open_badges: {
    en: 'It is a conforming Open Badges 3.0 document.',
    fil: 'Maayos itong dokumento ng Open Badges 3.0.',
  },
  data_model: {
    en: 'It is a conforming W3C Verifiable Credential.',
    fil: 'Maayos itong W3C Verifiable Credential.',
  },
  presentation: {
    en: 'It is a conforming W3C Verifiable Presentation.',
    fil: 'Maayos itong W3C Verifiable Presentation.',
  },
  not_open_badges: {
    en: 'It does not follow Open Badges 3.0: something is missing, in the wrong place or of the wrong kind.',
    fil: 'Hindi ito sumusunod sa Open Badges 3.0: may kulang, nasa maling lugar, o maling uri.',
  },
  not_data_model: {
    en: 'It does not follow the W3C data model for credentials: something is missing, in the wrong place or of the wrong kind.',
    fil: 'Hindi ito sumusunod sa W3C data model para sa mga kredensiyal: may kulang, nasa maling lugar, o maling uri.',
  },
  unsupported_type: {
    en: 'It is a verifiable credential, but not an Open Badge; this kind is not read here.',
    fil: 'Isa itong verifiable credential, ngunit hindi Open Badge; hindi binabasa rito ang ganitong uri.',
  },
  undefined_term: {
    en: 'It contains something its contexts do not define, which no signature covers.',
    fil: 'May laman itong hindi binibigyang-kahulugan ng mga konteksto nito, na hindi saklaw ng anumang lagda.',
  },
  split_node: {
    en: 'It describes itself in two places, so what was said of it cannot be read for certain.',
    fil: 'Inilalarawan nito ang sarili sa dalawang lugar, kaya hindi tiyak ang basa sa sinasabi tungkol dito.',
  },
  iri_member: {
    en: 'It names members or kinds by addresses although they have plain names; that is not read here.',
    fil: 'Address ang pangalan ng ilang bahagi o uri nito sa halip na karaniwang pangalan; hindi binabasa rito ang gayon.',
  },
  unsupported_context: {
    en: 'It uses a context this verifier does not know, so its terms cannot be read for certain.',
    fil: 'Gumagamit ito ng kontekstong hindi kilala ng tagapagpatunay na ito, kaya hindi tiyak ang basa sa mga termino nito.',
  },
  inline_context: {
    en: 'It conforms, and explains some of its own terms; what those say is not read here.',
    fil: 'Maayos ito, at may sariling paliwanag sa ilang termino nito; hindi binabasa rito ang sinasabi ng mga iyon.',
  },
  hidden_text: {
    en: 'It conforms, but has text a reader may see wrongly (hidden or direction-changing characters) or members without meaning.',
    fil: 'Maayos ito, ngunit may tekstong maaaring iba ang makita ng mambabasa (nakatago o nagpapabaligtad na karakter) o mga bahaging walang kahulugan.',
  },
  related_resource: {
    en: 'Something it rests on is not what its issuer saw: the digest is another.',
    fil: 'Iba na sa nakita ng nagkaloob ang isang bagay na pinagbabatayan nito: hindi tugma ang digest.',
  },
  related_resource_unreachable: {
    en: 'It conforms, but not everything it rests on could be had and compared.',
    fil: 'Maayos ito, ngunit hindi nakuha at naihambing ang lahat ng pinagbabatayan nito.',
  },
  unsecured_credential: {
    en: 'It holds a credential that nobody has signed.',
    fil: 'May laman itong kredensiyal na walang lumagda.',
  },
} as const satisfies Record<string, Text>;
