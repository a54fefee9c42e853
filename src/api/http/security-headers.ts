import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { operationOf } from './operation.ts';

/** No inline script, nothing from elsewhere, in nobody's frame. */
const PAGE =
  "default-src 'none'; img-src 'self' data:; style-src 'self'; script-src 'self'; connect-src 'self'; " +
  "form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
/** Data is not a document; an image that someone uploaded runs nothing, wherever it is opened. */
const DATA = "default-src 'none'; frame-ancestors 'none'";
const IMAGE = "sandbox; default-src 'none'; frame-ancestors 'none'";

const devices = (camera: string) => `camera=(${camera}), microphone=(), geolocation=(), payment=(), usb=()`;
/** The verify page scans QR codes. */
const CAMERA = new Set(['getVerifyPage', 'submitVerifyPage']);

/**
 * Headers of every answer, of known and unknown addresses alike.
 * @param https the public address is https; HSTS on a plain loopback address would lock out its neighbours
 */
export function registerSecurityHeaders(app: FastifyInstance, https: boolean): void {
  app.addHook('onSend', (request, reply, payload, done) => {
    reply.headers(securityHeaders(request, reply, https));
    done(null, payload);
  });
}

/** Origins and schemes of wallets, by the request whose answer is a page that leads there. */
const formActions = new WeakMap<FastifyRequest, string>();

/**
 * The forms of this answer may be led on there (CSP `form-action` counts redirects).
 * @param source `https://wallet.example` or the scheme of an app, `com.example:`
 */
export function allowFormAction(request: FastifyRequest, source: string): void {
  if (!/^(?:https?:\/\/[a-z0-9.[\]:-]+|[a-z][a-z0-9+.-]*:)$/.test(source)) throw new Error('no source of a policy');
  formActions.set(request, source);
}

/** The same for an answer that no hook sees; its type must be set. */
export function securityHeaders(request: FastifyRequest, reply: FastifyReply, https: boolean): Record<string, string> {
  const type = String(reply.getHeader('content-type') ?? '').split(';')[0]!;
  const onward = formActions.get(request);
  const page = onward === undefined ? PAGE : PAGE.replace("form-action 'self'", `form-action 'self' ${onward}`);
  const policy = type === 'text/html' ? page : type.startsWith('image/') ? IMAGE : DATA;
  return {
    // A 304 has no type; its headers replace those stored with the page (RFC 9111, 3.2), which keep the page's policy.
    ...(reply.statusCode === 304 ? {} : { 'content-security-policy': policy }),
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'permissions-policy': devices(CAMERA.has(operationOf(request) ?? '') ? 'self' : ''),
    'cross-origin-opener-policy': 'same-origin',
    'x-request-id': request.id,
    ...(https ? { 'strict-transport-security': 'max-age=63072000; includeSubDomains' } : {}),
  };
}
