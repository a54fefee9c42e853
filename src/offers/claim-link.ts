/** Where a learner takes an offer. @param publicUrl no trailing slash */
export const claimLink = (publicUrl: string, secret: string): string => `${publicUrl}/claim/${secret}`;
