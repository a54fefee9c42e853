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
  app.addHook('onSend', async (request, reply, payload) => {
    reply.headers(securityHeaders(request, reply, https));
    return payload;
  });
}

function securityHeaders(request: FastifyRequest, reply: FastifyReply, https: boolean): Record<string, string> {
  const type = String(reply.getHeader('content-type') ?? '').split(';')[0]!;
  const policy = type === 'text/html' ? PAGE : type.startsWith('image/') ? IMAGE : DATA;
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
