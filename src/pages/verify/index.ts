export { countWords, HEADLINE_WORDS, headline, type Names, namedIn } from './headline.ts';
export { renderVerify, type VerifyPage, verifyContent, verifyFrame } from './page.ts';
export { verifyWaiting } from './waiting.ts';
