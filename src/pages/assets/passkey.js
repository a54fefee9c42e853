// Asks the browser for a passkey (Web Authentication level 3). The service makes and checks everything; this only carries it.

const encode = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');

const decode = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (character) => character.charCodeAt(0));

async function send(path, body) {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.detail);
  return answer;
}

const named = (list) => (list ?? []).map((one) => ({ ...one, id: decode(one.id) }));

async function add(form) {
  const { options } = await send('/v1/session/passkey-challenge', { purpose: 'add' });
  const made = await navigator.credentials.create({
    publicKey: {
      ...options,
      challenge: decode(options.challenge),
      user: { ...options.user, id: decode(options.user.id) },
      excludeCredentials: named(options.excludeCredentials),
    },
  });
  const { clientDataJSON, attestationObject } = made.response;
  return send('/v1/session/passkeys', {
    name: form.elements.name.value,
    credential: {
      ...described(made),
      response: {
        clientDataJSON: encode(clientDataJSON),
        attestationObject: encode(attestationObject),
        transports: made.response.getTransports?.() ?? [],
      },
    },
  });
}

async function use() {
  const { options } = await send('/v1/session/passkey-challenge', { purpose: 'use' });
  const shown = await navigator.credentials.get({
    publicKey: {
      ...options,
      challenge: decode(options.challenge),
      allowCredentials: named(options.allowCredentials),
    },
  });
  const { clientDataJSON, authenticatorData, signature, userHandle } = shown.response;
  return send('/v1/session/passkey', {
    credential: {
      ...described(shown),
      response: {
        clientDataJSON: encode(clientDataJSON),
        authenticatorData: encode(authenticatorData),
        signature: encode(signature),
        ...(userHandle ? { userHandle: encode(userHandle) } : {}),
      },
    },
  });
}

const described = ({ id, rawId, type }) => ({ id, rawId: encode(rawId), type, clientExtensionResults: {} });

for (const form of document.querySelectorAll('form[data-passkey]')) {
  form.hidden = window.PublicKeyCredential === undefined;
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const says = form.querySelector('[data-says]');
    says.textContent = '';
    try {
      const { next } = await (form.dataset.passkey === 'add' ? add(form) : use());
      location.assign(`${next}?lang=${document.documentElement.lang}`);
    } catch {
      says.textContent = form.dataset.failed;
    }
  });
}
