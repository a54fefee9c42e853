/** Where an offer is opened; each needs the text that opens it, and nothing else. */
export interface OfferLinks {
  /** For a person, in any browser. */
  claimUrl: string;
  /** For a wallet: OpenID4VCI 1.0 section 4.1.3. */
  credentialOfferUri: string;
  /** What a wallet on the same device opens; also as a QR code. */
  credentialOfferLink: string;
  /** For a wallet: the interaction URL of VCALM 0.9. */
  interactionUrl: string;
}

export function offerLinks(publicUrl: string, tenant: string, secret: string): OfferLinks {
  const credentialOfferUri = `${publicUrl}/institutions/${tenant}/oid4vci/offers/${secret}`;
  return {
    claimUrl: `${publicUrl}/claim/${secret}`,
    credentialOfferUri,
    credentialOfferLink: `openid-credential-offer://?credential_offer_uri=${encodeURIComponent(credentialOfferUri)}`,
    interactionUrl: `${publicUrl}/vc-api/interactions/${secret}?iuv=1`,
  };
}
