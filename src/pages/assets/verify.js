// Reads a QR code by camera or from a picture and hands it to the form. Without this script the form works as it stands.
const form = document.querySelector('form.verify');
const scan = form?.querySelector('.scan');
const [video, status] = [scan?.querySelector('video'), scan?.querySelector('[role=status]')];
const say = (text) => {
  status.textContent = text ?? '';
};

// The browser's own reader where there is one; else a library, which is fetched only when it is needed.
let reader;
async function readerOf() {
  const formats = await globalThis.BarcodeDetector?.getSupportedFormats?.().catch(() => []);
  if (formats?.includes('qr_code')) {
    const detector = new BarcodeDetector({ formats: ['qr_code'] });
    return async (canvas) => (await detector.detect(canvas))[0]?.rawValue;
  }
  await new Promise((done, failed) => {
    const script = Object.assign(document.createElement('script'), {
      src: '/assets/jsqr.js',
      onload: done,
      onerror: failed,
    });
    document.head.append(script);
  });
  return async (canvas) => {
    const { data, width, height } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    return globalThis.jsQR(data, width, height)?.data;
  };
}

// A photograph of 12 megapixels would take seconds; a code that fills a third of it is still read at this size.
const LONGEST = 1600;
async function read(source, width, height) {
  const scale = Math.min(1, LONGEST / Math.max(width, height));
  const canvas = Object.assign(document.createElement('canvas'), { width: width * scale, height: height * scale });
  canvas.getContext('2d', { willReadFrequently: true }).drawImage(source, 0, 0, canvas.width, canvas.height);
  reader ??= readerOf();
  return (await reader)(canvas);
}

function take(code) {
  say(scan.dataset.found);
  const isAddress = /^https?:\/\//i.test(code);
  form.elements.url.value = isAddress ? code : '';
  form.elements.text.value = isAddress ? '' : code;
  form.elements.file.value = '';
  form.requestSubmit();
}

async function fromPicture({ target }) {
  const [file] = target.files;
  if (!file) return;
  const bitmap = await createImageBitmap(file).catch(() => undefined);
  const code = bitmap && (await read(bitmap, bitmap.width, bitmap.height).catch(() => undefined));
  target.value = '';
  if (code) take(code);
  else say(scan.dataset.none);
}

let stream;
function stop() {
  for (const track of stream?.getTracks() ?? []) track.stop();
  stream = undefined;
  video.hidden = true;
}

async function fromCamera() {
  if (stream) return stop();
  say('');
  stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } }).catch(() => undefined);
  if (!stream) return say(scan.dataset.denied);
  video.srcObject = stream;
  video.hidden = false;
  await video.play();
  while (stream) {
    const code =
      video.videoWidth > 0 && (await read(video, video.videoWidth, video.videoHeight).catch(() => undefined));
    if (code && stream) {
      stop();
      return take(code);
    }
    await new Promise((resume) => setTimeout(resume, 150));
  }
}

if (scan) {
  scan.hidden = false;
  const camera = scan.querySelector('[data-scan=camera]');
  camera.hidden = !navigator.mediaDevices?.getUserMedia;
  camera.addEventListener('click', fromCamera);
  scan.querySelector('[data-scan=picture]').addEventListener('change', fromPicture);
  form.addEventListener('submit', () => {
    form.querySelector('.sending').hidden = false;
  });
}
