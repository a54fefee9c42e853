// Follows the events of a class list while it is issued (WHATWG HTML 9.2). The page that follows is the service's own.

const bar = document.querySelector('progress[data-events]');
if (bar) {
  const events = new EventSource(bar.dataset.events);
  const issued = document.querySelector('[data-issued]');
  events.addEventListener('progress', ({ data }) => {
    const now = JSON.parse(data);
    bar.value = now.issuedRows + now.failedRows;
    issued.textContent = now.issuedRows;
  });
  for (const end of ['done', 'failed', 'cancelled']) {
    events.addEventListener(end, () => {
      events.close();
      location.reload();
    });
  }
}
